"""Where annotators are farthest apart, widest first.

The width of a dispute over the level is the distance of the highest from the lowest level, among
those who found the dimension involved; one level apart is none. A dispute over whether it is
involved at all is as wide as the sides are even: 5 where half say so and half do not, 3.3 for one
against two. Of an item with both, the wider counts.

Shape suffixes: I items, N ratings.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ints, Ratings
from scorer.rubric import NOT_INVOLVED

NEAR: Final = 1
WIDEST: Final = 5.0
NOBODY: Final = 99


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Disputes:
    """Parallel columns, the widest last."""

    item: Ints
    over_involved: NDArray[np.bool_]
    width: NDArray[np.float64]


def disputes(ratings: Ratings, *, most: int) -> Disputes:
    """The `most` widest disputes over one dimension. It takes as long as sorting the ratings."""
    item_I, place_N = np.unique(ratings.item, return_inverse=True)
    involved_N = ratings.level != NOT_INVOLVED
    ratings_I = np.bincount(place_N, minlength=len(item_I))
    share_I = np.bincount(place_N, weights=involved_N, minlength=len(item_I)) / ratings_I
    split_I = WIDEST * 2 * np.minimum(share_I, 1 - share_I)
    spread_I = _spread(place_N[involved_N], ratings.level[involved_N], items=len(item_I))
    width_I = np.maximum(split_I, np.where(spread_I > NEAR, spread_I, 0))
    order = np.argsort(width_I, kind="stable")
    kept = order[width_I[order] > 0][-most:]
    return Disputes(
        item=item_I[kept],
        over_involved=(split_I >= spread_I)[kept] & (split_I > 0)[kept],
        width=width_I[kept],
    )


def _spread(place_N: Ints, level_N: Ints, *, items: int) -> Ints:
    """The distance of the highest from the lowest level; 0 where nobody gave one."""
    lowest, highest = np.full(items, NOBODY), np.zeros(items, dtype=np.int64)
    np.minimum.at(lowest, place_N, level_N)
    np.maximum.at(highest, place_N, level_N)
    spread_I: Ints = np.maximum(highest - lowest, 0)
    return spread_I
