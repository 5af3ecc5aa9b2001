"""What the report's figures are called, and how a figure reads."""

from collections.abc import Mapping
from typing import Any, Final

JSON = Mapping[str, Any]

DASH: Final = "—"
NAMES: Final[Mapping[str, str]] = {
    "srcc": "SRCC",
    "plcc": "PLCC",
    "tau_b": "Kendall's tau-b",
    "qwk": "Quadratic kappa",
    "mae": "Mean absolute error",
    "pairs": "Pairs of a video in order",
    "pairs_with_ties": "Pairs, ties counted",
    "f1_involved": "F1, involved",
    "f1_not_involved": "F1, not involved",
    "ece": "Calibration error",
    "regret": "Selection regret, levels",
    "regret_random": "Regret of a random choice",
}
REASONS: Final[Mapping[str, str]] = {
    "undefined": "undefined: too little varies",
    "too-sparse": "too sparse for an interval",
    "all-alike": "all videos say the same: no interval",
}
ONE_VIDEO: Final = "All of it is of one video: there are no intervals."
"""Said once, instead of beside each figure."""

OVER_VIDEOS: Final = "In brackets 95 % intervals over videos."
BASELINES: Final[Mapping[str, tuple[str, str]]] = {
    "constant": ("Always the same", "people's mean level of each dimension, whatever the caption"),
    "length": ("Caption length", "the longer a caption, the better"),
    "blind": ("Blind", "the scorer itself before a grey video: what the text alone gives away"),
    "zero_shot": ("Untrained", "the same model before it learnt from ratings"),
    "one_hot": ("One-hot targets", "the same ratings, taught as one right level each"),
}


def text(value: JSON) -> str:
    """A figure as it is read: `0.712 [0.660, 0.750]`, or why there is none."""
    if value["value"] is None:
        return REASONS[value["reason"]]
    if value["low"] is not None:
        return f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}]"
    if value["reason"] == "one-video":
        return f"{value['value']:.3f}"
    return f"{value['value']:.3f} ({REASONS[value['reason']]})"


def plain(value: float | None) -> str:
    """A figure that has no interval."""
    return DASH if value is None else f"{value:.3f}"
