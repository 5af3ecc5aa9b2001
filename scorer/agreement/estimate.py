"""Statistics with intervals from a bootstrap over videos, or the reason why there are none.

Ratings of one video's captions are not independent, so whole videos are drawn. Every statistic here
is a function of sums over videos: a draw weighs the sums of each video and never sees a rating
again, which is why a million ratings take seconds.

Shape suffixes: R rows to be summed, F figures in a row, G groups, V videos, D draws.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ints
from scorer.tables import Floats, Table

BLOCK: Final = 100
"""Draws at a time: the weights of 10,000 videos then take 4 MB."""
MOST_LOST: Final = 0.1
"""The share of draws that may have no value before an interval says too little."""
ALIKE: Final = 1e-5
"""Draws that differ by no more are the same but for rounding."""

Weights = NDArray[np.floating[Any]]


class Reason(StrEnum):
    """Why there is no value, or (from `one-video` on) no interval."""

    NO_RATINGS = "no-ratings"
    ONE_ANNOTATOR = "one-annotator"
    NO_OVERLAP = "no-overlap"
    ONE_ITEM = "one-item"
    FEW_SHARED = "few-shared"
    NO_VARIATION = "no-variation"
    ONE_VIDEO = "one-video"
    ALL_ALIKE = "all-alike"
    TOO_SPARSE = "too-sparse"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS: Final[Mapping[Reason, str]] = {
    Reason.NO_RATINGS: "Nobody has given a rating yet.",
    Reason.ONE_ANNOTATOR: "Only one annotator has rated.",
    Reason.NO_OVERLAP: "No caption was rated by two annotators.",
    Reason.ONE_ITEM: "Only one caption has been rated.",
    Reason.FEW_SHARED: "No two annotators have rated twenty captions both.",
    Reason.NO_VARIATION: "All ratings are the same: agreement beyond chance is undefined.",
    Reason.ONE_VIDEO: "All ratings are of one video: there is no interval.",
    Reason.ALL_ALIKE: "All videos say the same: their spread, and so the interval, is unknown.",
    Reason.TOO_SPARSE: "Too few videos have what the statistic needs: there is no interval.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A statistic with its 95 % interval. Whatever is None has its reason."""

    value: float | None
    low: float | None
    high: float | None
    reason: Reason | None
    units: int
    """The items that two annotators or more rated."""
    videos: int
    """The videos that were drawn from: all that have a rating."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Figures to be added up over videos, by group where there are several.

    `starts_G` says where each group's rows begin; the first begins at 0 and none is empty.
    """

    figures_RF: Floats
    video_R: Ints
    starts_G: Ints

    def total(self, weights_VD: Weights) -> Floats:
        """The sums (D, G, F) with each video weighing so much."""
        ends_G = np.append(self.starts_G[1:], len(self.video_R))
        sums_DGF = np.empty((weights_VD.shape[1], len(self.starts_G), self.figures_RF.shape[1]))
        for group, (start, end) in enumerate(zip(self.starts_G, ends_G, strict=True)):
            weights_RD = weights_VD[self.video_R[start:end]]
            figures_RF = self.figures_RF[start:end].astype(weights_RD.dtype, copy=False)
            sums_DGF[:, group] = weights_RD.T @ figures_RF
        return sums_DGF


def by_video(figures_IF: Floats, table: Table) -> Rows:
    """One group: each video's sums of its items' figures."""
    sums_FV = [
        np.bincount(table.video_I, weights=figure, minlength=table.videos)
        for figure in figures_IF.T
    ]
    return Rows(np.stack(sums_FV, axis=1), np.arange(table.videos), np.zeros(1, np.int64))


