"""What a reader finds in a file: records with the names and values as they stand there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a line is not taken."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A line of a text file, a row of a table, an entry of a list: `line` is its number from 1."""

    line: int
    fields: Mapping[str, Any]


Read = Callable[[IO[bytes]], Iterator[Record | Problem]]
"""Reads the file from its start. Broken lines are problems, and the reading goes on if it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way in which a file holds records."""

    name: str
    """In addresses and on the command line."""

    about: str
    read: Read
