"""Whether one scorer is better than another on the same captions, by a paired bootstrap.

Both are held against the same people in the same draws of videos, and the interval is that of their
difference: what makes some videos hard makes them hard for both, so that a difference shows long
before their own intervals part. Source: Efron and Tibshirani 1993, chapter 16.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from scorer.evaluation.columns import Judged, column, numbered
from scorer.evaluation.drawn import Drawn, Draws, Value, average
from scorer.evaluation.report import RESAMPLES, overall
from scorer.rubric import Dimension

FORMAT: Final = "crest.comparison/1"
LESS_IS_BETTER: Final = frozenset({"mae", "ece", "regret"})
SAME_FOR_BOTH: Final = frozenset({"regret_random"})

Verdict = Literal["better", "worse", "undecided"]


class NothingInCommon(ValueError):
    """The two scorers have judged no caption in common."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both, and the first minus the second."""

    one: float | None
    other: float | None
    difference: Value
    verdict: Verdict
    """Of the first; undecided unless the interval of the difference leaves zero out."""


Differences = dict[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Of two scorers on the captions that both have judged."""

    captions: int
    videos: int
    resamples: int
    dimensions: dict[str, Differences]
    average: Differences
    overall: Differences
    """Pairs and regret by the mean over involved dimensions: what selection goes by."""
    format: str = FORMAT

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare(
    one: Sequence[Judged], other: Sequence[Judged], *, resamples: int = RESAMPLES, seed: int = 0
) -> Comparison:
    """Raises `NothingInCommon`. The same seed gives the same intervals."""
    one, other = _paired(one, other)
    number = numbered(one)
    drawn = Drawn(len(number), resamples, seed)

    def by_dimension(judged: Sequence[Judged]) -> dict[str, Draws]:
        return {d.value: drawn.of_column(column(judged, d, number)) for d in Dimension}

    ones, others = by_dimension(one), by_dimension(other)
    both_overall = (drawn.of_videos(*overall(judged, number)) for judged in (one, other))
    return Comparison(
        captions=len(one),
        videos=len(number),
        resamples=resamples,
        dimensions={d: _differences(drawn, ones[d], others[d]) for d in ones},
        average=_differences(drawn, average(list(ones.values())), average(list(others.values()))),
        overall=_differences(drawn, *both_overall),
    )


def _paired(one: Sequence[Judged], other: Sequence[Judged]) -> tuple[list[Judged], list[Judged]]:
    by_id = {example.caption.id: (score, example) for score, example in other}
    common = [judged for judged in one if judged[1].caption.id in by_id]
    if not common:
        raise NothingInCommon("the two scorers have judged no caption in common")
    return common, [by_id[example.caption.id] for _, example in common]


def _differences(drawn: Drawn, one: Draws, other: Draws) -> Differences:
    """Of each figure. Neither of two equals is better, however many draws there are."""
    found = {}
    for name in one.keys() - SAME_FOR_BOTH:
        difference = drawn.value(one[name] - other[name])
        ones, others = drawn.value(one[name]).value, drawn.value(other[name]).value
        found[name] = Difference(ones, others, difference, _verdict(name, difference))
    return dict(sorted(found.items()))


def _verdict(name: str, difference: Value) -> Verdict:
    if difference.low is None or difference.high is None:
        return "undecided"
    if difference.low <= 0 <= difference.high:
        return "undecided"
    return "better" if (difference.low > 0) != (name in LESS_IS_BETTER) else "worse"
