"""From six probabilities to a level. 0 says that a dimension is not involved and is never averaged.

A level is the expectation over 1 to 5, given that the dimension is involved; whether it is involved
is a question of its own. `mean_paper` keeps the published formula, zeros and all, for comparison.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, Final

from scorer.rubric import INVOLVED_LEVELS, NOT_INVOLVED, Dimension

EVEN: Final = 0.5
Probabilities = Sequence[float]
"""Of the levels 0 to 5, in this order."""


def involved(probabilities: Probabilities) -> float:
    """The probability that the dimension applies."""
    return 1.0 - probabilities[NOT_INVOLVED]


def expected(probabilities: Probabilities) -> float:
    """The level, given that the dimension applies. The middle of the scale if it never does."""
    weight = sum(probabilities[level] for level in INVOLVED_LEVELS)
    if weight <= 0.0:
        return fmean(INVOLVED_LEVELS)
    mean = sum(level * probabilities[level] for level in INVOLVED_LEVELS) / weight
    # Rounding may carry a sum of floats past the ends of the scale.
    return min(max(mean, float(INVOLVED_LEVELS[0])), float(INVOLVED_LEVELS[-1]))


def most_likely(probabilities: Probabilities) -> int:
    """The paper's level: the largest of the six; the lower of two equals."""
    return max(range(len(probabilities)), key=lambda level: (probabilities[level], -level))


@dataclass(frozen=True, slots=True)
class Score:
    """What the scorer says of one caption."""

    probabilities: Mapping[Dimension, tuple[float, ...]]
    half_widths: Mapping[Dimension, float] = field(default_factory=dict)
    """Of the intervals, where the scorer had enough ratings to know them."""

    @property
    def expected(self) -> dict[Dimension, float]:
        return {dimension: expected(p) for dimension, p in self.probabilities.items()}

    @property
    def involved(self) -> dict[Dimension, float]:
        return {dimension: involved(p) for dimension, p in self.probabilities.items()}

    @property
    def levels(self) -> dict[Dimension, float | None]:
        """The level of each involved dimension, None for the others.

        At least one dimension counts as involved: no caption is about nothing.
        """
        by_dimension = self.involved
        most = max(by_dimension.values())
        return {
            dimension: level if by_dimension[dimension] >= min(EVEN, most) else None
            for dimension, level in self.expected.items()
        }

    @property
    def intervals(self) -> dict[Dimension, tuple[float, float]]:
        """Where people's level lies nine times in ten, given that the dimension is involved."""
        low, high = float(INVOLVED_LEVELS[0]), float(INVOLVED_LEVELS[-1])
        expected = self.expected
        return {
            dimension: (max(expected[dimension] - half, low), min(expected[dimension] + half, high))
            for dimension, half in self.half_widths.items()
        }

    @property
    def mean_involved(self) -> float:
        return fmean(level for level in self.levels.values() if level is not None)

    @property
    def mean_paper(self) -> float:
        return fmean(most_likely(p) for p in self.probabilities.values())

    def as_json(self) -> dict[str, Any]:
        return {
            "probabilities": {d: list(p) for d, p in self.probabilities.items()},
            "expected": self.expected,
            "involved": self.involved,
            "intervals": self.intervals,
            "mean_involved": self.mean_involved,
            "mean_paper": self.mean_paper,
        }
