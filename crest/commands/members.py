"""`crest member`: who is in a project, and inviting more."""

from typing import Annotated

import typer

from crest import schema
from crest.commands.output import SOME, AsJson, Limit, show, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="Members of a project: list, invite, pause, resume, remove.")
Member = Annotated[int, typer.Argument(help="Their id, as `list` shows it.")]


@app.command("list")
def list_them(slug: InProject, limit: Limit = SOME, as_json: AsJson = False) -> None:
    """Who is in it, as what."""
    rows = project(slug).members.list()
    table(rows, ("id", "username", "name", "roles", "paused_at"), as_json=as_json, limit=limit)


@app.command()
def invite(
    slug: InProject,
    role: Annotated[schema.Role, typer.Argument()],
    email: str = "",
    days: int = 7,
    as_json: AsJson = False,
) -> None:
    """Make a link that lets one person in, once."""
    made = project(slug).invitations.make(role=role, email=email, days=days)
    show(made, as_json=as_json)


@app.command()
def pause(slug: InProject, member: Member, as_json: AsJson = False) -> None:
    """Let somebody look, but not work."""
    show(project(slug).members.change(member, paused=True), as_json=as_json)


@app.command()
def resume(slug: InProject, member: Member, as_json: AsJson = False) -> None:
    """Let them work again."""
    show(project(slug).members.change(member, paused=False), as_json=as_json)


@app.command()
def remove(slug: InProject, member: Member) -> None:
    """End the membership. What they rated stays."""
    project(slug).members.remove(member)
