"""Claim: every command of the scorer runs on real footage, and without a warning.

    python -m benchmarks.real_clips --model MODEL [--videos DIRECTORY]

Trains each read-out of a small model on real clips and captions, scores them all, and prints what
comes of it. Nobody rated these captions: levels stand in for ratings, by how a caption was written
(see tests/scorer/real_clips.py), for three clips to learn from and two to be tested on. So the
figures say that it runs and how fast, and nothing about how good a scorer is.
"""

import argparse
import os
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import get_args

import torch

from scorer import learning, snapshot
from scorer.backbone import ReadoutName
from scorer.learning import LearnConfig
from scorer.scorer import Scorer
from tests.scorer import real_clips

SHARED = Path(os.environ.get("CREST_SHARED_DATA", "../shared/data"))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="a directory, or a hub id")
    parser.add_argument("--videos", type=Path, default=SHARED / "videos")
    parser.add_argument("--frames", type=int, default=8)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    warnings.simplefilter("error")
    for readout in get_args(ReadoutName):
        with tempfile.TemporaryDirectory() as place:
            show(given, readout, Path(place))


def show(given: argparse.Namespace, readout: ReadoutName, place: Path) -> None:
    real = real_clips.write(given.videos.resolve(), place)
    out = place / "scorer"
    out.mkdir()

    def path_of(video: str) -> Path:
        return real.media / f"{video}.mp4"

    begun = time.monotonic()
    learnt = learning.learn(
        snapshot=snapshot.read(real.snapshot),
        config=LearnConfig(model=given.model, readout=readout, frames=given.frames),
        models_dir=None,
        path_of=path_of,
        out=out,
    )
    taught_s = time.monotonic() - begun
    scorer = Scorer.load(out)
    by_source = defaultdict(list)
    captions = 0
    begun = time.monotonic()
    for video, rated in snapshot.read(real.snapshot).of_split("test").items():
        scores = scorer.score(path_of(video), [caption.text for caption in rated])
        captions += len(scores)
        for caption, score in zip(rated, scores, strict=True):
            by_source[caption.captioner].append(score.mean_involved)
    scored_s = time.monotonic() - begun
    srcc = learnt["report"]["average"]["srcc"]["value"]
    beside = {name: figures.get("srcc") for name, figures in learnt["baselines"].items()}
    print(
        f"{readout}: taught by {learnt['train_captions']} captions in {taught_s:.0f} s, report and"
    )
    print(
        f"  baselines included; {captions} unseen ones scored, {captions / scored_s:.1f} a second"
    )
    print(f"  SRCC with the stand-in levels: {told(srcc)}; " + ", ".join(
        f"{name} {told(value)}" for name, value in beside.items() if value is not None
    ))  # fmt: skip
    for source, levels in sorted(by_source.items()):
        stands_for = real_clips.STAND_INS[source]
        print(f"  {source} (stand-in {stands_for}): mean level {fmean(levels):.2f}")


def told(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
