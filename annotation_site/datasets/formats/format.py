"""What a format is: a name, a file, and a function that writes a sealed snapshot into it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

from annotation_site.datasets.reading import Sealed

Write = Callable[[Sealed, BinaryIO], None]
"""Writes the same bytes for the same snapshot. The file can be sought in."""

BLOCK: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to hand a snapshot out."""

    name: str
    """In addresses and on the command line."""

    file: str
    content_type: str
    about: str
    """One sentence: what is in it, and for what."""

    write: Write
    version: int = 1
    """Counts up when the same snapshot is to be written otherwise."""


def write_lines(file: BinaryIO, lines: Iterable[str]) -> None:
    """Write the texts as they are, a block at a time."""
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= BLOCK:
            file.write("".join(block).encode())
            block, size = [], 0
    file.write("".join(block).encode())