def by_group(figures_RF: Floats, group_R: Ints, video_R: Ints, videos: int) -> Rows:
    """Each group's and video's sums. Groups are numbered from 0; those without a row go."""
    cells, cell_R = np.unique(group_R * videos + video_R, return_inverse=True)
    sums_FC = [np.bincount(cell_R, weights=figure) for figure in figures_RF.T]
    _, starts_G = np.unique(cells // videos, return_index=True)
    return Rows(np.stack(sums_FC, axis=1), cells % videos, starts_G.astype(np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Statistic:
    """Something to be estimated: what it sums, and its value, NaN where it is undefined."""

    rows: tuple[Rows, ...]
    value: Callable[..., Floats]
    """Takes the sums (D, G, F) of each of `rows`, gives (D,)."""
    undefined: Reason = Reason.NO_VARIATION
    """What a NaN means."""


def missing(table: Table) -> Reason | None:
    """Why no statistic of agreement has a value, if so."""
    if not len(table.item_N):
        return Reason.NO_RATINGS
    if table.annotators == 1:
        return Reason.ONE_ANNOTATOR
    return None if table.shared else Reason.NO_OVERLAP


def estimates(
    statistics: Mapping[str, Callable[[Table], Statistic]],
    table: Table,
    *,
    resamples: int,
    seed: int,
) -> dict[str, Estimate]:
    """Estimate each, all from the same draws. The same seed gives the same intervals."""
    nothing = Estimate(
        value=None, low=None, high=None, reason=missing(table), units=table.shared,
        videos=table.videos,
    )  # fmt: skip
    if nothing.reason:
        return dict.fromkeys(statistics, nothing)
    built = {name: build(table) for name, build in statistics.items()}
    whole = _values(built, np.ones((table.videos, 1)))
    blocks = [_values(built, weights) for weights in draws(table.videos, resamples, seed)]
    return {
        name: _estimate(
            replace(nothing, reason=statistic.undefined),
            float(whole[name][0]),
            np.concatenate([block[name] for block in blocks]),
        )
        for name, statistic in built.items()
    }


def _values(statistics: Mapping[str, Statistic], weights_VD: Weights) -> dict[str, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            name: statistic.value(*(rows.total(weights_VD) for rows in statistic.rows))
            for name, statistic in statistics.items()
        }


def draws(videos: int, resamples: int, seed: int) -> Iterator[Weights]:
    """How often each video is drawn, (V, D) in blocks of draws. Intervals need no more digits."""
    dice = np.random.default_rng(seed)
    for start in range(0, resamples, BLOCK):
        block = min(BLOCK, resamples - start)
        drawn = dice.integers(videos, size=(videos, block)) * block + np.arange(block)
        counts = np.bincount(drawn.ravel(), minlength=videos * block)
        yield counts.reshape(videos, block).astype(np.float32)


def _estimate(undefined: Estimate, value: float, value_D: Floats) -> Estimate:
    if not np.isfinite(value):
        return undefined
    known = value_D[np.isfinite(value_D)]
    reason = _no_interval(undefined.videos, known, lost=len(value_D) - len(known))
    if reason:
        return replace(undefined, value=value, reason=reason)
    low, high = interval(value, known)
    return replace(undefined, value=value, low=low, high=high, reason=None)


def interval(value: float, known: Floats) -> tuple[float, float]:
    """The middle 95 % of the draws, moved so that their median is the value.

    A draw holds some videos twice, whose ratings agree with themselves: statistics of small groups,
    such as a pair of annotators, come out different in all draws, and the value would lie outside.
    """
    low, middle, high = np.quantile(known, (0.025, 0.5, 0.975))
    shift, least, most = value - middle, min(value, known.min()), max(value, known.max())
    return float(max(low + shift, least)), float(min(high + shift, most))


def _no_interval(videos: int, known: Floats, *, lost: int) -> Reason | None:
    if videos == 1:
        return Reason.ONE_VIDEO
    if lost > MOST_LOST * (lost + len(known)) or not len(known):
        return Reason.TOO_SPARSE
    return Reason.ALL_ALIKE if np.ptp(known) < ALIKE else None
