"""Gwet's AC1 and AC2: agreement beyond chance that stays sound where one answer is rare.

Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement",
British Journal of Mathematical and Statistical Psychology 61 (2008); with gaps and weights as in
his Handbook of Inter-Rater Reliability (4th edition, 2014). If nearly every caption has, say,
objects, alpha and kappa fall towards 0 though everybody agrees; AC1 does not. The price is that it
counts as agreement what annotators who answer "involved" blindly have in common.

Shape suffixes: I items, K answers, D draws, G = 1 group.
"""

from functools import partial

import numpy as np

from scorer.agreement.estimate import Statistic, by_video
from scorer.agreement.shares import agreeing
from scorer.tables import Floats, Table


def ac1(table: Table) -> Statistic:
    """Of answers without order. 1 where all are the same."""
    return _weighted(table, np.eye(table.answers))


def ac2(table: Table) -> Statistic:
    """Of answers with an order: a pair counts 1 - (its distance / the widest distance)^2."""
    answers = np.arange(table.answers) / (table.answers - 1)
    return _weighted(table, 1 - (answers[:, None] - answers) ** 2)


def _weighted(table: Table, weight_KK: Floats) -> Statistic:
    """Pairs come from items with two ratings or more, the shares of the answers from all."""
    share_IK = table.counts_IK / table.raters_I[:, None]
    pair_I = (table.raters_I > 1).astype(np.float64)
    one_I = np.ones(table.items)
    columns = np.stack([agreeing(table, weight_KK), pair_I, one_I], axis=1)
    figures_IF = np.concatenate([columns, share_IK], axis=1)
    return Statistic((by_video(figures_IF, table),), partial(_coefficient, weight_KK=weight_KK))


def _coefficient(sums_DGF: Floats, *, weight_KK: Floats) -> Floats:
    agreed_D, pairs_D, items_D = sums_DGF[:, 0, :3].T
    share_DK = sums_DGF[:, 0, 3:] / items_D[:, None]
    answers = len(weight_KK)
    chance_D = (share_DK * (1 - share_DK)).sum(axis=1)
    chance_D *= weight_KK.sum() / (answers * (answers - 1))
    ac_D: Floats = (agreed_D / pairs_D - chance_D) / (1 - chance_D)
    return ac_D
