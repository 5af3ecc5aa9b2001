"""What sharing a prefix saves: the tree against the naive loop, on one model in one run.

    python benchmarks/sharing.py [--captions K ...] [--repeats N]

The model is a random LLaVA-OneVision of a few million parameters; the ratio depends on lengths and
not on weights. Each repeat times both ways one after the other, in process time on one thread. The
median ratio is printed beside the ratio of the tokens, its limit, and beside the largest difference
between the logits: speed that changes the answer is no speed.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scorer import prompt, sharing
from scorer.backbone import Backbone
from scorer.batching import Prefix
from scorer.frames import Clip
from scorer.sharing import Mode
from scorer.trie import Trie
from tests.scorer import tiny_models

FRAMES = 8
CAPTION = "a red kite climbs over the grey beach while two children run after it and laugh"


@dataclass(frozen=True)
class Case:
    """A video's prefix and the branches of its captions."""

    model: Any
    prefix: Prefix
    tails: Sequence[Sequence[int]]

    def run(self, mode: Mode) -> torch.Tensor:
        kept = [(len(tail) - 1,) for tail in self.tails]
        with torch.no_grad():
            return torch.cat(sharing.logits(self.model, self.prefix, self.tails, kept, mode))


def case(backbone: Backbone, captions: int) -> Case:
    """Captions of about 80 tokens behind the rubric and eight frames of 49 tokens."""
    dice = np.random.default_rng(0)
    clip = Clip(dice.integers(0, 255, (FRAMES, 98, 98, 3), dtype=np.uint8), (), 2.0)
    turn = backbone.turn(FRAMES, before=prompt.rubric()[:600])
    tails = [
        backbone.tokens(asked + turn.closing)
        for number in range(captions)
        for asked in prompt.questions(f"{number} {CAPTION}").values()
    ]
    return Case(backbone.model, backbone.see(clip, turn), tails)


def limit(one: Case) -> float:
    """Tokens of the naive loop for each token of the tree: the ratio, were all tokens equal."""
    prefix, branches = one.prefix.length, [len(tail) for tail in one.tails]
    return sum(prefix + length for length in branches) / (prefix + len(Trie.of(one.tails).tokens))


def seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure(one: Case, repeats: int) -> dict[str, float]:
    difference = float((one.run(Mode.TREE) - one.run(Mode.NAIVE)).abs().max())  # and warms up
    ratios, trees = [], []
    for _ in range(repeats):
        trees.append(seconds(lambda: one.run(Mode.TREE)))
        ratios.append(seconds(lambda: one.run(Mode.NAIVE)) / trees[-1])
    return {
        "prefix_tokens": one.prefix.length,
        "branches": len(one.tails),
        "tree_seconds": round(statistics.median(trees), 3),
        "ratio": round(statistics.median(ratios), 2),
        "limit_by_tokens": round(limit(one), 2),
        "max_difference": difference,
    }


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", type=int, nargs="+", default=[1, 3])
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as directory:
        place = tiny_models.save("llava_onevision", Path(directory), width=256, layers=4)
        backbone = Backbone.load(str(place), None)
    for captions in given.captions:
        print(json.dumps({"captions": captions} | measure(case(backbone, captions), given.repeats)))


if __name__ == "__main__":
    main(sys.argv[1:])
