"""`crest project`: which there are, new ones, and closing them."""

from typing import Annotated

import typer

from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import connect

app = typer.Typer(help="Projects: list, show, create, archive.")
Slug = Annotated[str, typer.Argument(help="The project's address.")]


@app.command("list")
def list_them(search: str = "", limit: Limit = SOME, as_json: AsJson = False) -> None:
    """Those that you are in."""
    rows = connect().projects(search=search or None)
    table(rows, ("slug", "name", "roles", "archived_at"), as_json=as_json, limit=limit)


@app.command("show")
def show_one(slug: Slug, as_json: AsJson = False) -> None:
    """One of them, and how far it is."""
    project = connect().project(slug)
    show({**project.get(), "progress": project.quality.progress()}, as_json=as_json)


@app.command()
def create(
    organisation: Annotated[str, typer.Option(help="Whose it is.")],
    name: Annotated[str, typer.Option()],
    slug: Slug,
    description: str = "",
    as_json: AsJson = False,
) -> None:
    """Make a new one, with yourself as its admin."""
    made = connect().organisations.create_project(
        organisation, name=name, slug=slug, description=description
    )
    show(made, as_json=as_json)


@app.command()
def archive(slug: Slug, as_json: AsJson = False) -> None:
    """Close it: it can be read, but nothing in it changes or runs."""
    show(connect().project(slug).archive(), as_json=as_json)


@app.command()
def unarchive(slug: Slug, as_json: AsJson = False) -> None:
    """Open it again."""
    show(connect().project(slug).unarchive(), as_json=as_json)


@app.command()
def leaderboard(slug: Slug, as_json: AsJson = False) -> None:
    """Its captioners, the best first."""
    rows = connect().project(slug).leaderboard()["captioners"]
    table(rows, ("name", "source", "mean", "human"), as_json=as_json)
