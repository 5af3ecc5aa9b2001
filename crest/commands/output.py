"""How the command answers: tables for people, tabs for pipes, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, with all there is.")]
Limit = Annotated[int, typer.Option(help="At most so many rows; 0: all.", min=0)]
SOME = 50


def show(thing: Mapping[str, Any] | None, *, as_json: bool) -> None:
    """Print one thing, a line for each of its fields."""
    if as_json:
        _print_json(thing)
        return
    for name, value in (thing or {}).items():
        typer.echo(f"{name}\t{_text(value)}")


def table(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, limit: int = 0
) -> None:
    """Print rows as they come in: no more of them are asked for than are wanted."""
    wanted = islice(rows, limit or None)
    if as_json:
        for row in wanted:
            _print_json(row)
    elif sys.stdout.isatty():
        drawn = Table(*columns, box=None, pad_edge=False)
        for row in wanted:
            drawn.add_row(*(escape(_text(row.get(name))) for name in columns))
        Console().print(drawn)
    else:
        for row in wanted:
            typer.echo("\t".join(_text(row.get(name)) for name in columns))


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


def _text(value: Any) -> str:
    match value:
        case None:
            return "-"
        case str():
            return " ".join(value.split())
        case Mapping() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
