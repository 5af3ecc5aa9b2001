"""Cohen's kappa with quadratic weights, the mean over pairs of annotators.

Cohen, "Weighted kappa", Psychological Bulletin 70 (1968); the mean over pairs is Light's (1971),
here weighted by the items that a pair shares, so that with gaps few items do not speak as loud as
many. It is one minus the squared differences observed, divided by those expected if each of the two
had dealt out their own answers at random. With two answers the weights change nothing.

Shape suffixes: N ratings, P pairs of ratings, D draws, G pairs of annotators.
"""

from collections.abc import Iterator

import numpy as np

from scorer.agreement.estimate import Statistic, by_group
from scorer.ratings import Ints
from scorer.tables import Floats, Table


def quadratic(table: Table) -> Statistic:
    """A pair that gave one and the same answer throughout has no kappa and is left out."""
    order_N = np.lexsort((table.annotator_N, table.item_N))
    found = list(_pairs(table.item_N[order_N]))
    one_P, other_P = (order_N[np.concatenate(side)] for side in zip(*found, strict=True))
    x_P, y_P = (table.answer_N[side].astype(np.float64) for side in (one_P, other_P))
    figures_PF = np.stack([np.ones(len(x_P)), x_P, y_P, x_P**2 + y_P**2, (x_P - y_P) ** 2], axis=1)
    couple_P = table.annotator_N[one_P] * table.annotators + table.annotator_N[other_P]
    group_P = np.unique(couple_P, return_inverse=True)[1]
    video_P = table.video_I[table.item_N[one_P]]
    return Statistic((by_group(figures_PF, group_P, video_P, table.videos),), _mean)


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
    expected_DG = n_DG * squares_DG - 2 * x_DG * y_DG
    told_DG = expected_DG > 0
    kappa_DG = 1 - n_DG * apart_DG / np.where(told_DG, expected_DG, 1)
    mean_D: Floats = (kappa_DG * n_DG * told_DG).sum(axis=1) / (n_DG * told_DG).sum(axis=1)
    return mean_D
