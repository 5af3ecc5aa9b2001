"""How often two annotators of an item agree, exactly or within one level. Chance is not taken out.

Every item that two or more rated counts the same, however many they are: its share is that of its
pairs of ratings.

Shape suffixes: I items, K answers, D draws, G = 1 group.
"""

import numpy as np

from scorer.agreement.estimate import Statistic, by_video
from scorer.tables import Floats, Table


def exact(table: Table) -> Statistic:
    """The share of pairs that gave the same answer."""
    return _within(table, 0)


def within_one(table: Table) -> Statistic:
    """The share of pairs whose answers differ by one at the most."""
    return _within(table, 1)


def _within(table: Table, reach: int) -> Statistic:
    answers = np.arange(table.answers)
    near_KK = np.abs(answers[:, None] - answers) <= reach
    share_I = agreeing(table, near_KK.astype(np.float64))
    figures_IF = np.stack([share_I, (table.raters_I > 1).astype(np.float64)], axis=1)
    return Statistic((by_video(figures_IF, table),), _mean)


def agreeing(table: Table, weight_KK: Floats) -> Floats:
    """The mean weight of each item's pairs of ratings, 0 where there is no pair."""
    counts_IK, raters_I = table.counts_IK, table.raters_I
    agreed_I = (counts_IK * (counts_IK @ weight_KK - np.diag(weight_KK))).sum(axis=1)
    share_I: Floats = agreed_I / np.maximum(raters_I * (raters_I - 1), 1)
    return share_I


def _mean(sums_DGF: Floats) -> Floats:
    share_D: Floats = sums_DGF[:, 0, 0] / sums_DGF[:, 0, 1]
    return share_D
