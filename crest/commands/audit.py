"""`crest audit`: who changed what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from crest import schema
from crest.commands.output import SOME, AsJson, Limit, table
from crest.commands.sites import InProject, project

app = typer.Typer(help="The audit log of a project: list, fetch. For its admins.")
COLUMNS = ("at", "by", "via", "action", "kind", "row", "about")


@app.command("list")
def list_them(
    slug: InProject,
    kind: Annotated[schema.AuditKind | None, typer.Option(help="Only of these.")] = None,
    person: Annotated[int | None, typer.Option(help="Only what they did: their id.")] = None,
    since: Annotated[str, typer.Option(help="From this instant on (ISO 8601).")] = "",
    until: Annotated[str, typer.Option(help="Before this instant.")] = "",
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """The newest first."""
    rows = project(slug).audit.list(
        person=person, kind=kind, since=since or None, until=until or None
    )
    table(rows if as_json else _in_short(rows), COLUMNS, as_json=as_json, limit=limit)


@app.command()
def fetch(
    slug: InProject,
    form: Annotated[Literal["csv", "jsonl"], typer.Argument()] = "jsonl",
    into: Annotated[Path | None, typer.Option("--into", "-o", help="The file to write.")] = None,
) -> None:
    """Download all of it, to keep where nobody can change it."""
    typer.echo(project(slug).audit.fetch(form, into or Path(f"{slug}-audit.{form}")))


def _in_short(rows: Iterator[schema.EntryOut]) -> Iterator[dict[str, Any]]:
    """Tell of people by the names they sign in with."""
    for row in rows:
        yield {**row, "by": row["by"] and row["by"]["username"]}
