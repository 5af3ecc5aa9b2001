"""What a scorer must beat on the same captions: what needs no learning, no video, or no ideas.

- `constant`: people's mean level, always.
- `length`: the longer a caption, the better.
- `zero_shot`: the model before it learnt. Digits are read without the adapter; the likelihood
  read-out goes by the mean log-probability of the words, which orders captions but is no level.
- `blind`: the scorer itself before a grey video: what the text alone gives away.
- `one_hot`: one-hot targets and the argmax, as in the reference recipe, from the same ratings. It
  is taught beside the likelihood read-out, where that takes seconds; for digits see `compare`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any, Final

import numpy as np
import torch

from scorer import evaluation, metrics
from scorer.calibration import UNTOUCHED
from scorer.course import Course, Lesson, Taught
from scorer.digits import DigitReadout
from scorer.evaluation.columns import Judged
from scorer.frames import Clip
from scorer.judging import judged
from scorer.levels import Score, most_likely
from scorer.likelihood import LikelihoodReadout, Surprise
from scorer.objective import Objective
from scorer.rubric import LEVELS, Dimension
from scorer.scorer import Card, Scorer
from scorer.sights import PathOf
from scorer.snapshot import Example
from scorer.teaching_head import looked_at, train_head

GREY: Final = 127
FIGURES: Final = ("srcc", "mae", "pairs", "regret")
SHARES: Final = (0.125, 0.25, 0.5, 1.0)
"""Of the training videos, in the curve that says what more ratings would bring."""

ByVideo = Mapping[str, Sequence[Example]]
Figures = dict[str, float | None]


def figures(found: Sequence[Judged]) -> Figures:
    """SRCC and error on average over dimensions; pairs and regret of the mean over them."""
    report = evaluation.evaluate(found, resamples=0)
    both = report.average | {name: report.overall[name] for name in ("pairs", "regret")}
    return {name: both[name].value for name in FIGURES}


def untaught(learnt: Sequence[Example], tested: Sequence[Example]) -> dict[str, Any]:
    """`constant` and `length`."""
    length = _by_dimension(tested, lambda _, example: float(len(example.caption.text.split())))
    usual = {d: [p.human for p in pairs] for d, pairs in _by_dimension(learnt).items()}
    constant = _by_dimension(tested, lambda d, _: fmean(usual[d]) if usual[d] else 3.0)
    return {
        "constant": {"mae": metrics.agreement(constant)["mae"]},
        "length": {"srcc": metrics.agreement(length)["srcc"]},
    }


def blind(scorer: Scorer, by_video: ByVideo, path_of: PathOf) -> Figures:
    """The scorer before grey frames of the video's own size."""

    def say(clip: Clip, texts: Sequence[str]) -> list[Score]:
        return scorer.score_clip(replace(clip, pixels=np.full_like(clip.pixels, GREY)), texts)

    return figures(judged(scorer, by_video, path_of, say=say)[0])


def without_adapter(
    readout: DigitReadout, card: Card, by_video: ByVideo, path_of: PathOf
) -> Figures:
    """The digit read-out of the model as it was before it learnt."""
    raw = Scorer(readout, replace(card, temperatures=UNTOUCHED))
    with readout.backbone.model.disable_adapter():
        return figures(judged(raw, by_video, path_of)[0])


@dataclass(frozen=True, slots=True)
class Heads:
    """Other heads over what the likelihood read-out saw already: each takes seconds."""

    course: Course
    taught: Taught[LikelihoodReadout]
    examples: Sequence[Example]
    surprises: Sequence[Surprise]
    """Of the examples' captions."""

    @classmethod
    def over(cls, course: Course, taught: Taught[LikelihoodReadout], by_video: ByVideo) -> "Heads":
        """Look at the test videos once. Those that cannot be seen are left out."""
        lessons = [Lesson(video, examples) for video, examples in by_video.items()]
        surprises, readable, _ = looked_at(course, taught.readout, lessons)
        return cls(course, taught, [e for lesson in readable for e in lesson.examples], surprises)

    def zero_shot(self) -> Figures:
        """By the mean log-probability of a caption's words."""
        mean = {
            id(example): float(surprise.costs_T2[:, 0].mean())
            for example, surprise in zip(self.examples, self.surprises, strict=True)
        }
        ordered = _by_dimension(self.examples, lambda _, example: mean[id(example)])
        return {"srcc": metrics.agreement(ordered)["srcc"]}

    def one_hot(self) -> Figures:
        head = self._taught(self.taught.lessons, Objective(targets="one-hot"))
        return figures([(_argmax(score), example) for score, example in self._judged(head)])

    def curve(self) -> list[dict[str, Any]]:
        """The figures by the number of ratings: the first videos alone, in order of their hash."""
        points = []
        for share in SHARES:
            lessons = self.taught.lessons[: max(round(share * len(self.taught.lessons)), 1)]
            head = self._taught(lessons, self.course.objective)
            learnt = [example for lesson in lessons for example in lesson.examples]
            points.append(
                {
                    "videos": len(lessons),
                    "captions": len(learnt),
                    "judgments": judgments(learnt),
                    **figures(self._judged(head)),
                }
            )
        return points

    def _taught(self, lessons: Sequence[Lesson], objective: Objective) -> LikelihoodReadout:
        course = replace(
            self.course,
            objective=objective,
            patience=0,
            scratch=None,
            on_metrics=lambda _step, _values: None,
            on_progress=lambda done, total, _: self.course.on_progress(done, total, "comparing"),
        )
        head = LikelihoodReadout.over(course.backbone, course.frames, seed=course.seed)
        captions = sum(len(lesson.examples) for lesson in lessons)
        train_head(course, head, self.taught.surprises[:captions], lessons)
        return head

    def _judged(self, head: LikelihoodReadout) -> list[Judged]:
        if not self.surprises:
            return []
        with torch.no_grad():
            table = head.read(self.surprises).double().softmax(-1).tolist()
        scores = (Score(dict(zip(Dimension, map(tuple, rows), strict=True))) for rows in table)
        return list(zip(scores, self.examples, strict=True))


def judgments(examples: Sequence[Example]) -> int:
    return sum(sum(counts) for example in examples for counts in example.votes.values())


def _argmax(score: Score) -> Score:
    """As sure of its likeliest level as the reference is."""
    sure = {
        dimension: tuple(float(level.value == most_likely(p)) for level in LEVELS)
        for dimension, p in score.probabilities.items()
    }
    return Score(sure)


def _by_dimension(
    examples: Sequence[Example],
    guess: Callable[[Dimension, Example], float] = lambda _dimension, _example: 0.0,
) -> dict[Dimension, list[metrics.Pair]]:
    found: dict[Dimension, list[metrics.Pair]] = {dimension: [] for dimension in Dimension}
    for example in examples:
        for dimension, counts in example.votes.items():
            human = metrics.human_level(counts)
            if human is not None:
                found[dimension].append(metrics.Pair(guess(dimension, example), human))
    return found
