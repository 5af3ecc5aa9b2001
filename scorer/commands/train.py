"""`train`: learn a scorer from a snapshot's ratings."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from scorer import learning, manifest, snapshot
from scorer.commands.given import add_data, add_models, paths
from scorer.learning import LearnConfig
from scorer.quantized import BITS
from scorer.team import ALONE, Team

if TYPE_CHECKING:
    from scorer.commands.given import Subcommands


def add(commands: "Subcommands") -> None:
    parser = commands.add_parser("train", help="learn a scorer from a snapshot's ratings")
    add_data(parser)
    add_models(parser)
    parser.add_argument("--model", required=True, help="a directory, a name or a hub id")
    parser.add_argument("--out", type=Path, required=True, help="a new directory for the scorer")
    parser.add_argument("--readout", choices=("auto", "digits", "likelihood"), default="auto")
    parser.add_argument("--steps", type=int, help="at the most; else by the number of ratings")
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--lora-rank", type=int, default=16)
    parser.add_argument("--frames", type=int, default=4, help="that are looked at of each video")
    parser.add_argument("--targets", choices=("soft", "sampled", "one-hot"), default="soft")
    parser.add_argument(
        "--expectation", type=float, default=0.0, help="weight of its squared error"
    )
    parser.add_argument("--ordinal", type=float, default=0.0, help="weight of the cumulative loss")
    parser.add_argument("--pairwise", type=float, default=0.0, help="weight of Bradley-Terry")
    parser.add_argument("--balance", type=float, default=0.0, help="0 to 1: weigh rare levels more")
    parser.add_argument("--weights", choices=("even", "raters"), default="even")
    parser.add_argument("--patience", type=int, default=0, help="looks without anything better")
    parser.add_argument("--base", choices=tuple(BITS), default="full", help="the base's weights")
    parser.add_argument("--memory", choices=("keep", "recompute"), default="keep")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_train)


def _train(given: argparse.Namespace, err: TextIO) -> dict[str, Any]:
    config = LearnConfig(**{name: getattr(given, name) for name in LearnConfig.__slots__})
    team = Team.joined() if "WORLD_SIZE" in os.environ else ALONE
    if team.leads:
        given.out.mkdir(parents=True)

    def tell(done: int, total: int, message: str) -> None:
        print(f"{message} {done}/{total}", file=err)

    result = learning.learn(
        snapshot=snapshot.read(given.snapshot),
        config=config,
        models_dir=given.models,
        path_of=paths(given.media),
        out=given.out,
        team=team,
        on_progress=tell,
    )
    if not team.leads:
        return {"rank": team.rank}
    manifest.seal(given.out, {"format": "crest.run/1", "kind": "scorer", "result": result})
    return result
