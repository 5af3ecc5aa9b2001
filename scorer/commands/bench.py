"""`bench`: how fast a scorer is on this machine, beside the naive loop."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from scorer import benching
from scorer.commands.given import add_scorer, load

if TYPE_CHECKING:
    from scorer.commands.given import Subcommands


def add(commands: "Subcommands") -> None:
    parser = commands.add_parser("bench", help="measure a scorer beside the naive loop")
    add_scorer(parser)
    parser.add_argument("video", type=Path)
    parser.add_argument("captions", nargs="+")
    parser.add_argument("--repeats", type=int, default=3)
    parser.set_defaults(run=_bench)


def _bench(given: argparse.Namespace, _: TextIO) -> dict[str, Any]:
    found = benching.bench(load(given), given.video, given.captions, repeats=given.repeats)
    return asdict(found)
