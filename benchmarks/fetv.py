"""Claim: on real ratings agreement comes out as it is known, and the rater model says its worth.

    CREST_SHARED_DATA=... python -m benchmarks.fetv

FETV: 3,017 generated videos, each rated by the same three people, on four questions. The last is
asked about aspects (colour, camera view, ...) of the videos that have them: each aspect of a video
is an item. Intervals draw prompts, since up to four videos were made from one.

Nobody knows the truth of real ratings, but a better estimate of it predicts better what a third
person says. So of each item one rating is held out, the rest predicts it, and every rating has its
turn.
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Final

import numpy as np

from scorer.agreement import Estimate, Level, agreement
from scorer.raters import levels
from scorer.raters.em import fit
from scorer.ratings import Ints, Ratings
from scorer.rubric import INVOLVED_LEVELS
from scorer.tables import Floats
from scorer.tables import levels as levels_of

FILE: Final = Path("fetv", "ratings.jsonl.gz")
WHOLE: Final = ("static_quality", "temporal_quality", "alignment")
FINE: Final = "fine_grained_alignment"
SCALE: Final = np.array(INVOLVED_LEVELS, np.float64)
DRAWS: Final = 1000


def shared_data() -> Path:
    """Where real data lies: as the tests have it."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    return Path(os.environ.get("CREST_SHARED_DATA", beside))


def questions(file: Path) -> dict[str, Ratings]:
    """The ratings of each question; a "video" is a prompt."""
    with gzip.open(file, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    given: dict[str, list[tuple[str, str, str, int]]] = {name: [] for name in (*WHOLE, FINE)}
    for row in rows:
        for name in WHOLE:
            given[name].append((row["item"], row["prompt"], row["rater"], row[name]))
        for aspect, level in (row[FINE] or {}).items():
            given[FINE].append((f"{row['item']} {aspect}", row["prompt"], row["rater"], level))
    return {name: _ratings(of_one) for name, of_one in given.items()}


def _ratings(rows: list[tuple[str, str, str, int]]) -> Ratings:
    item, prompt, rater, level = zip(*rows, strict=True)
    items, prompts, raters = (
        np.unique(names, return_inverse=True)[1] for names in (item, prompt, rater)
    )
    return Ratings.of(item=items, video=prompts, annotator=raters, level=level)


def held_out(ratings: Ratings) -> dict[str, Floats]:
    """Of each way to predict, by how much it misses each rating, in the order of `ratings`."""
    turn = (ratings.item + ratings.annotator) % len(np.unique(ratings.annotator))
    missed: dict[str, Floats] = {}
    for fold in np.unique(turn):
        out = turn == fold
        for name, predicted in predictions(ratings.where(~out), ratings.where(out)).items():
            missed.setdefault(name, np.zeros(len(ratings)))[out] = predicted - ratings.level[out]
    return missed


def predictions(known: Ratings, asked: Ratings) -> dict[str, Floats]:
    """What annotators of `known` may be expected to say of its items where `asked`."""
    table = levels_of(known)
    item = np.searchsorted(np.unique(known.item), asked.item)
    annotator = np.searchsorted(np.unique(known.annotator), asked.annotator)
    mean = (table.counts_IK @ SCALE / table.raters_I)[item]
    found = fit(table, levels.law(table))
    everybody = float(known.level.mean())
    reliability = agreement(known, resamples=1).level.icc_mean.value or 0
    return {
        "the mean of everything": np.full(len(item), everybody),
        "mean": mean,
        "mean, shrunk by ICC(2,k)": everybody + reliability * (mean - everybody),
        "rater model, the item's level": found.mean()[item],
        "rater model, this rater's answer": found.answers(item, annotator) @ SCALE,
    }


def rmse(missed: Floats, weight: Floats) -> float:
    return float(np.sqrt(np.average(missed**2, weights=weight)))


def drawn(prompt: Ints, seed: int = 0) -> Iterator[Floats]:
    """How often each rating counts, as prompts are drawn anew."""
    dice = np.random.default_rng(seed)
    prompts = int(prompt.max()) + 1
    for _ in range(DRAWS):
        times = np.bincount(dice.integers(prompts, size=prompts), minlength=prompts)
        yield times[prompt].astype(np.float64)


def told(value: float, draws: Sequence[float]) -> str:
    low, high = np.quantile(draws, (0.025, 0.975))
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def cell(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} [{estimate.low:.3f}, {estimate.high:.3f}]"


def print_agreement(found: Mapping[str, Ratings]) -> None:
    names = [field.name for field in fields(Level) if field.type is Estimate]
    print("| | " + " | ".join(found) + " |", "|---" * (len(found) + 1) + "|", sep="\n")
    each = [agreement(ratings).level for ratings in found.values()]
    for name in names:
        cells = (getattr(level, name) for level in each)
        print(
            f"| {name} | "
            + " | ".join(f"{c.value:.3f} [{c.low:.3f}, {c.high:.3f}]" for c in cells)
            + " |"
        )
    print(flush=True)


def print_held_out(name: str, ratings: Ratings) -> None:
    missed = held_out(ratings)
    print(f"| {name} | RMSE | less than the mean's by |", "|---|---|---|", sep="\n")
    weights = list(drawn(ratings.video))
    plain = [rmse(missed["mean"], weight) for weight in weights]
    whole = np.ones(len(ratings))
    for way, off in missed.items():
        ours = [rmse(off, weight) for weight in weights]
        less = rmse(missed["mean"], whole) - rmse(off, whole)
        gain = "" if way == "mean" else told(less, np.subtract(plain, ours).tolist())
        print(f"| {way} | {told(rmse(off, whole), ours)} | {gain} |")
    print(flush=True)


def main() -> None:
    file = shared_data() / FILE
    if not file.exists():
        raise SystemExit(
            f"no ratings at {file}: set CREST_SHARED_DATA to the directory that has them"
        )
    found = questions(file)
    print_agreement(found)
    for name, ratings in found.items():
        print_held_out(name, ratings)


if __name__ == "__main__":
    main()
