"""Claim: what a scorer learns by default serves it better than the reference recipe.

    python -m benchmarks.learning --models DIRECTORY [--seeds 5] [--sizes 200 500 1000 2000]

On the miniature world, with the likelihood read-out of its pre-trained captioner: captions of clips
that nobody learnt from, held against the renderer's truth. A size is how many captions were rated.
The reference recipe (one-hot, argmax, zeros in the mean) and ours learn from the same captions,
once with one annotator each, once with three: soft votes are for several. The ceiling is one
simulated annotator. After the sizes each option is changed alone, at 500 captions of three.

Mean over seeds with a 95 % t-interval; each seed is another set of clips, votes and weights. This
says how recipes compare where truth is known, not how good a scorer of real footage is.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from scorer import conformal, levels, metrics, trust
from scorer.backbone import Backbone
from scorer.course import Course, Lesson
from scorer.evaluation.figures import of_videos
from scorer.frames import Clip
from scorer.learning import VALIDATION
from scorer.levels import Score
from scorer.likelihood import LikelihoodReadout, Surprise
from scorer.objective import Objective
from scorer.rubric import Dimension
from scorer.snapshot import Caption, Example, Vote, hold_out
from scorer.tables import Floats
from scorer.teaching_head import train_head
from scorer.team import ALONE
from training.miniature import pretrained, scenes
from training.miniature.annotators import ANNOTATORS
from training.miniature.captioners import BASE, Levels
from training.miniature.captioners import levels as true_levels
from training.miniature.world import SECONDS, sample

FRAMES: Final = 4
PIXELS: Final = 64
TESTED: Final = 150
"""Clips that nobody learns from, each with three captions."""

FIGURES: Final = ("srcc", "srcc of whole levels", "qwk", "pairs", "regret")
CHANGED_AT: Final = 500
OURS: Final = Objective()
CHANGES: Final[Mapping[str, Mapping[str, Any]]] = {
    "soft votes (default)": {},
    "sampled votes": {"objective": Objective(targets="sampled")},
    "one-hot": {"objective": Objective(targets="one-hot")},
    "+ expectation 0.3": {"objective": Objective(expectation=0.3)},
    "+ ordinal 0.5": {"objective": Objective(ordinal=0.5)},
    "+ pairs 0.5": {"objective": Objective(pairwise=0.5)},
    "+ balance": {"objective": Objective(balance=1.0)},
    "+ weights of the rater model": {"weighed": True},
    "+ early stopping, patience 3": {"patience": 3},
}


@dataclass(frozen=True)
class Seen:
    """A caption with its truth, as the captioner sees it."""

    clip: int
    example: Example
    truth: Levels
    surprise: Surprise

    def votes(self, annotators: int, seed: int) -> Iterator[Vote]:
        # Which ones differs from caption to caption: one alone would lend its leaning to all.
        number = self.example.caption.id
        for place in range(number, number + annotators):
            person = ANNOTATORS[place % len(ANNOTATORS)]
            said = person.rate(self.truth, about=str(number), seed=seed)
            for dimension, level in said.items():
                yield Vote(number, dimension, person.name, level)

    def rated_by(self, annotators: int, seed: int) -> Example:
        votes = {dimension: [0] * 6 for dimension in Dimension}
        for vote in self.votes(annotators, seed):
            votes[vote.dimension][vote.level] += 1
        return replace(self.example, votes={d: tuple(of_one) for d, of_one in votes.items()})


def world(readout: LikelihoodReadout, *, first: int, clips: int) -> Iterator[Seen]:
    for number in range(first, first + clips):
        scene = sample(number)
        pixels = scenes.render(scene, width=PIXELS, height=PIXELS, at=scenes.moments(FRAMES))
        clip = Clip(pixels, tuple(SECONDS * at for at in scenes.moments(FRAMES)), SECONDS)
        said = [captioner.caption(scene.facts, seed=number) for captioner in BASE]
        surprises = readout.surprises(clip, [text for text, _ in said])
        for place, ((text, claims), surprise) in enumerate(zip(said, surprises, strict=True)):
            caption = Caption(3 * number + place, str(number), BASE[place].name, "detailed", text)
            truth = true_levels(scene.facts, claims)
            yield Seen(number, Example(caption, {}), truth, surprise)


def taught(
    readout: LikelihoodReadout,
    seen: Sequence[Seen],
    objective: Objective = OURS,
    *,
    by: int,
    seed: int,
    weighed: bool = False,
    patience: int = 0,
) -> LikelihoodReadout:
    """A fresh head that learnt from this many annotators of each caption."""
    course = Course(
        backbone=readout.backbone, model="miniature", frames=FRAMES, steps=None,
        learning_rate=None, lora_rank=1, objective=objective, patience=patience,
        memory="keep", seed=seed,
        path_of=Path, scratch=None, team=ALONE, on_progress=lambda *_: None,
        on_metrics=lambda *_: None,
    )  # fmt: skip
    fresh = LikelihoodReadout.over(readout.backbone, FRAMES, seed=seed)
    by_video: dict[str, list[Example]] = defaultdict(list)
    surprises: dict[str, list[Surprise]] = defaultdict(list)
    for one in seen:
        by_video[str(one.clip)].append(one.rated_by(by, seed))
        surprises[str(one.clip)].append(one.surprise)
    lessons = [Lesson(video, examples) for video, examples in by_video.items()]
    if weighed:
        weights = trust.weigh(by_video, [v for one in seen for v in one.votes(by, seed)])
        lessons = [
            replace(lesson, weighed=[weights[e.caption.id] for e in lesson.examples])
            for lesson in lessons
        ]
    held = hold_out(by_video, VALIDATION) if patience else frozenset()
    held_out = [lesson for lesson in lessons if lesson.video in held]
    lessons = [lesson for lesson in lessons if lesson.video not in held]

    def of(chosen: Sequence[Lesson]) -> list[Surprise]:
        return [surprise for lesson in chosen for surprise in surprises[lesson.video]]

    train_head(course, fresh, of(lessons), lessons, held_out=(of(held_out), held_out))
    return fresh


def table(rows: Sequence[Mapping[Dimension, float]]) -> Floats:
    return np.array([[row[dimension] for dimension in Dimension] for row in rows], dtype=float)


def compared(said_ND: Floats, mean_N: Floats, tested: Sequence[Seen]) -> dict[str, float]:
    """Against the truth, where a dimension is involved; regret of choosing by `mean_N`."""
    truth_ND = table([one.truth for one in tested])
    video_N = np.array([one.clip for one in tested])
    video_N = np.unique(video_N, return_inverse=True)[1]
    found: dict[str, list[float]] = {name: [] for name in FIGURES[:-1]}
    for said_N, truth_N in zip(said_ND.T, truth_ND.T, strict=True):
        real = truth_N > 0
        found["srcc"].append(float(stats.spearmanr(said_N[real], truth_N[real]).statistic))
        rounded = np.rint(said_N[real])
        whole = float(stats.spearmanr(rounded, truth_N[real]).statistic)
        found["srcc of whole levels"].append(whole)
        found["qwk"].append(cohen_kappa_score(rounded, truth_N[real], weights="quadratic"))
        right, of_all = of_videos(said_N[real], truth_N[real], video_N[real], len(tested))[
            "pairs"
        ].sum(axis=0)
        found["pairs"].append(right / of_all)
    involved = np.where(truth_ND > 0, truth_ND, np.nan)
    lost, choices = of_videos(mean_N, np.nanmean(involved, axis=1), video_N, len(tested))[
        "regret"
    ].sum(axis=0)
    return {name: float(np.mean(of_one)) for name, of_one in found.items()} | {
        "regret": float(lost / choices)
    }


def as_ours(readout: LikelihoodReadout, tested: Sequence[Seen]) -> dict[str, float]:
    """Expected levels given involved, and the mean over involved dimensions."""
    scores = predicted(readout, tested)
    said_ND = np.array([[levels.expected(p) for p in rows] for rows in scores])
    involved_ND = np.array([[levels.involved(p) for p in rows] for rows in scores])
    counted = involved_ND >= np.minimum(0.5, involved_ND.max(axis=1, keepdims=True))
    mean_N = (said_ND * counted).sum(axis=1) / counted.sum(axis=1)
    return compared(said_ND, mean_N, tested)


def as_reference(readout: LikelihoodReadout, tested: Sequence[Seen]) -> dict[str, float]:
    """The likeliest of the six levels, and the mean of all five with its zeros."""
    scores = predicted(readout, tested)
    said_ND = np.array([[float(levels.most_likely(p)) for p in rows] for rows in scores])
    return compared(said_ND, said_ND.mean(axis=1), tested)


def predicted(readout: LikelihoodReadout, tested: Sequence[Seen]) -> list[list[list[float]]]:
    with torch.no_grad():
        logits = readout.read([one.surprise for one in tested])
    found: list[list[list[float]]] = logits.double().softmax(-1).tolist()
    return found


def ceiling(tested: Sequence[Seen], seed: int) -> dict[str, float]:
    """One annotator's levels in the scorer's place."""
    said = [
        ANNOTATORS[n % 3].rate(one.truth, about=str(one.example.caption.id), seed=seed)
        for n, one in enumerate(tested)
    ]
    said_ND = table(said)
    mean_N = np.where(said_ND > 0, said_ND, np.nan)
    return compared(said_ND, np.nanmean(mean_N, axis=1), tested)


def coverage(
    readout: LikelihoodReadout, seen: Sequence[Seen], tested: Sequence[Seen], seed: int
) -> dict[str, float]:
    """How often three people's mean level lies in an interval that promises nine times in ten."""
    held = hold_out({str(one.clip) for one in seen}, VALIDATION)
    teaching = [one for one in seen if str(one.clip) not in held]
    checking = [one for one in seen if str(one.clip) in held]
    fresh = taught(readout, teaching, by=3, seed=seed)
    half = conformal.half_widths(pairs(fresh, checking, seed))
    inside = [
        abs(pair.predicted - pair.human) <= half[dimension]
        for dimension, of_one in pairs(fresh, tested, seed).items()
        for pair in of_one
    ]
    return {"coverage": float(np.mean(inside)), "half width": float(np.mean(list(half.values())))}


