"""What is true of each item and what each annotator is like, found together by EM.

An item has one of T truths, an annotator P numbers, and a law says how likely an annotator so
numbered is to answer what, given the truth. The E-step weighs the truths of each item; the M-step
is one step of Fisher scoring for all annotators at once (the EM gradient algorithm: Lange, Journal
of the Royal Statistical Society B 57, 1995). Nothing is random: the same ratings give the same fit.

An annotator's numbers have a normal prior. Where its centre is not given it is that of all
annotators, so one with few ratings is thought to be like the others.

Shape suffixes: N ratings, I items, A annotators, K answers, T truths, P numbers of an annotator,
C = A * K kinds of rating.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ints
from scorer.tables import Floats, Table

STEPS: Final = 500
CLOSE: Final = 1e-3
"""The steps end where no number of an annotator changes by more."""
LONGEST: Final = 0.5
"""How far a number may go in a step, so that the first ones do not leap."""
EVEN: Final = 20
"""So many items of evenly distributed truth are supposed beside the real ones."""
SUPPOSED: Final = 3
"""So many annotators are supposed beside the real ones, for the prior's centre."""
FASTER: Final = 1.3
TINY: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Law:
    """How annotators answer, and what is thought of them beforehand."""

    chances: Callable[[Floats], tuple[Floats, Floats]]
    """From the numbers (A, P) the chances (A, K, T) and their derivatives (A, K, T, P)."""
    truths_T: Floats
    start_P: Floats
    spread_P: Floats
    """The deviations of the prior."""
    learnt_P: NDArray[np.bool_]
    """Whether the prior's centre is learnt from the annotators, or stays at `start_P`."""
    balanced_P: NDArray[np.bool_]
    """Whether the mean over all ratings is kept at 0, because only differences show."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What was found, and whether the steps came to rest."""

    law: Law
    truth_TI: Floats
    """How likely each item's truths are."""
    share_T: Floats
    """How frequent the truths are."""
    number_AP: Floats
    deviation_AP: Floats
    """How uncertain the numbers are."""
    centre_P: Floats
    """What is thought of an annotator without a rating."""
    steps: int
    converged: bool

    def mean(self) -> Floats:
        """Of each item, (I,)."""
        mean_I: Floats = self.law.truths_T @ self.truth_TI
        return mean_I

    def deviation(self) -> Floats:
        """Of each item, (I,)."""
        away_TI = (self.law.truths_T[:, None] - self.mean()) ** 2
        deviation_I: Floats = np.sqrt((away_TI * self.truth_TI).sum(axis=0))
        return deviation_I

    def answers(self, item_N: Ints, annotator_N: Ints) -> Floats:
        """How likely (N, K) each annotator is to answer what of each item."""
        chance_AKT, _ = self.law.chances(self.number_AP)
        truth_TN = self.truth_TI[:, item_N]
        likely_NK: Floats = np.einsum("nkt,tn->nk", chance_AKT[annotator_N], truth_TN)
        return likely_NK


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _State:
    """Where the steps are: the numbers, their prior's centre, the truths' shares, and the pace."""

    number_AP: Floats
    centre_P: Floats
    share_T: Floats
    pace_AP: Floats
    move_AP: Floats


def fit(table: Table, law: Law) -> Fit:
    """Fit the law. For N ratings a step takes some 20 * T * N additions."""
    state = _start(table, law)
    steps, change = 0, np.inf
    while steps < STEPS and change > CLOSE:
        after = _step(state, table, law)
        change = float(np.abs(after.number_AP - state.number_AP).max(initial=0))
        steps, state = steps + 1, after
    chance_AKT, slope_AKTP = law.chances(state.number_AP)
    truth_TI = _truths(table, chance_AKT, state.share_T)
    score_AKTP = slope_AKTP / np.maximum(chance_AKT, TINY)[..., None]
    return Fit(
        law=law,
        truth_TI=truth_TI,
        share_T=state.share_T,
        number_AP=state.number_AP,
        deviation_AP=_deviations(_information(table, truth_TI, score_AKTP), law),
        centre_P=state.centre_P,
        steps=steps,
        converged=change <= CLOSE,
    )


def _start(table: Table, law: Law) -> _State:
    number_AP = np.tile(law.start_P, (table.annotators, 1))
    return _State(
        number_AP=number_AP,
        centre_P=law.start_P,
        share_T=np.full(len(law.truths_T), 1 / len(law.truths_T)),
        pace_AP=np.ones_like(number_AP),
        move_AP=np.zeros_like(number_AP),
    )


