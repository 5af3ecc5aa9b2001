"""The threshold that people's own ratings vouch for.

Captions of the test side taught the scorer nothing. Those that people rated there are sorted by the
scorer, and the threshold is the lowest above which at least the wished share is good. What it
promises is told with Wilson's interval over captions; captions of one video are alike, so the
interval is a little too narrow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Final, NamedTuple

from scipy.stats import binomtest

from scorer.metrics import human_level
from scorer.snapshot import Votes

FEWEST: Final = 20
"""Rated captions above a threshold; of fewer a share says nothing."""


class TooFewRatings(Exception):
    """Too few captions of test videos were rated for a precision to be known."""


class OutOfReach(Exception):
    """No threshold has the wished precision."""


class Rated(NamedTuple):
    """A caption that taught nothing: the scorer's mean, and people's."""

    score: float
    human: float


@dataclass(frozen=True, slots=True)
class Trusted:
    """A threshold, and the share of good captions above it with the interval of 95 %."""

    threshold: float
    precision: float
    low: float
    high: float
    captions: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def human_mean(votes: Votes) -> float | None:
    """People's mean over the dimensions that most of them find involved."""
    levels = [human_level(counts) for counts in votes.values()]
    known = [level for level in levels if level is not None]
    return fmean(known) if known else None


def trusted(rated: Iterable[Rated], *, good: float, wished: float) -> Trusted:
    """The lowest threshold with at least the wished precision. O(n log n).

    Raises `TooFewRatings` and `OutOfReach`.
    """
    best_first = sorted(rated, key=lambda one: -one.score)
    if len(best_first) < FEWEST:
        raise TooFewRatings(
            f"{len(best_first)} captions of test videos were rated, and {FEWEST} are needed: have "
            "more of them rated, or choose the policy with a threshold of your own"
        )
    found = list(_thresholds(best_first, good))
    enough = [one for one in found if one.share >= wished]
    if not enough:
        best = max(found, key=lambda one: one.share)
        raise OutOfReach(
            f"no threshold has a precision of {wished:g}; the best has {best.share:.2f}, "
            f"at {best.threshold:.2f}"
        )
    return enough[-1].with_interval()


class _Above(NamedTuple):
    threshold: float
    hits: int
    captions: int

    @property
    def share(self) -> float:
        return self.hits / self.captions

    def with_interval(self) -> Trusted:
        ends = binomtest(self.hits, self.captions).proportion_ci(method="wilson")
        low, high = float(ends.low), float(ends.high)
        return Trusted(self.threshold, self.share, low, high, self.captions)


def _thresholds(best_first: Sequence[Rated], good: float) -> Iterator[_Above]:
    """Every threshold that has enough captions above it, the highest first."""
    hits = 0
    for count, one in enumerate(best_first, start=1):
        hits += one.human >= good
        last = count == len(best_first) or best_first[count].score < one.score
        if count >= FEWEST and last:
            yield _Above(one.score, hits, count)
