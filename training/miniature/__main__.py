"""`python -m training.miniature`: render clips for a project, or build the base model."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path


class Printed:
    """A journal for a terminal: a line now and then."""

    def progress(self, done: int, total: int, message: str = "") -> None:
        sys.stdout.write(f"{message} ({done} of {total})\n")
        sys.stdout.flush()

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Nobody draws curves here."""


def main(arguments: list[str]) -> int:
    given = _parser().parse_args(arguments)
    if given.what == "render":
        _render(given.out, seed=given.seed, videos=given.videos)
    else:
        _pretrain(given.models)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.miniature", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    render = commands.add_parser("render", help="clips, captions, truth and ratings")
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--seed", type=int, default=0, help="of the first clip")
    render.add_argument("--videos", type=int, default=96)
    pretrain = commands.add_parser("pretrain", help="the base captioner, unless it is there")
    pretrain.add_argument("--models", type=Path, required=True)
    return parser


def _render(out: Path, *, seed: int, videos: int) -> None:
    from training.miniature import footage  # noqa: PLC0415 - rendering needs no torch

    for done, name in enumerate(footage.write(out, seed=seed, videos=videos), start=1):
        sys.stdout.write(f"{name} ({done} of {videos})\n")
        sys.stdout.flush()


def _pretrain(models: Path) -> None:
    import torch  # noqa: PLC0415 - slow to load

    from training.miniature import pretrained  # noqa: PLC0415

    torch.set_num_threads(1)  # more are slower on a busy machine
    sys.stdout.write(f"{pretrained.ensure(models, Printed())}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
