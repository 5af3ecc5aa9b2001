"""`crest video`: which there are, and adding more."""

from pathlib import Path
from typing import Annotated

import typer

from crest.commands.output import SOME, AsJson, Limit, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="Videos of a project: list, add.")
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command("list")
def list_them(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """The newest first."""
    rows = project(slug).videos.list()
    table(rows, ("id", "name", "seconds", "captions", "sha256"), as_json=as_json, limit=limit)


@app.command()
def add(slug: InProject, files: Files, as_json: AsJson = False) -> None:
    """Upload some. Exits with 1 if one was not taken; the others are."""
    videos = project(slug).videos
    refused = False
    for path in files:
        with path.open("rb") as file:
            outcome = videos.add(file)
        refused = refused or outcome["video"] is None
        table([outcome], ("outcome", "name", "reason"), as_json=as_json)
    raise typer.Exit(int(refused))
