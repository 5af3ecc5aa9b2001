"""`crest snapshot`: freezing ratings, and handing them out."""

from pathlib import Path
from typing import Annotated

import typer

from crest import schema
from crest.commands import jobs
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="Snapshots of the ratings: list, show, freeze, export, diff.")
Snapshot = Annotated[int, typer.Argument(help="Its number.")]
COLUMNS = ("id", "digest", "judgments", "captions", "videos", "created_at")


@app.command("list")
def list_them(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """The newest first."""
    table(project(slug).snapshots.list(), COLUMNS, as_json=as_json, limit=limit)


@app.command("show")
def show_one(slug: InProject, snapshot: Snapshot, as_json: AsJson = False) -> None:
    """One of them: what is in it, and what was left out."""
    show(project(slug).snapshots.get(snapshot), as_json=as_json)


@app.command()
def freeze(
    slug: InProject,
    captioner: Annotated[list[str] | None, typer.Option(help="Only of these.")] = None,
    minimum_ratings: Annotated[int, typer.Option(help="Only captions with so many.", min=1)] = 1,
    as_of: Annotated[str, typer.Option(help="Leave out what came after this instant.")] = "",
    as_json: AsJson = False,
) -> None:
    """Freeze what is rated. The same data give the same snapshot."""
    filters: schema.SnapshotFiltersRequest = {"minimum_ratings": minimum_ratings}
    if captioner:
        filters["captioners"] = captioner
    inside = project(slug)
    made = inside.snapshots.freeze(filters=filters, as_of=as_of or None)
    show(made, as_json=as_json)


@app.command()
def export(
    slug: InProject,
    snapshot: Snapshot,
    form: Annotated[str, typer.Argument(help="As `crest snapshot formats` lists them.")],
    into: Annotated[Path | None, typer.Option("--into", "-o", help="The file to write.")] = None,
    as_json: AsJson = False,
) -> None:
    """Have an export made, and fetch it. Run it again to go on with one that broke off."""
    inside = project(slug)
    made = inside.snapshots.make_export(snapshot, form)
    if "form" not in made:
        jobs.finish(inside.jobs, made["id"], as_json=as_json)
        made = inside.snapshots.make_export(snapshot, form)
    path = into or Path(f"{slug}-{snapshot}-{dict(made)['file']}")
    typer.echo(inside.snapshots.fetch_export(snapshot, form, path))


@app.command()
def formats(slug: InProject, snapshot: Snapshot, as_json: AsJson = False) -> None:
    """What it can be exported as."""
    rows = project(slug).snapshots.exports(snapshot)
    table(rows, ("form", "bytes", "about"), as_json=as_json)


@app.command()
def diff(
    slug: InProject,
    snapshot: Snapshot,
    other: Annotated[int, typer.Argument(help="The number of the one to hold against it.")],
    lines: Annotated[bool, typer.Option("--lines", help="Each change, as JSON lines.")] = False,
    as_json: AsJson = False,
) -> None:
    """What is new, gone or changed between two."""
    snapshots = project(slug).snapshots
    if lines:
        table(snapshots.diff_lines(snapshot, other), (), as_json=True)
    else:
        show(snapshots.diff(snapshot, other), as_json=as_json)
