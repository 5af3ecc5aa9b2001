"""What sharing saves: every way of scoring against the naive loop, on one model in one run.

    python benchmarks/sharing.py --frames 8 --captions 4 --prompts compact   # one row
    python benchmarks/sharing.py                                             # the whole table

The model is a random LLaVA-OneVision with 196 tokens a frame; a ratio depends on sizes and lengths
and not on what weights say. Each repeat times all ways one after the other, in process time on one
thread, and the median of the ratios is printed: speed that changes the answer is no speed, so the
largest difference of a logit to the naive loop's stands beside it. `limit` is the same ratio in
floating-point operations: vision tower, linear layers and those pairs of attention that are needed.

The naive loop is the reference's: a full pass, video included, for each caption and dimension. Of
its passes, which are alike, at most `--naive-passes` are run and the rest is reckoned from them.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import sharing_cost as cost
from scorer import features, sharing
from scorer.backbone import Backbone
from scorer.batching import Prefix
from scorer.features import FeatureCache
from scorer.frames import Clip
from scorer.rubric import Dimension
from scorer.sharing import Mode
from tests.scorer import tiny_models

PIXELS = 392
SIZE = {
    "pixels": PIXELS, "tower_width": 160, "tower_layers": 4, "width": 320, "layers": 6,
    "widening": 3,
}  # fmt: skip
CAPTION = (120, 200)
"""Tokens of the shortest and of the longest caption, as in the reference's data."""

WAYS = ("naive", "vision once", "cache", "tree", "packed", "tree, features kept")
Tails = list[list[int]]


@dataclass(frozen=True)
class Layout:
    """A prompt by its lengths in tokens: what precedes the video, and what surrounds a caption."""

    before: int
    asked: int
    shared_question: int
    own_question: int

    def tails(self, captions: int, words: np.random.Generator) -> Tails:
        """Random words. What the real prompts share, these share, and nothing else."""

        def text(length: int) -> list[int]:
            return [int(word) for word in words.integers(30, 270, length)]

        lengths = np.linspace(*CAPTION, captions).astype(int)
        asked = [text(self.asked) for _ in Dimension]
        questions = [text(self.own_question) for _ in Dimension]
        shared = text(self.shared_question)
        return [
            [*before, *caption, *shared, *question]
            for caption in [text(length) for length in lengths]
            for before, question in zip(asked, questions, strict=True)
        ]


LAYOUTS = {
    # Video, question, caption, options: all but the system's words differ by dimension.
    "reference": Layout(before=25, asked=141, shared_question=0, own_question=111),
    # Rubric, video, caption, and "Level of camera?" with the turn to the assistant.
    "compact": Layout(before=300, asked=0, shared_question=3, own_question=7),
}


