"""`crest run`: stages of the loop on the GPU worker."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from crest import schema
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project
from crest.comparing import INTERVAL, Line, compared

app = typer.Typer(help="Runs of the loop: list, show, compare, start, watch, cancel, fetch.")
Run = Annotated[int, typer.Argument(help="Its number.")]
COLUMNS = ("id", "kind", "state", "requested_by", "requested_at")


@app.command("list")
def list_them(
    slug: InProject,
    kind: Annotated[schema.RunKind | None, typer.Option()] = None,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """The newest first."""
    table(project(slug).runs.list(kind=kind), COLUMNS, as_json=as_json, limit=limit)


@app.command("show")
def show_one(slug: InProject, run: Run, as_json: AsJson = False) -> None:
    """One of them: config, result, parents, artifacts."""
    show(project(slug).runs.get(run), as_json=as_json)


@app.command()
def compare(
    slug: InProject,
    runs: Annotated[list[int], typer.Argument(help="Two or more of one kind.")],
    whole: Annotated[bool, typer.Option("--all", help="Also what is the same in each.")] = False,
    as_json: AsJson = False,
) -> None:
    """Where runs differ: in what they were made from, in their options, in their figures."""
    found = [project(slug).runs.get(run) for run in dict.fromkeys(runs)]
    if len(found) < 2 or len({run["kind"] for run in found}) > 1:  # noqa: PLR2004 - "two or more"
        raise typer.BadParameter("Give two or more runs of one kind.", param_hint="RUNS")
    names = [str(run["id"]) for run in found]
    lines = [line for line in compared(found) if whole or not line.is_equal]
    rows = (_row(line, names, as_json=as_json) for line in lines)
    table(rows, ("part", "name", *names), as_json=as_json)


def _row(line: Line, names: list[str], *, as_json: bool) -> dict[str, Any]:
    values = line.values if as_json else map(_written, line.values)
    return {"part": line.part, "name": line.name, **dict(zip(names, values, strict=True))}


def _written(value: Any) -> Any:
    """A figure with its interval is one thing to read."""
    if isinstance(value, Mapping) and value.keys() >= INTERVAL:
        value, low, high = value["value"], value["low"], value["high"]
        return value if low is None else f"{value:.4g} [{low:.4g}, {high:.4g}]"
    return value


@app.command()
def start(
    slug: InProject,
    kind: Annotated[schema.RunKind, typer.Argument()],
    options: Annotated[str, typer.Option(help="As JSON; left out: those of the project.")] = "{}",
    watched: Annotated[bool, typer.Option("--watch", help="Go on as `crest run watch`.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask for a run; while one of its kind goes on, that one is the answer."""
    try:
        wished = json.loads(options)
    except ValueError as error:
        raise typer.BadParameter(f"This is not JSON: {error}", param_hint="--options") from error
    run = project(slug).runs.start(kind=kind, options=wished)
    if watched:
        watch(slug, run["id"], as_json)
    else:
        show(run, as_json=as_json)


@app.command()
def watch(slug: InProject, run: Run, as_json: AsJson = False) -> None:
    """Listen until it is over. Exits with 1 if it did not succeed."""
    runs = project(slug).runs
    table(runs.events(run), ("event", "data"), as_json=as_json)
    ended = runs.get(run)
    show({"state": ended["state"], "result": ended["result"]}, as_json=as_json)
    if ended["state"] != "succeeded":
        raise typer.Exit(1)


@app.command()
def cancel(slug: InProject, run: Run, as_json: AsJson = False) -> None:
    """Ask it to stop."""
    show(project(slug).runs.cancel(run), as_json=as_json)


@app.command()
def reproduce(slug: InProject, run: Run, as_json: AsJson = False) -> None:
    """Do it once more from the same inputs, and compare. Exits with 1 if a file differs."""
    runs = project(slug).runs
    again = runs.reproduce(run)["id"]
    for _ in runs.events(again):
        pass  # until it is over
    ended = runs.get(again)
    show(
        {"run": again, "state": ended["state"], "comparison": ended["comparison"]},
        as_json=as_json,
    )
    if not (ended["comparison"] and ended["comparison"]["agrees"]):
        raise typer.Exit(1)


@app.command()
def fetch(
    slug: InProject,
    run: Run,
    name: Annotated[str, typer.Argument(help="An artifact, as `show` lists them.")],
    into: Annotated[Path | None, typer.Option("--into", "-o", help="The file to write.")] = None,
) -> None:
    """Download an artifact."""
    typer.echo(project(slug).runs.fetch_artifact(run, name, into or Path(Path(name).name)))
