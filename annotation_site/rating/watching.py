"""How much of a video was really seen."""

from collections.abc import Iterable, Sequence

SHORT_SECONDS = 10.0
"""A clip shorter than this is to be seen whole."""
TOLERANCE_SECONDS = 0.35
"""Players stop reporting a little before the very last frame."""


def unique_seconds(ranges: Iterable[Sequence[float]], *, seconds: float) -> float:
    """Measure the union of the played ranges, within the video; seen twice counts once."""
    covered, reached = 0.0, 0.0
    for start, end in sorted((r[0], min(r[1], seconds)) for r in ranges):
        covered += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return covered


def seconds_to_watch(seconds: float, *, share: float) -> float:
    """Tell how many unique seconds an annotator must have seen. A share of 0 asks for none."""
    if share == 0:
        return 0.0
    wanted = 1.0 if seconds < SHORT_SECONDS else share
    return max(0.0, wanted * seconds - TOLERANCE_SECONDS)
