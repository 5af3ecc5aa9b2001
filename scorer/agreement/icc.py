"""Intraclass correlation ICC(2,1) and ICC(2,k): how reliable a level, and a mean level, is.

Shrout and Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
Bulletin 86 (1979): items and annotators are both drawn at random, absolute agreement counts. Their
mean squares need everybody to have rated everything. So the variances come from squared differences
of pairs of ratings instead (Koch, "A general approach to the estimation of variance components",
Technometrics 9, 1967), which ask for no balance. For variances i of items, a of annotators and e of
the rest, half the expected squared difference is a + e of two ratings of one item, and i + a + e of
two ratings that share neither item nor annotator; i / (i + a + e) is ICC(2,1).

Where everybody rated everything this is exactly Shrout and Fleiss's estimate; elsewhere it is
unbiased for the variances as long as who rates what has nothing to do with the levels.

Shape suffixes: N ratings, I items, A annotators, D draws.
"""

from collections.abc import Callable

import numpy as np

from scorer.agreement.estimate import Reason, Rows, Statistic, by_group, by_video
from scorer.tables import Floats, Table


def single(table: Table) -> Statistic:
    """ICC(2,1), the reliability of one annotator's level."""
    return _statistic(table, lambda item, noise, _: item / (item + noise))


def mean(table: Table) -> Statistic:
    """ICC(2,k), the reliability of an item's mean level, k being `raters_per_item`."""
    return _statistic(table, lambda item, noise, raters: item / (item + noise / raters))


def raters_per_item(table: Table) -> float | None:
    """The harmonic mean over items of how many rated them, what a mean's noise depends on."""
    return float(table.items / (1 / table.raters_I).sum()) if table.items else None


def _statistic(table: Table, icc: Callable[[Floats, Floats, Floats], Floats]) -> Statistic:
    def value(item_DGF: Floats, annotator_DAF: Floats) -> Floats:
        return icc(*_components(item_DGF[:, 0], annotator_DAF))

    reason = Reason.ONE_ITEM if table.items == 1 else Reason.NO_VARIATION
    return Statistic((_of_items(table), _of_annotators(table)), value, reason)


def _of_items(table: Table) -> Rows:
    """Of each item: its n ratings, their sum and squares, n^2, 1, 1 / n, and two of its pairs."""
    n_I, centred_K = table.raters_I, np.arange(table.answers) - (table.answers - 1) / 2
    sum_I, squares_I = table.counts_IK @ centred_K, table.counts_IK @ centred_K**2
    pairs_I = n_I * squares_I - sum_I**2
    columns = [n_I, sum_I, squares_I, n_I**2, np.ones(table.items), 1 / n_I, pairs_I, pairs_I / n_I]
    return by_video(np.stack(columns, axis=1), table)


def _of_annotators(table: Table) -> Rows:
    """Of each annotator: ratings, their sum and squares."""
    centred_N = table.answer_N - (table.answers - 1) / 2
    figures_NF = np.stack([np.ones(len(centred_N)), centred_N, centred_N**2], axis=1)
    return by_group(figures_NF, table.annotator_N, table.video_I[table.item_N], table.videos)


def _components(item_DF: Floats, annotator_DAF: Floats) -> tuple[Floats, Floats, Floats]:
    """The variance of items, that of annotators and the rest together, and ratings an item.

    Over all pairs of n ratings with the sum s and the sum of squares q, the squared differences add
    up to n q - s^2. Within items they are pooled as variances are, by degrees of freedom; the pairs
    that share neither item nor annotator are all the pairs less those that share one.
    """
    n_D, sum_D, squares_D, n_squared_D, items_D, inverse_D, pairs_D, within_D = item_DF.T
    n_DA, sum_DA, squares_DA = np.moveaxis(annotator_DAF, -1, 0)
    noise_D = within_D / (n_D - items_D)
    shared_D = pairs_D + (n_DA * squares_DA - sum_DA**2).sum(axis=1)
    ways_D = n_D**2 + n_D - n_squared_D - (n_DA**2).sum(axis=1)
    all_D = (n_D * squares_D - sum_D**2 - shared_D) / ways_D
    return all_D - noise_D, noise_D, items_D / inverse_D