def _step(before: _State, table: Table, law: Law) -> _State:
    chance_AKT, slope_AKTP = law.chances(before.number_AP)
    truth_TI = _truths(table, chance_AKT, before.share_T)
    away_AP = before.number_AP - before.centre_P
    move_AP = _move(_counts(table, truth_TI), chance_AKT, slope_AKTP, away_AP, law)
    pace_AP = _pace(before, move_AP)
    number_AP = _balanced(before.number_AP + pace_AP * move_AP, table, law)
    return _State(
        number_AP=number_AP,
        centre_P=_centre(number_AP, law),
        share_T=_shares(truth_TI),
        pace_AP=pace_AP,
        move_AP=move_AP,
    )


def _pace(before: _State, move_AP: Floats) -> Floats:
    """A number that swings to and fro is overshooting, and goes by halves."""
    swings_AP = move_AP * before.move_AP < 0
    return np.where(swings_AP, before.pace_AP / 2, np.minimum(before.pace_AP * FASTER, 1))


def _truths(table: Table, chance_AKT: Floats, share_T: Floats) -> Floats:
    """How likely each item's truths are, its ratings being what they are."""
    log_TC = np.log(np.maximum(chance_AKT, TINY)).reshape(table.kinds, len(share_T)).T
    truth_TI = np.empty((len(share_T), table.items))
    for log_I, log_C, share in zip(truth_TI, log_TC, np.log(share_T), strict=True):
        log_I[:] = share + _sums(table.item_N, log_C[table.kind_N], table.items)
    truth_TI -= truth_TI.max(axis=0)
    np.exp(truth_TI, out=truth_TI)
    truth_TI /= truth_TI.sum(axis=0)
    return truth_TI


def _counts(table: Table, truth_TI: Floats) -> Floats:
    """How often each annotator may be expected to have answered what to which truth."""
    count_TC = [_sums(table.kind_N, truth_I[table.item_N], table.kinds) for truth_I in truth_TI]
    return np.stack(count_TC, axis=1).reshape(table.annotators, table.answers, len(truth_TI))


def _move(
    count_AKT: Floats, chance_AKT: Floats, slope_AKTP: Floats, away_AP: Floats, law: Law
) -> Floats:
    """A step of Fisher scoring towards the most likely numbers, given the truths so far."""
    ratio_AKT = count_AKT / np.maximum(chance_AKT, TINY)
    score_AP = np.einsum("akt,aktp->ap", ratio_AKT, slope_AKTP) - away_AP / law.spread_P**2
    weight_AKT = count_AKT.sum(axis=1, keepdims=True) / np.maximum(chance_AKT, TINY)
    information_APP = np.einsum("akt,aktp,aktq->apq", weight_AKT, slope_AKTP, slope_AKTP)
    information_APP += np.diag(law.spread_P**-2)
    move_AP = np.linalg.solve(information_APP, score_AP[..., None])[..., 0]
    return np.clip(move_AP, -LONGEST, LONGEST)


def _balanced(number_AP: Floats, table: Table, law: Law) -> Floats:
    mean_P = number_AP[table.annotator_N].mean(axis=0) if len(table.annotator_N) else 0
    return number_AP - np.where(law.balanced_P, mean_P, 0)


def _centre(number_AP: Floats, law: Law) -> Floats:
    """The annotators' mean, with some at `start_P` beside the real ones."""
    total_P = SUPPOSED * law.start_P + number_AP.sum(axis=0)
    return np.where(law.learnt_P, total_P / (SUPPOSED + len(number_AP)), law.start_P)


def _shares(truth_TI: Floats) -> Floats:
    truths, items = truth_TI.shape
    share_T: Floats = (truth_TI.sum(axis=1) + EVEN / truths) / (items + EVEN)
    return share_T


def _deviations(information_APP: Floats, law: Law) -> Floats:
    told_APP = information_APP + np.diag(law.spread_P**-2)
    deviation_AP: Floats = np.sqrt(np.linalg.inv(told_APP).diagonal(axis1=-2, axis2=-1))
    return deviation_AP


def _information(table: Table, truth_TI: Floats, score_AKTP: Floats) -> Floats:
    """What the ratings tell of each annotator's numbers (A, P, P), the truths being unknown.

    The sum of the squares of each rating's expected score: had we the truths themselves it would be
    more, and deviations from that would be too small.
    """
    numbers = score_AKTP.shape[-1]
    score_PN = np.zeros((numbers, len(table.kind_N)))
    for truth_I, score_AKP in zip(truth_TI, np.moveaxis(score_AKTP, 2, 0), strict=True):
        score_PC = score_AKP.reshape(table.kinds, numbers).T
        score_PN += truth_I[table.item_N] * score_PC[:, table.kind_N]
    squares = [
        _sums(table.annotator_N, one_N * other_N, table.annotators)
        for one_N in score_PN
        for other_N in score_PN
    ]
    return np.stack(squares, axis=1).reshape(table.annotators, numbers, numbers)


def _sums(place_N: Ints, figure_N: Floats, places: int) -> Floats:
    return np.bincount(place_N, weights=figure_N, minlength=places).astype(np.float64, copy=False)
