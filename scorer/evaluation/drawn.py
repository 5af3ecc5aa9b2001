"""Figures over bootstrap draws of whole videos, the same draws for all that is held side by side.

A draw costs sorting the captions of each dimension: a thousand captions and 300 draws take some ten
seconds.

Shape suffixes: N captions, V videos, D draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorer.agreement.estimate import ALIKE, MOST_LOST, Weights, draws, interval
from scorer.evaluation.columns import Column
from scorer.evaluation.figures import OF_ROWS, Figure, of_videos
from scorer.tables import Floats


@dataclass(frozen=True, slots=True)
class Value:
    """A figure with its 95 % interval; `reason` says why either is missing."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


Values = dict[str, Value]


Draws = dict[str, Floats]
"""Of each figure its value, and then its values in all draws: (1 + D,)."""


class Drawn:
    """The draws of videos that all figures share."""

    def __init__(self, videos: int, resamples: int, seed: int) -> None:
        self._videos = videos
        blocks = list(draws(videos, resamples, seed)) if videos else []
        self._weights_VD: Weights = np.concatenate([np.ones((videos, 1)), *blocks], axis=1)

    def of_column(self, of: Column, only: Sequence[str] | set[str] = tuple(OF_ROWS)) -> Draws:
        rows = {name: self._of_rows(of, OF_ROWS[name]) for name in OF_ROWS if name in only}
        both = of.compared
        return rows | self.of_videos(both.level_N, both.human_N, both.video_N)

    def _of_rows(self, of: Column, figure: Figure) -> Floats:
        every_N = np.arange(len(of))
        taken = (np.repeat(every_N, w_N) for w_N in self._weights_VD.T[:, of.video_N].astype(int))
        return np.array([figure(of.where(rows)) for rows in taken])

    def of_videos(self, level_N: Floats, human_N: Floats, video_N: Any) -> Draws:
        return self.shares(of_videos(level_N, human_N, video_N, self._videos))

    def shares(self, sums: Mapping[str, Floats]) -> Draws:
        """Of figures that are sums over videos: numerators and denominators (V, 2) of each."""
        with np.errstate(invalid="ignore", divide="ignore"):
            totals = {name: self._weights_VD.T @ sums[name] for name in sums}
            return {name: table[:, 0] / table[:, 1] for name, table in totals.items()}

    def values(self, of: Draws) -> Values:
        return {name: self.value(series) for name, series in of.items()}

    def value(self, series: Floats) -> Value:
        value, known = float(series[0]), series[1:][np.isfinite(series[1:])]
        if not np.isfinite(value):
            return Value(None, reason="undefined")
        if self._videos == 1:
            return Value(value, reason="one-video")
        if len(series) - 1 - len(known) > MOST_LOST * (len(series) - 1) or not len(known):
            return Value(value, reason="too-sparse")
        if np.ptp(known) < ALIKE:
            return Value(value, reason="all-alike")
        low, high = interval(value, known)
        return Value(value, low, high)


def average(of_dimensions: Sequence[Draws]) -> Draws:
    """Of each figure, draw by draw, over the dimensions in which it is defined at all."""
    found: Draws = {}
    for name in of_dimensions[0]:
        defined = [of[name] for of in of_dimensions if np.isfinite(of[name][0])]
        some = defined or [of_dimensions[0][name]]
        found[name] = np.mean(some, axis=0)
    return found
