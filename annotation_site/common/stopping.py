"""Whether the worker wants to stop: one byte that it shares with the children it forks."""

import mmap
from typing import Final

_wish: Final = mmap.mmap(-1, 1)


def wish() -> None:
    """Ask the stage that runs in a child to end between two steps."""
    _wish[0] = 1


def wished() -> bool:
    return _wish[0] != 0


def forget() -> None:
    """Take the wish back: a test's process goes on."""
    _wish[0] = 0
