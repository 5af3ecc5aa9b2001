"""Who says "not involved", beside the others: the audit of level 0 on one dimension.

It is the answer that costs least: one key, no look at the video. Part of the report.
"""

from collections.abc import Mapping
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ratings
from scorer.rubric import NOT_INVOLVED

SAMPLE: Final = 10
"""Captions drawn to be looked at, on each dimension."""
WIDE: Final = 1.96

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def involvement(ratings: Ratings, captioner_of: Mapping[int, int], *, seed: int) -> dict[str, Any]:
    """The share of zeros: of all, by captioner, by annotator beside others; and some to look at."""
    zero = ratings.level == NOT_INVOLVED
    if len(zero) == 0:
        return {"ratings": 0, "zeros": 0, "captioners": [], "annotators": [], "sample": []}
    return {
        "ratings": len(zero),
        "zeros": int(zero.sum()),
        "captioners": _captioners(ratings, zero, captioner_of),
        "annotators": _annotators(ratings, zero),
        "sample": _sample(ratings.item[zero], seed),
    }


def _captioners(
    ratings: Ratings, zero: NDArray[np.bool_], captioner_of: Mapping[int, int]
) -> list[dict[str, Any]]:
    items, place = np.unique(ratings.item, return_inverse=True)
    captioner = np.array([captioner_of[item] for item in items.tolist()])[place]
    names, group = np.unique(captioner, return_inverse=True)
    rated, zeros = np.bincount(group), np.bincount(group, weights=zero)
    return [
        {"captioner": name, "ratings": n, "zeros": int(of)}
        for name, n, of in zip(names.tolist(), rated.tolist(), zeros.tolist(), strict=True)
    ]


def _annotators(ratings: Ratings, zero: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """Each beside whoever rated the same captions, so that hard captions are nobody's fault."""
    _, place = np.unique(ratings.item, return_inverse=True)
    rated = np.bincount(place)[place]
    zeros = np.bincount(place, weights=zero)[place]
    shared = rated > 1
    others = np.divide(zeros - zero, rated - 1, out=np.zeros(len(zero)), where=shared)
    alone = zero & shared & (zeros == 1)
    found = []
    for annotator in np.unique(ratings.annotator).tolist():
        own = ratings.annotator == annotator
        compared = own & shared
        apart = zero[compared] - others[compared]
        found.append(
            {
                "annotator": annotator,
                "ratings": int(own.sum()),
                "zeros": int(zero[own].sum()),
                "shared": int(compared.sum()),
                "others_share": float(others[compared].mean()) if compared.any() else None,
                "alone": int(alone[own].sum()),
                **_difference(apart, ratings.video[compared]),
            }
        )
    return found


def _difference(apart: Floats, video: Ints) -> dict[str, float | None]:
    """The mean difference with its 95 % interval: captions of a video are no independent ones."""
    mean = float(apart.mean()) if len(apart) else None
    videos, cluster = np.unique(video, return_inverse=True)
    if mean is None or len(videos) < 2:  # noqa: PLR2004 - one video has no spread
        return {"difference": mean, "low": None, "high": None}
    summed = np.bincount(cluster, weights=apart - mean)
    variance = len(videos) / (len(videos) - 1) * float((summed**2).sum()) / len(apart) ** 2
    half = WIDE * sqrt(variance)
    return {"difference": mean, "low": mean - half, "high": mean + half}


def _sample(items: Ints, seed: int) -> list[int]:
    """Captions that somebody said it of, each as likely as any other."""
    said = np.unique(items)
    drawn: list[int] = np.random.default_rng(seed).permutation(said)[:SAMPLE].tolist()
    return drawn
