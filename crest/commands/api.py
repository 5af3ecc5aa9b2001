"""`crest api`: any address of the API, for what has no verb of its own."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from crest.commands.output import show, table
from crest.commands.sites import connect
from crest.http import METHODS


def ask(
    method: Annotated[str, typer.Argument(help="GET, POST, PUT, PATCH or DELETE.")],
    path: Annotated[str, typer.Argument(help="Below /api/v1/, such as projects/demo/queue.")],
    body: Annotated[str, typer.Option(help="JSON, @FILE, or - for standard input.")] = "",
    every_page: Annotated[bool, typer.Option("--all", help="Of a list: a row a line.")] = False,
) -> None:
    """Ask any address, and print the JSON that it answers with."""
    if method.upper() not in METHODS:
        raise typer.BadParameter(f"It must be one of {', '.join(METHODS)}.", param_hint="METHOD")
    http = connect().http
    path = path.removeprefix("/").removeprefix("api/v1/")
    if every_page:
        table(http.pages(path), (), as_json=True)
    else:
        show(http.call(method.upper(), path, body=_read(body)), as_json=True)


def _read(body: str) -> object:
    if not body:
        return None
    text = sys.stdin.read() if body == "-" else body
    if body.startswith("@"):
        text = Path(body[1:]).read_text()
    try:
        return json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"This is not JSON: {error}", param_hint="--body") from error
