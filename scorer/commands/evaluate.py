"""`evaluate` and `compare`: one scorer, or two, against the people of a snapshot's test split."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from scorer import evaluation, metrics, snapshot, twins
from scorer.commands.given import add_data, add_scorer, load, paths
from scorer.judging import compared, judged
from scorer.scorer import Scorer

if TYPE_CHECKING:
    from scorer.commands.given import Subcommands


def add(commands: "Subcommands") -> None:
    parser = commands.add_parser("evaluate", help="hold a scorer against a snapshot's test split")
    add_scorer(parser)
    add_data(parser)
    parser.add_argument(
        "--twins", type=Path, help="JSON Lines of captions with one dimension made wrong"
    )
    parser.set_defaults(run=_evaluate)

    parser = commands.add_parser("compare", help="say whether a scorer is better than a rival")
    add_scorer(parser)
    parser.add_argument("--rival", required=True, help="a directory, a name or a hub id")
    add_data(parser)
    parser.set_defaults(run=_compare)


def _evaluate(given: argparse.Namespace, _: TextIO) -> dict[str, Any]:
    examples = snapshot.read(given.snapshot).examples("test")
    scorer, path_of = load(given), paths(given.media)
    spoiled = twins.read(given.twins) if given.twins else twins.of_examples(examples)
    found, failed = judged(scorer, examples, path_of)
    return {
        "captions": len(found),
        "failed": [failure.video for failure in failed],
        **metrics.agreement(compared(found)),
        "report": evaluation.evaluate(found).as_json(),
        "twins": twins.bench(scorer, spoiled, path_of).as_json(),
    }


def _compare(given: argparse.Namespace, _: TextIO) -> dict[str, Any]:
    examples = snapshot.read(given.snapshot).examples("test")
    ours, failed = judged(load(given), examples, paths(given.media))
    rival = Scorer.load(given.rival, models_dir=given.models)
    theirs, _failed = judged(rival, examples, paths(given.media))
    return {
        "failed": [failure.video for failure in failed],
        **evaluation.compare(ours, theirs).as_json(),
    }