@dataclass(frozen=True)
class Case:
    """A video, the branches of its captions, and every way to their logits."""

    backbone: Backbone
    frames: int
    pixels: Prefix
    tails: Tails
    cache: FeatureCache
    naive_passes: int

    @property
    def looped(self) -> list[int]:
        """Places of the tails that the naive loop runs: evenly spread."""
        count = min(self.naive_passes, len(self.tails))
        return [place * len(self.tails) // count for place in range(count)]

    def run(self, way: str) -> torch.Tensor:
        with torch.no_grad():
            if way == "naive":
                return self._logits(self.pixels, Mode.NAIVE, self.looped)
            if way == "vision once":
                seen = features.encoded(self.backbone.model, self.pixels)
                return self._logits(seen, Mode.NAIVE, self.looped)
            if way == "tree, features kept":
                return self._logits(self.cache.see(self.backbone.model, self.pixels), Mode.TREE)
            if way == "packed":
                kept = [(len(tail) - 1,) for tail in self.tails]
                rows = sharing.packed(self.backbone.model, self.pixels, self.tails, kept)
                return torch.cat(rows)
            return self._logits(self.pixels, Mode(way))

    def _logits(
        self, prefix: Prefix, mode: Mode, places: Sequence[int] | None = None
    ) -> torch.Tensor:
        tails = [self.tails[place] for place in (places or range(len(self.tails)))]
        kept = [(len(tail) - 1,) for tail in tails]
        return torch.cat(sharing.logits(self.backbone.model, prefix, tails, kept, mode))

    def scale(self, way: str) -> float:
        """By how much a loop was cut short."""
        return len(self.tails) / len(self.looped) if way in {"naive", "vision once"} else 1.0

    def operations(self, way: str) -> float:
        """All that the way has to compute, reckoned for all tails."""
        model, length = self.backbone.model, self.pixels.length
        with cost.counted(model) as layers:
            self.run(way)
        loops = way in {"naive", "vision once"}
        tails = [self.tails[place] for place in self.looped] if loops else self.tails
        pairs = (cost.loop_pairs if loops else cost.shared_pairs)(length, tails)
        looks = {"naive": len(tails), "tree, features kept": 0}.get(way, 1)
        language = cost.language_attention(model, pairs)
        tower = looks * cost.tower_attention(model, self.frames)
        return (layers.operations + language + tower) * self.scale(way)


def case(
    backbone: Backbone, frames: int, prompt: str, captions: int, *, cache: FeatureCache, passes: int
) -> Case:
    dice = np.random.default_rng(0)
    clip = Clip(dice.integers(0, 255, (frames, PIXELS, PIXELS, 3), dtype=np.uint8), (), 2.0)
    layout = LAYOUTS[prompt]
    turn = backbone.turn(frames, before="x" * layout.before)
    pixels = backbone.see(clip, turn)
    tails = layout.tails(captions, dice)
    return Case(backbone, frames, pixels, tails, cache, passes)


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


@dataclass(frozen=True)
class Measured:
    ratio: float
    limit: float
    difference: float
    megabytes: float | None
    """How far the process grew; None where nothing tells."""

    def cells(self) -> tuple[str, ...]:
        grown = "" if self.megabytes is None else f"{self.megabytes:.0f}"
        return f"{self.ratio:.1f}", f"{self.limit:.1f}", f"{self.difference:.0e}", grown


def measure(one: Case, repeats: int) -> dict[str, Measured]:
    """Each way against the naive loop of the same repeat."""
    expected = one.run("naive")
    found = {way: one.run(way) for way in WAYS}  # and warms up
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(repeats):
        for way in WAYS:
            times[way].append(seconds(partial(one.run, way)) * one.scale(way))
    naive = one.operations("naive")
    return {
        way: Measured(
            ratio=statistics.median(
                loop / own for loop, own in zip(times["naive"], times[way], strict=True)
            ),
            limit=naive / one.operations(way),
            difference=_apart(one, found[way], expected),
            megabytes=cost.peak_mebibytes(partial(one.run, way)),
        )
        for way in WAYS
    }


def _apart(one: Case, found: torch.Tensor, expected: torch.Tensor) -> float:
    rows = found if len(found) == len(expected) else found[one.looped]
    return float((rows - expected).abs().max())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=int, nargs="+", default=[8, 32])
    parser.add_argument("--captions", type=int, nargs="+", default=[1, 3, 5, 8])
    parser.add_argument("--prompts", choices=LAYOUTS, nargs="+", default=list(LAYOUTS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--naive-passes", type=int, default=5)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as directory:
        place = tiny_models.save("llava_onevision", Path(directory) / "model", **SIZE)
        backbone = Backbone.load(str(place), None)
        language, rest = cost.parameters(backbone.model)
        print(f"{language:.1f} M parameters in the language model, {rest:.1f} M beside it")
        print("| prompt | frames | captions | tokens | way | ratio | limit | difference | MB |")
        print("|---|---|---|---|---|---|---|---|---|")
        cache = FeatureCache(Path(directory) / "features")
        for prompt, frames, captions in product(given.prompts, given.frames, given.captions):
            one = case(backbone, frames, prompt, captions, cache=cache, passes=given.naive_passes)
            for way, found in measure(one, given.repeats).items():
                row = (prompt, frames, captions, one.pixels.length, way, *found.cells())
                print("|", " | ".join(map(str, row)), "|", flush=True)


if __name__ == "__main__":
    main()
