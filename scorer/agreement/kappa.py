"""Cohen's kappa with quadratic weights, the mean over pairs of annotators.

Cohen, "Weighted kappa", Psychological Bulletin 70 (1968): one minus the squared differences that a
pair has, divided by those to expect if each of the two had dealt out their own answers at random.
With two answers the weights change nothing. The mean over pairs is Light's (1971), with two changes
for designs in which a pair shares little: a pair weighs by the items that it shares, and expected
are the differences between ratings of *different* items. As it stands Cohen's kappa of a few items
is too low on average, and the mean of many such pairs would be sure of a wrong value. Where pairs
share hundreds of items the second change is in the third digit.

Shape suffixes: N ratings, P pairs of ratings, D draws, G pairs of annotators.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from scorer.agreement.estimate import Reason, Statistic, by_group
from scorer.ratings import Ints
from scorer.tables import Floats, Table

FEWEST: Final = 20
"""Items that a pair must share."""


def quadratic(table: Table) -> Statistic:
    """A pair that shares very little, or gave one and the same answer throughout, is left out."""
    order_N = np.lexsort((table.annotator_N, table.item_N))
    found = list(_pairs(table.item_N[order_N]))
    one_P, other_P = (order_N[np.concatenate(side)] for side in zip(*found, strict=True))
    x_P, y_P = (table.answer_N[side].astype(np.float64) for side in (one_P, other_P))
    figures_PF = np.stack([np.ones(len(x_P)), x_P, y_P, x_P**2 + y_P**2, (x_P - y_P) ** 2], axis=1)
    couple_P = table.annotator_N[one_P] * table.annotators + table.annotator_N[other_P]
    _, group_P, shared_G = np.unique(couple_P, return_inverse=True, return_counts=True)
    video_P = table.video_I[table.item_N[one_P]]
    often_P = shared_G[group_P] >= FEWEST
    if not often_P.any():
        return Statistic((), lambda: np.full(1, np.nan), Reason.FEW_SHARED)
    rows = by_group(figures_PF[often_P], group_P[often_P], video_P[often_P], table.videos)
    return Statistic((rows,), _mean)


def _pairs(item_N: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The places of any two ratings of one item; the items are sorted."""
    one = np.arange(len(item_N))
    for apart in range(1, len(item_N)):
        one = one[one + apart < len(item_N)]
        one = one[item_N[one] == item_N[one + apart]]
        if not len(one):
            return
        yield one, one + apart


def _mean(sums_DGF: Floats) -> Floats:
    n_DG, x_DG, y_DG, squares_DG, apart_DG = np.moveaxis(sums_DGF, -1, 0)
    expected_DG = (n_DG * squares_DG - 2 * x_DG * y_DG - apart_DG) / np.maximum(n_DG - 1, 1)
    weight_DG = n_DG * (expected_DG > 0)
    kappa_DG = 1 - apart_DG / np.where(expected_DG > 0, expected_DG, 1)
    mean_D: Floats = (kappa_DG * weight_DG).sum(axis=1) / weight_DG.sum(axis=1)
    return mean_D
