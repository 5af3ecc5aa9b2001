"""`crest import`: files of captions and ratings, as a whole or not at all."""

from pathlib import Path
from typing import Annotated

import typer

from crest import schema
from crest.commands import jobs
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="Import captions and ratings: preview, start, list, report.")
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
Format = Annotated[schema.FormatEnum | None, typer.Option(help="Left out: as the file begins.")]
Named = Annotated[list[str] | None, typer.Option(metavar="FIELD=TEXT", help="May be repeated.")]


@app.command()
def preview(slug: InProject, path: File, format: Format = None, as_json: AsJson = False) -> None:
    """Look at the first rows, and at what would be read from which column."""
    with path.open("rb") as file:
        show(project(slug).imports.preview(file, format=format), as_json=as_json)


@app.command()
def start(
    slug: InProject,
    path: File,
    what: Annotated[schema.WhatEnum, typer.Option()] = "captions",
    format: Format = None,
    column: Named = None,
    fixed: Named = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    without_media: Annotated[
        bool, typer.Option("--without-media", help="Take videos by name that are not here.")
    ] = False,
    wait: Annotated[bool, typer.Option(help="Until it is over.")] = True,
    as_json: AsJson = False,
) -> None:
    """Import a file. Exits with 1 if it was not taken; `report` says why, line by line."""
    inside = project(slug)
    with path.open("rb") as file:
        job = inside.imports.start(
            file,
            what=what,
            format=format,
            columns=_pairs(column),
            fixed=_pairs(fixed),
            dry_run=dry_run,
            without_media=without_media,
        )
    if wait:
        jobs.finish(inside.jobs, job["id"], as_json=as_json)
    else:
        show(job, as_json=as_json)


@app.command("list")
def list_them(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """What was imported, the newest first."""
    rows = project(slug).imports.list()
    table(rows, ("id", "at", "by", "report"), as_json=as_json, limit=limit)


@app.command()
def report(
    slug: InProject,
    job: jobs.Job,
    outcome: Annotated[str, typer.Option(help="Only lines that became this.")] = "",
    as_json: AsJson = False,
) -> None:
    """What became of each line."""
    rows = project(slug).imports.report(job, outcome=outcome or None)
    table(rows, ("line", "outcome", "reason"), as_json=as_json)


def _pairs(texts: list[str] | None) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts or ()]
    for name, sign, _ in pairs:
        if not name or not sign:
            raise typer.BadParameter("It must be FIELD=TEXT.")
    return {name: value for name, _, value in pairs}
