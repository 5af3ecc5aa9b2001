"""Krippendorff's alpha, nominal or ordinal, for any number of annotators and any gaps.

Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): the coincidences of an item with
m ratings are its ordered pairs of ratings, each weighing 1 / (m - 1). Alpha is 1 - D_o / D_e, of
the disagreement observed in pairs and that expected if all these ratings were paired at random.

Shape suffixes: I items, K answers, D draws, G = 1 group.
"""

import numpy as np

from scorer.agreement.estimate import Statistic, by_video
from scorer.tables import Floats, Table


def nominal(table: Table) -> Statistic:
    """Alpha of answers without order. Undefined where all are the same."""
    return Statistic((by_video(_coincidences(table), table),), _nominal)


def ordinal(table: Table) -> Statistic:
    """Alpha of answers with an order. Two differ by how many ratings lie between them."""
    return Statistic((by_video(_coincidences(table), table),), _ordinal)


def _coincidences(table: Table) -> Floats:
    """Each item's ordered pairs of answers (I, K * K), weighing 1 / (m - 1)."""
    counts_IK, raters_I = table.counts_IK, table.raters_I
    pairs_IKK = counts_IK[:, :, None] * counts_IK[:, None, :]
    answers = np.arange(table.answers)
    pairs_IKK[:, answers, answers] -= counts_IK
    pairs_IKK[raters_I < 2] = 0  # noqa: PLR2004 - one rating makes no pair
    pairs_IKK /= np.maximum(raters_I - 1, 1)[:, None, None]
    return pairs_IKK.reshape(table.items, -1)


def _nominal(sums_DGF: Floats) -> Floats:
    pairs_DKK = _square(sums_DGF)
    return _alpha(pairs_DKK, 1 - np.eye(pairs_DKK.shape[-1]))


def _ordinal(sums_DGF: Floats) -> Floats:
    """Krippendorff's ordinal distance: the ratings from c to k, half of c's and of k's own."""
    pairs_DKK = _square(sums_DGF)
    middle_DK = np.cumsum(pairs_DKK.sum(axis=-1), axis=-1) - pairs_DKK.sum(axis=-1) / 2
    return _alpha(pairs_DKK, (middle_DK[:, :, None] - middle_DK[:, None, :]) ** 2)


def _square(sums_DGF: Floats) -> Floats:
    answers = round(sums_DGF.shape[-1] ** 0.5)
    return sums_DGF.reshape(-1, answers, answers)


def _alpha(pairs_DKK: Floats, distance: Floats) -> Floats:
    total_DK = pairs_DKK.sum(axis=-1)
    observed_D = (pairs_DKK * distance).sum(axis=(-2, -1))
    expected_D = (total_DK[:, :, None] * total_DK[:, None, :] * distance).sum(axis=(-2, -1))
    alpha_D: Floats = 1 - (total_DK.sum(axis=-1) - 1) * observed_D / expected_D
    return alpha_D
