"""`explain`: the frames and the words that led to a score."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from scorer import explaining, explaining_page
from scorer.commands.given import add_scorer, add_server, load

if TYPE_CHECKING:
    from scorer.commands.given import Subcommands


def add(commands: "Subcommands") -> None:
    parser = commands.add_parser("explain", help="show what a model saw, and what it made of it")
    add_scorer(parser)
    add_server(parser)
    parser.add_argument("video", type=Path)
    parser.add_argument("caption")
    parser.add_argument("--page", type=Path, help="an HTML page with the frames")
    parser.set_defaults(run=_explain)


def _explain(given: argparse.Namespace, _: TextIO) -> dict[str, Any]:
    explained = explaining.explain(load(given), given.video, given.caption)
    if given.page:
        given.page.write_text(explaining_page.page(explained), encoding="utf-8")
    return explained.as_json()
