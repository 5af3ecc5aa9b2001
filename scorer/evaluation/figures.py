"""The figures that a scorer is reported by. Each takes a column; NaN where it is undefined.

Shape suffixes: N captions, P pairs, V videos, B bins.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from scipy import stats

from scorer.evaluation.columns import Bools, Column, Ints
from scorer.tables import Floats

FEWEST: Final = 3
"""With two points a rank correlation is always 1 or -1 and says nothing."""

BINS: Final = 10
TIE: Final = 0.25
"""Predicted levels that are no further apart count as the same."""

Figure = Callable[[Column], float]


def srcc(of: Column) -> float:
    """Spearman's rank correlation."""
    return _correlation(of, stats.spearmanr)


def plcc(of: Column) -> float:
    """Pearson's correlation."""
    return _correlation(of, stats.pearsonr)


def tau_b(of: Column) -> float:
    """Kendall's rank correlation, ties corrected for."""
    return _correlation(of, stats.kendalltau)


def _correlation(of: Column, by: Callable[..., object]) -> float:
    both = of.compared
    level_N, human_N = both.level_N, both.human_N
    if len(both) < FEWEST or np.ptp(level_N) == 0 or np.ptp(human_N) == 0:
        return np.nan
    return float(by(level_N, human_N).statistic)  # type: ignore[attr-defined]


def mae(of: Column) -> float:
    """The mean distance of levels."""
    both = of.compared
    return float(np.abs(both.level_N - both.human_N).mean()) if len(both) else np.nan


def qwk(of: Column) -> float:
    """Quadratic weighted kappa (Cohen 1968) of levels rounded to 1..5."""
    both = of.compared
    if not len(both):
        return np.nan
    said, meant = (np.rint(x).astype(int) - 1 for x in (both.level_N, both.human_N))
    apart = np.square(np.subtract.outer(np.arange(5), np.arange(5)))
    by_chance = np.outer(np.bincount(said, minlength=5), np.bincount(meant, minlength=5))
    expected = float((apart * by_chance).sum()) / len(both)
    return 1 - float(np.square(said - meant).sum()) / expected if expected else np.nan


def f1_involved(of: Column) -> float:
    """F1 of "involved", where at least half of the people say so."""
    return _f1(of.said_involved_N, of.involved_N)


def f1_not_involved(of: Column) -> float:
    """F1 of "not involved", which is the rarer and the harder."""
    return _f1(~of.said_involved_N, ~of.involved_N)


def _f1(said_N: Bools, meant_N: Bools) -> float:
    both = 2 * float((said_N & meant_N).sum())
    either = float(said_N.sum() + meant_N.sum())
    return both / either if either else np.nan


def ece(of: Column) -> float:
    """Expected calibration error of the likeliest level against the share of people who gave it.

    Ten bins of equal width. Source: Guo et al. 2017 (1706.04599), with votes for labels.
    """
    confidence_B, share_B, count_B = reliability(of)
    known = count_B > 0
    if not known.any():
        return np.nan
    gaps = np.abs(confidence_B[known] - share_B[known])
    return float((gaps * count_B[known]).sum() / count_B.sum())


def reliability(of: Column) -> tuple[Floats, Floats, Floats]:
    """For each bin of confidence: the mean confidence, people's share, and how many captions."""
    likeliest_N = of.predicted_N6.argmax(axis=1)
    rows = np.arange(len(of))
    confidence_N = of.predicted_N6[rows, likeliest_N]
    share_N = of.votes_N6[rows, likeliest_N] / np.maximum(of.votes_N6.sum(axis=1), 1e-12)
    bin_N = np.minimum((confidence_N * BINS).astype(int), BINS - 1)
    count_B = np.bincount(bin_N, minlength=BINS).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        confidence_B = np.bincount(bin_N, confidence_N, minlength=BINS) / count_B
        share_B = np.bincount(bin_N, share_N, minlength=BINS) / count_B
    return confidence_B, share_B, count_B


OF_ROWS: Final[Mapping[str, Figure]] = {
    "srcc": srcc,
    "plcc": plcc,
    "tau_b": tau_b,
    "qwk": qwk,
    "mae": mae,
    "f1_involved": f1_involved,
    "f1_not_involved": f1_not_involved,
    "ece": ece,
}
"""What depends on all captions at once."""


VIDEO_FIGURES: Final = ("pairs", "pairs_with_ties", "regret", "regret_random")


def of_videos(level_N: Floats, human_N: Floats, video_N: Ints, videos: int) -> dict[str, Floats]:
    """What is summed over videos: for each figure its numerators and denominators (V, 2).

    `pairs`: of two captions of a video on which people differ, how often the better one is rated
    higher. `pairs_with_ties`: of all pairs, how often better, worse or alike is said right (Deutsch
    et al. 2023, 2305.14324, with a fixed `TIE`). `regret`: how much better the best caption is than
    the one rated highest; `regret_random`: than one drawn at random.
    """
    sums = {name: np.zeros((videos, 2)) for name in VIDEO_FIGURES}
    for video, rows in _rows_by_video(video_N):
        if len(rows) > 1:
            for name, of_one in _of_video(level_N[rows], human_N[rows]).items():
                sums[name][video] = of_one
    return sums


def _of_video(level_K: Floats, human_K: Floats) -> dict[str, tuple[float, float]]:
    first_P, second_P = np.triu_indices(len(level_K), k=1)
    said_P, meant_P = level_K[first_P] - level_K[second_P], human_K[first_P] - human_K[second_P]
    differ_P = meant_P != 0
    right_P = np.where(said_P == 0, 0.5, np.sign(said_P) == np.sign(meant_P))
    told_P = np.where(np.abs(said_P) <= TIE, 0, np.sign(said_P))
    chosen = float(human_K[level_K == level_K.max()].mean())
    return {
        "pairs": (float(right_P[differ_P].sum()), float(differ_P.sum())),
        "pairs_with_ties": (float((told_P == np.sign(meant_P)).sum()), float(len(meant_P))),
        "regret": (float(human_K.max()) - chosen, 1.0),
        "regret_random": (float(human_K.max() - human_K.mean()), 1.0),
    }


def _rows_by_video(video_N: Ints) -> list[tuple[int, Ints]]:
    if not len(video_N):
        return []
    order = np.argsort(video_N, kind="stable")
    videos, starts = np.unique(video_N[order], return_index=True)
    return list(zip(videos.tolist(), np.split(order, starts[1:]), strict=True))
