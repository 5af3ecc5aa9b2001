"""What more ratings are worth: a scorer's learning curve, and how it is likely to go on.

The error of a model falls with the number of its examples like a power of it (Hestness et al. 2017;
Viering and Loog 2023). The power is taken to be one half, as for whatever is averaged, so that the
curve SRCC(n) = a - b / sqrt(n) is a straight line in 1 / sqrt(n): least squares find it, Student's
t gives the interval of b, and with it that of every gain, which is a multiple of b.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any, Final

import numpy as np

from annotation_site.common.student import t95

FEWEST: Final = 3
"""Points: two make a line of any two mistakes."""


class Unknown(StrEnum):
    """Why nothing can be foretold."""

    NO_SCORER = "no-scorer"
    """None has learnt yet."""
    NO_CURVE = "no-curve"
    """The scorer was tested after too few sizes of training set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    ratings: float
    srcc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """In SRCC, with a 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """SRCC(n) = level - slope / sqrt(n). A slope below zero: ratings seem to do harm."""

    level: float
    slope: float
    error: float
    """Of the slope: the half width of its interval."""

    def gain(self, ratings: float, more: float) -> Gain:
        """Of so many ratings more than there are."""
        nearer = 1 / sqrt(ratings) - 1 / sqrt(ratings + more)
        return Gain(
            value=self.slope * nearer,
            low=(self.slope - self.error) * nearer,
            high=(self.slope + self.error) * nearer,
        )


def points(learnt: Sequence[dict[str, Any]], per_rating: int) -> list[Point]:
    """Of a scorer's curve (`crest.evaluation/1`'s `curve`). A rating is so many judgments."""
    return [
        Point(ratings=step["judgments"] / per_rating, srcc=step["srcc"])
        for step in learnt
        if step["srcc"] is not None and step["judgments"] > 0
    ]


def fit(found: Sequence[Point]) -> Curve | None:
    """None for too few sizes."""
    if len({point.ratings for point in found}) < FEWEST:
        return None
    x = np.array([1 / sqrt(point.ratings) for point in found])
    y = np.array([point.srcc for point in found])
    rise, level = np.polyfit(x, y, 1)
    freedom = len(found) - 2
    residual = float(np.square(y - level - rise * x).sum()) / freedom
    error = t95(freedom) * sqrt(residual / float(np.square(x - x.mean()).sum()))
    return Curve(level=float(level), slope=-float(rise), error=error)
