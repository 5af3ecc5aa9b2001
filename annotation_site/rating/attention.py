"""Signs that an answer was given without much attention. They flag it, and reject nothing."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from scorer.rubric import NOT_INVOLVED

MOST_HIDDEN: Final = 300.0
"""Seconds with the page out of sight, after which the clip is no longer fresh in mind."""
MOST_STALLED: Final = 0.5
"""Of the video's duration spent waiting for it: what was seen was no clip any more."""
MOST_SKEW: Final = 300.0
"""Seconds by which a client's clock may be wrong before its times say nothing."""


def signals(*, levels: Collection[int], evidence: Mapping[str, Any], seconds: float) -> list[str]:
    """Name what is odd about an answer to a clip of so many seconds.

    `hasty`: the page was in sight for less time than the clip takes at double speed.
    `straight-lined`: the same level on every dimension, which a caption seldom earns.
    `not-involved`: nothing at all involved, which no caption of a clip is.
    `interrupted`: the page was out of sight for long. `stalled`: the video kept stopping.
    `skewed-clock`: the client's clock is far off.
    """
    same = len(set(levels)) == 1
    odd = {
        "hasty": evidence.get("seconds_visible", 0.0) < seconds / 2,
        "straight-lined": same and NOT_INVOLVED not in levels,
        "not-involved": same and NOT_INVOLVED in levels,
        "interrupted": evidence.get("seconds_hidden", 0.0) > MOST_HIDDEN,
        "stalled": evidence.get("seconds_stalled", 0.0) > MOST_STALLED * seconds,
        "skewed-clock": abs(evidence.get("skew", 0.0)) > MOST_SKEW,
    }
    return [name for name, found in odd.items() if found]
