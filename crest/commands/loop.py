"""`crest loop`: the loop that runs itself."""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="The loop: show, policy, trials, promote.")


@app.command("show")
def show_it(slug: InProject, as_json: AsJson = False) -> None:
    """How it stands: champion, stages, what comes next, what more ratings are worth."""
    show(project(slug).loop.get(), as_json=as_json)


@app.command()
def policy(
    slug: InProject,
    changes: Annotated[
        list[str] | None, typer.Argument(help="NAME=VALUE, the value as JSON or a word.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """When the loop goes on by itself. With NAME=VALUE, change that first."""
    loop = project(slug).loop
    found = loop.change_policy(**_given(changes)) if changes else loop.policy()
    show(found, as_json=as_json)


def _given(changes: list[str]) -> Any:
    given = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise typer.BadParameter(f"{change} is not NAME=VALUE", param_hint="CHANGES")
        try:
            given[name] = json.loads(value)
        except ValueError:
            given[name] = value
    return given


@app.command()
def trials(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """Challengers that were held against the champion, the newest first."""
    columns = ("challenger", "champion", "promoted", "grounds", "difference", "by", "decided_at")
    rows = _rows(project(slug).loop.trials())
    table(rows, columns, as_json=as_json, limit=limit)


def _rows(found: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    """The difference on average in one cell, with its interval."""
    for trial in found:
        average = trial["differences"].get("average")
        of = average and average["difference"]
        shown = of and of["value"] is not None and of["low"] is not None
        text = f"{of['value']:.3f} [{of['low']:.3f}, {of['high']:.3f}]" if shown else None
        yield {**trial, "difference": text}


@app.command()
def promote(
    slug: InProject,
    run: Annotated[int, typer.Argument(help="A finished run of kind scorer.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the promotion.")],
    as_json: AsJson = False,
) -> None:
    """Make a scorer the champion, whatever a rule says."""
    show(project(slug).loop.promote(run, reason=reason), as_json=as_json)
