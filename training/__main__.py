"""`python -m training export RUN --to DIRECTORY`: a captioner for software that is not ours."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scorer.manifest import Tampered, Unsealed
from scorer.models import UnknownModel, UnsafeModel
from training.exporting import NotACaptioner, OtherBase, export

REFUSALS: Final = (NotACaptioner, OtherBase, OSError, Tampered, UnknownModel, UnsafeModel, Unsealed)
"""What a person can put right. Anything else is a fault of ours and shows its traceback."""


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = found.add_subparsers(dest="what", required=True)
    one = commands.add_parser("export", help="merge a fine-tuned captioner into a plain model")
    one.add_argument("run", type=Path, help="the directory of a finished fine-tuning")
    one.add_argument("--to", type=Path, required=True, help="a directory that is not there yet")
    one.add_argument("--models", type=Path, help="where models lie that are given by their names")
    return found


def main(arguments: Sequence[str]) -> int:
    """0, or 1 where it refused."""
    given = parser().parse_args(arguments)
    try:
        told = export(given.run, given.to, given.models)
    except REFUSALS as refusal:
        sys.stderr.write(f"{type(refusal).__name__}: {refusal}\n")
        return 1
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
