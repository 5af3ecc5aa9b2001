"""All statistics of one dimension: on whether it is involved, and on the level where it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from scorer.agreement import alpha, gwet, icc, kappa, shares
from scorer.agreement.estimate import Estimate, Statistic, estimates
from scorer.ratings import Ratings
from scorer.tables import Table, applicability, levels

RESAMPLES: Final = 400
"""Draws of the bootstrap: ends of intervals then waver by about a tenth of their width."""

Built = Mapping[str, Callable[[Table], Statistic]]
APPLICABILITY: Final[Built] = {
    "alpha": alpha.nominal,
    "ac1": gwet.ac1,
    "kappa": kappa.quadratic,
    "exact": shares.exact,
}
LEVEL: Final[Built] = {
    "alpha": alpha.ordinal,
    "icc_single": icc.single,
    "icc_mean": icc.mean,
    "ac2": gwet.ac2,
    "kappa": kappa.quadratic,
    "exact": shares.exact,
    "within_one": shares.within_one,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """Agreement on "not involved" or not."""

    ratings: int
    items: int
    annotators: int
    alpha: Estimate
    """Krippendorff's, nominal."""
    ac1: Estimate
    """Gwet's."""
    kappa: Estimate
    """Cohen's, the mean of pairs of annotators."""
    exact: Estimate
    """The share of pairs of ratings that agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Agreement on the levels 1 to 5, among those who found the dimension involved."""

    ratings: int
    items: int
    annotators: int
    raters_per_item: float | None
    """The k of `icc_mean`: a harmonic mean. None without a level."""
    alpha: Estimate
    """Krippendorff's, ordinal."""
    icc_single: Estimate
    """ICC(2,1): how reliable one annotator's level is."""
    icc_mean: Estimate
    """ICC(2,k): how reliable the mean of an item's levels is."""
    ac2: Estimate
    """Gwet's, with quadratic weights."""
    kappa: Estimate
    """Cohen's with quadratic weights, the mean of pairs of annotators."""
    exact: Estimate
    """The share of pairs of ratings with the same level."""
    within_one: Estimate
    """The share of pairs of ratings with the same or a neighbouring level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    applicability: Applicability
    level: Level


def agreement(ratings: Ratings, *, resamples: int = RESAMPLES, seed: int = 0) -> Agreement:
    """How far annotators agree on one dimension. The same arguments give the same figures.

    Of a million ratings by 50 annotators it takes some seconds, most of them for the pairs of
    annotators: `resamples` (at least 1) times as many additions as two ratings share an item.
    """
    involved, level = applicability(ratings), levels(ratings)
    return Agreement(
        applicability=Applicability(
            ratings=len(involved.item_N),
            items=involved.items,
            annotators=involved.annotators,
            **estimates(APPLICABILITY, involved, resamples=resamples, seed=seed),
        ),
        level=Level(
            ratings=len(level.item_N),
            items=level.items,
            annotators=level.annotators,
            raters_per_item=icc.raters_per_item(level),
            **estimates(LEVEL, level, resamples=resamples, seed=seed),
        ),
    )
