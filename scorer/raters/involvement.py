"""Whether a dimension is involved: annotators see it where it is, and see it where it is not.

Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm",
Applied Statistics 28 (1979), with two truths and a prior. An annotator has a sensitivity, the
chance to find involved what is, and a specificity, the chance to find not involved what is not; the
numbers are their logits.

Shape suffixes: A annotators, K = 2 answers, T = 2 truths, P = 2 numbers.
"""

from typing import Final

import numpy as np

from scorer.raters.em import Law
from scorer.tables import Floats

START: Final = (0.95, 0.8)
"""The sensitivity and specificity that are thought likely before any rating."""


def logit(chance: Floats) -> Floats:
    odds: Floats = np.log(chance / (1 - chance))
    return odds


def chance(logit: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-logit))
    return chance


def _chances(number_AP: Floats) -> tuple[Floats, Floats]:
    sensitivity_A, specificity_A = chance(number_AP).T
    chance_AKT = np.empty((len(number_AP), 2, 2))
    chance_AKT[:, 1, 1], chance_AKT[:, 0, 1] = sensitivity_A, 1 - sensitivity_A
    chance_AKT[:, 0, 0], chance_AKT[:, 1, 0] = specificity_A, 1 - specificity_A
    slope_AKTP = np.zeros((len(number_AP), 2, 2, 2))
    steep_A = sensitivity_A * (1 - sensitivity_A)
    slope_AKTP[:, 1, 1, 0], slope_AKTP[:, 0, 1, 0] = steep_A, -steep_A
    steep_A = specificity_A * (1 - specificity_A)
    slope_AKTP[:, 0, 0, 1], slope_AKTP[:, 1, 0, 1] = steep_A, -steep_A
    return chance_AKT, slope_AKTP


LAW: Final = Law(
    chances=_chances,
    truths_T=np.array([0.0, 1.0]),
    start_P=logit(np.array(START)),
    spread_P=np.array([1.5, 1.5]),
    learnt_P=np.array([True, True]),
    balanced_P=np.array([False, False]),
)
