"""How far levels moved between two rubrics: means over captions, with bootstrap intervals.

Captions of one video are drawn together, as they are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

DRAWS: Final = 2000
FEWEST_VIDEOS: Final = 5
"""Of fewer, drawing again tells next to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A caption under the old and the new words: its mean level, and who says it is involved."""

    video: int
    levels: tuple[float, float] | None
    """Of those who say that the dimension is involved; None where under one rubric nobody does."""
    involved: tuple[float, float]
    """Shares, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean difference, new less old, and its 95 % interval if enough was rated."""

    captions: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    level: Estimate
    involved: Estimate


def shift_of(pairs: Sequence[Pair]) -> Shift:
    levels = [(pair.video, pair.levels[1] - pair.levels[0]) for pair in pairs if pair.levels]
    involved = [(pair.video, pair.involved[1] - pair.involved[0]) for pair in pairs]
    return Shift(level=_estimate(levels), involved=_estimate(involved))


def _estimate(moved: Sequence[tuple[int, float]]) -> Estimate:
    if not moved:
        return Estimate(captions=0, mean=None, low=None, high=None)
    videos, which = np.unique([video for video, _ in moved], return_inverse=True)
    differences = np.array([difference for _, difference in moved])
    mean, low, high = float(differences.mean()), None, None
    if len(videos) >= FEWEST_VIDEOS:
        sums = np.bincount(which, differences).astype(np.float64)
        low, high = _interval(sums, np.bincount(which), np.random.default_rng(0))
    return Estimate(captions=len(moved), mean=mean, low=low, high=high)


def _interval(
    sums: NDArray[np.float64], counts: NDArray[np.intp], dice: np.random.Generator
) -> tuple[float, float]:
    """Draw as many videos as there are, again and again, and take the mean over their captions."""
    videos = len(sums)
    times = dice.multinomial(videos, np.full(videos, 1 / videos), size=DRAWS)
    means = (times @ sums) / (times @ counts)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
