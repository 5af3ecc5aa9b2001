"""Puts a sealed directory in its place: whole, and once."""

import errno
from pathlib import Path


def publish(partial: Path, place: Path) -> None:
    """Move the directory to its place, unless an equal one is there already."""
    try:
        partial.rename(place)
    except OSError as error:  # asked rather than looked up before: two may be at it at once
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
