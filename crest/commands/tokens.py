"""`crest token`: what lets scripts in."""

from typing import Annotated

import typer

from crest.commands.output import SOME, AsJson, Limit, table
from crest.commands.sites import connect

app = typer.Typer(help="Your tokens: list, revoke. `crest login` makes them.")


@app.command("list")
def list_them(limit: Limit = SOME, as_json: AsJson = False) -> None:
    """The newest first."""
    rows = connect().tokens.list()
    table(rows, ("id", "name", "made_at", "expires_at"), as_json=as_json, limit=limit)


@app.command()
def revoke(key: Annotated[str, typer.Argument(help="How it begins, as `list` shows it.")]) -> None:
    """End one."""
    connect().tokens.revoke(key)
