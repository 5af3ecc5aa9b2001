"""How well predicted levels agree with people. A figure that does not exist is None, not 0."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from scipy.stats import spearmanr

from scorer.levels import EVEN, Score
from scorer.levels import expected as level_of
from scorer.levels import involved as involvement_of
from scorer.rubric import Dimension
from scorer.snapshot import Votes

FEWEST: Final = 3
"""With two points a rank correlation is always 1 or -1 and says nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A predicted level and people's mean level, for one caption and dimension."""

    predicted: float
    human: float


def human_level(counts: Sequence[int]) -> float | None:
    """People's mean level, or None where most of them say that the dimension is not involved."""
    total = sum(counts)
    shares = [count / total for count in counts] if total else [1.0]
    return level_of(shares) if total and involvement_of(shares) >= EVEN else None


def pairs(scored: Iterable[tuple[Score, Votes]]) -> dict[Dimension, list[Pair]]:
    """What can be compared: the dimensions that people found involved."""
    found: dict[Dimension, list[Pair]] = {dimension: [] for dimension in Dimension}
    for score, votes in scored:
        for dimension, counts in votes.items():
            human = human_level(counts)
            if human is not None:
                found[dimension].append(Pair(score.expected[dimension], human))
    return found


def agreement(found: Mapping[Dimension, Sequence[Pair]]) -> dict[str, Any]:
    """SRCC and MAE of each dimension, and their means over the dimensions that have them."""
    per_dimension = {
        dimension: {
            "srcc": srcc([p.predicted for p in of_one], [p.human for p in of_one]),
            "mae": mae(of_one),
            "n": len(of_one),
        }
        for dimension, of_one in found.items()
    }
    return {
        "per_dimension": per_dimension,
        "srcc": mean_of(figures["srcc"] for figures in per_dimension.values()),
        "mae": mean_of(figures["mae"] for figures in per_dimension.values()),
    }


def srcc(predicted: Sequence[float], human: Sequence[float]) -> float | None:
    """Spearman's rank correlation; None for too few points or where one side never changes."""
    if len(predicted) < FEWEST or len(set(predicted)) == 1 or len(set(human)) == 1:
        return None
    value = float(spearmanr(predicted, human).statistic)
    return value if math.isfinite(value) else None


def mae(of_one: Sequence[Pair]) -> float | None:
    return fmean(abs(pair.predicted - pair.human) for pair in of_one) if of_one else None


def mean_of(values: Iterable[float | None]) -> float | None:
    """The mean of those that exist."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
