"""Student's t for the figures of pages: the web process does without scipy, which loads long."""

from typing import Final

_T95: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160
)  # fmt: skip


def t95(freedom: int) -> float:
    """The two-sided 95 % point. Beyond 13 degrees of freedom that of 13: wide, never narrow."""
    return _T95[min(freedom, len(_T95)) - 1]