def pairs(
    readout: LikelihoodReadout, seen: Sequence[Seen], seed: int
) -> dict[Dimension, list[metrics.Pair]]:
    scores = (
        Score(dict(zip(Dimension, map(tuple, rows), strict=True)))
        for rows in predicted(readout, seen)
    )
    votes = (one.rated_by(3, seed).votes for one in seen)
    return metrics.pairs(zip(scores, votes, strict=True))


def told(values: Sequence[float]) -> str:
    mean = float(np.mean(values))
    if len(values) < 2:
        return f"{mean:.3f}"
    half = float(stats.t.ppf(0.975, len(values) - 1) * stats.sem(values))
    return f"{mean:.3f} ± {half:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--models", type=Path, required=True, help="where `miniature` lies or comes"
    )
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 500, 1000, 2000])
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    readout = LikelihoodReadout.over(
        Backbone.load(str(pretrained.ensure(given.models)), None), FRAMES
    )
    rows: dict[str, list[dict[str, float]]] = {}
    intervals: list[dict[str, float]] = []
    begun = time.monotonic()
    for seed in range(given.seeds):
        clips = -(-max(*given.sizes, CHANGED_AT) // 3)
        first = 1_000_000 + 100_000 * seed  # far from what the captioner learnt to see
        seen = list(world(readout, first=first, clips=clips))
        tested = list(world(readout, first=first + 50_000, clips=TESTED))
        learn = partial(taught, readout, seed=seed)
        for size in given.sizes:
            for by in (1, 3):
                people = f"{size} captions x {by}"
                ours = learn(seen[:size], OURS, by=by)
                theirs = learn(seen[:size], Objective(targets="one-hot"), by=by)
                rows.setdefault(f"{people}: ours", []).append(as_ours(ours, tested))
                rows.setdefault(f"{people}: reference", []).append(as_reference(theirs, tested))
        for name, change in CHANGES.items():
            found = as_ours(learn(seen[:CHANGED_AT], by=3, **change), tested)
            rows.setdefault(f"{CHANGED_AT} x 3: {name}", []).append(found)
        rows.setdefault("one annotator", []).append(ceiling(tested, seed))
        intervals.append(coverage(readout, seen[: max(given.sizes)], tested, seed))
    print(
        f"{given.seeds} seeds, {3 * TESTED} captions tested each, {time.monotonic() - begun:.0f} s"
    )
    print("| |", " | ".join(FIGURES), "|\n|---|---|---|---|---|---|")
    for name, of_one in rows.items():
        cells = [told([row[figure] for row in of_one]) for figure in FIGURES]
        print(f"| {name} |", " | ".join(cells), "|")
    for figure in ("coverage", "half width"):
        print(f"intervals of nine in ten: {figure} {told([one[figure] for one in intervals])}")


if __name__ == "__main__":
    main()
