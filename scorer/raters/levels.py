"""The level of what is involved: annotators see it with a bias and noise of their own, or guess.

The truth is a real number from 1 to 5. An annotator sees it plus their bias plus normal noise and
gives the nearest level, of those there are: an ordinal probit model with even thresholds. With some
chance they guess: then they give each level as often as they give it on the whole, so that whoever
always says 4, or anything at all, tells nothing. The numbers are the bias, the logarithm of the
noise's deviation and the logit of the chance to guess.

Shape suffixes: A annotators, K = 5 levels, T truths, P = 3 numbers.
"""

from math import erf, pi, sqrt
from typing import Final

import numpy as np

from scorer.raters.em import Law
from scorer.raters.involvement import chance, logit
from scorer.rubric import INVOLVED_LEVELS
from scorer.tables import Floats, Table

STEP: Final = 0.25
TRUTHS: Final = np.arange(INVOLVED_LEVELS[0], INVOLVED_LEVELS[-1] + STEP, STEP)
EDGES: Final = (np.array(INVOLVED_LEVELS[:-1]) + np.array(INVOLVED_LEVELS[1:])) / 2
_ERF: Final = np.vectorize(erf, otypes=[float])


def law(table: Table) -> Law:
    """The law for these annotators, given how often each gives each level on the whole."""
    given_AK = np.bincount(table.kind_N, minlength=table.kinds).astype(np.float64)
    given_AK = given_AK.reshape(table.annotators, table.answers) + 1
    guess_AK = given_AK / given_AK.sum(axis=1, keepdims=True)
    return Law(
        chances=lambda number_AP: _chances(number_AP, guess_AK),
        truths_T=TRUTHS,
        start_P=np.array([0.0, np.log(0.7), float(logit(np.array(0.03)))]),
        spread_P=np.array([0.5, 0.4, 2.0]),
        learnt_P=np.array([False, True, False]),
        balanced_P=np.array([True, False, False]),
    )


def _chances(number_AP: Floats, guess_AK: Floats) -> tuple[Floats, Floats]:
    bias_A, noise_A, guesses_A = (
        column[:, None, None]
        for column in (number_AP[:, 0], np.exp(number_AP[:, 1]), chance(number_AP[:, 2]))
    )
    reach_AET = (EDGES[:, None] - TRUTHS - bias_A) / noise_A
    density_AET = np.exp(-(reach_AET**2) / 2) / sqrt(2 * pi)
    seen_AKT = _between(_normal(reach_AET), 1)
    chance_AKT = (1 - guesses_A) * seen_AKT + guesses_A * guess_AK[..., None]
    by_bias = -(1 - guesses_A) * _between(density_AET, 0) / noise_A
    by_noise = -(1 - guesses_A) * _between(reach_AET * density_AET, 0)
    by_guesses = guesses_A * (1 - guesses_A) * (guess_AK[..., None] - seen_AKT)
    return chance_AKT, np.stack([by_bias, by_noise, by_guesses], axis=-1)


def _between(edge_AET: Floats, last: float) -> Floats:
    """The difference from edge to edge; below the first it is 0, above the last `last`."""
    return np.diff(edge_AET, axis=1, prepend=0, append=last)


def _normal(reach: Floats) -> Floats:
    normal: Floats = (1 + _ERF(reach / sqrt(2))) / 2
    return normal
