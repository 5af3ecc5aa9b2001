"""The scorer from a shell, over plain files: no database, no queue, no site.

    python -m scorer train --snapshot DIR --media DIR --model MODEL --out DIR
    python -m scorer score --scorer SCORER VIDEO CAPTION [CAPTION ...]
    python -m scorer score --scorer SCORER --file captions.json --out scores.jsonl
    python -m scorer evaluate --scorer SCORER --snapshot DIR --media DIR
    python -m scorer compare --scorer SCORER --rival SCORER --snapshot DIR --media DIR
    python -m scorer explain --scorer SCORER VIDEO CAPTION --page why.html
    python -m scorer bench --scorer SCORER VIDEO CAPTION [CAPTION ...]

SCORER is a directory, a name below `--models`, or an id on the hub. `--media` is a directory as the
platform keeps it, or one with a `<sha256>.mp4` for each video. Each command writes JSON to standard
output and its progress to standard error.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Final, TextIO

from scorer import manifest, models, snapshot
from scorer.chat import ServerRefused
from scorer.commands import bench, evaluate, explain, score, train
from scorer.course import NothingToLearnFrom
from scorer.digits import DigitsNotApart
from scorer.frames import Unreadable
from scorer.prompt import NoTurns
from scorer.quantized import NoQuantization
from scorer.scorer import NotAScorer, OtherModel
from scorer.served import DigitsHidden

COMMANDS: Final = (train, score, evaluate, explain, bench)
REFUSALS: Final = (
    DigitsHidden,
    DigitsNotApart,
    NoQuantization,
    NoTurns,
    NotAScorer,
    NothingToLearnFrom,
    OSError,
    OtherModel,
    ServerRefused,
    Unreadable,
    ValueError,
    manifest.Tampered,
    manifest.Unsealed,
    models.UnknownModel,
    models.UnsafeModel,
    snapshot.UnknownFormat,
)
"""What a person can put right. Anything else is a fault of ours and shows its traceback."""


def main(arguments: Sequence[str], *, out: TextIO = sys.stdout, err: TextIO = sys.stderr) -> int:
    """Run one command; 0, or 1 where it refused."""
    given = parser().parse_args(arguments)
    try:
        result = given.run(given, err)
    except REFUSALS as refusal:
        reason = str(refusal) or type(refusal).__doc__
        print(f"{type(refusal).__name__}: {reason}", file=err)
        return 1
    json.dump(result, out, indent=2, ensure_ascii=False)
    out.write("\n")
    return 0


def parser() -> argparse.ArgumentParser:
    """All commands with all that they take."""
    whole = argparse.ArgumentParser(
        prog="python -m scorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subcommands = whole.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(subcommands)
    return whole
