"""When a project will be done, from how much was rated on each of the last days.

The days to come are taken to be like those of the last two weeks: as much in the mean, and as
uneven. Both that mean and the days to come are uncertain, and the interval holds both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

import numpy as np

from annotation_site.common.student import t95

WINDOW: Final = 14
"""Days that are looked back on: two weeks, so that each day of the week counts alike."""
FEWEST: Final = 3
FARTHEST: Final = 3650
"""Days ahead after which no date is given."""


class Unknown(StrEnum):
    """Why there is no estimate."""

    EMPTY = "empty"
    """Nothing is there to be rated."""
    DONE = "done"
    """Everything has been rated as often as wanted."""
    NEW = "new"
    """There are fewer than three whole days to go by."""
    STALLED = "stalled"
    """Nobody has rated in the last two weeks."""
    FAR = "far"
    """At this pace it takes more than ten years."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Days from now until everything is rated, with a 95 % interval; None: unknown, or too far."""

    window: int = 0
    per_day: float | None = None
    days: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Unknown | None = None


def forecast(counts: Sequence[int], *, items: int, remaining: int) -> Forecast:
    """Estimate the end. `counts`: ratings of each 24 hours until now, the oldest first.

    The oldest day is left out: the project began somewhere within it.
    """
    if items == 0:
        return Forecast(reason=Unknown.EMPTY)
    if remaining == 0:
        return Forecast(reason=Unknown.DONE)
    past = np.array(counts[1:][-WINDOW:], dtype=float)
    if len(past) < FEWEST:
        return Forecast(reason=Unknown.NEW)
    if not past.any():
        return Forecast(window=len(past), per_day=0.0, reason=Unknown.STALLED)
    rate = float(past.mean())
    days = remaining / rate
    if days > FARTHEST:
        return Forecast(window=len(past), per_day=rate, reason=Unknown.FAR)
    low, high = _interval(past, remaining)
    return Forecast(window=len(past), per_day=rate, days=days, low=low, high=high)


def _interval(
    past: np.ndarray[tuple[int], np.dtype[np.float64]], remaining: int
) -> tuple[float, float | None]:
    """The days T for which `remaining` is no surprise.

    What T days bring differs from T times the past mean by a variance of v (T + T^2 / n): of the
    days to come, and of the mean of n past days. The bounds are the roots of
    (remaining - rate T)^2 = t^2 v (T + T^2 / n); if the rate may be zero, there is no upper one.
    """
    n, rate = len(past), float(past.mean())
    spread = t95(n - 1) ** 2 * float(past.var(ddof=1))
    a = rate**2 - spread / n
    b = 2 * remaining * rate + spread
    root = sqrt(max(b**2 - 4 * a * remaining**2, 0.0))
    # This form of the smaller root also holds where `a` is zero or below.
    low = 2 * remaining**2 / (b + root)
    high = (b + root) / (2 * a) if a > 0 else None
    return low, high if high is not None and high <= FARTHEST else None
