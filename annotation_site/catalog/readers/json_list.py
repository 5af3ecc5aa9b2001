"""One JSON list, an entry at a time: it may be far longer than memory."""

from collections.abc import Iterator
from typing import IO, Any, Final

import ijson

from annotation_site.catalog.records import Problem

MAX_ENTRY_PARTS: Final = 100_000
"""Names, values and brackets in one entry."""


class TooLargeError(ValueError):
    """One entry of the list is larger than anybody needs."""


def entries(file: IO[bytes]) -> Iterator[tuple[int, Any] | Problem]:
    """Each entry of the list with its number from 1. After broken JSON nothing more is read."""
    file.seek(0)
    number = 0
    try:
        for number, entry in enumerate(_entries(file), start=1):
            yield number, entry
    except (ijson.JSONError, UnicodeDecodeError, TooLargeError, ValueError) as error:
        said = str(error).split("\n", 1)[0].strip()
        reason = f"This is not a JSON list: {said}. Nothing is read after."
        yield Problem(line=number + 1, reason=reason)


def _entries(file: IO[bytes]) -> Iterator[Any]:
    """As `ijson.items(file, "item")`, but with an end to what one entry may hold."""
    builder, parts = None, 0
    for prefix, event, value in ijson.parse(file, use_float=True):
        if builder is None:
            if prefix != "item":
                _refuse_unless_list(prefix, event)
                continue
            builder, parts = ijson.ObjectBuilder(), 0
        builder.event(event, value)
        parts += 1
        if parts > MAX_ENTRY_PARTS:
            raise TooLargeError(TooLargeError.__doc__)
        if prefix == "item" and event not in {"start_map", "start_array", "map_key"}:
            yield builder.value
            builder = None


def _refuse_unless_list(prefix: str, event: str) -> None:
    if prefix == "" and event not in {"start_array", "end_array"}:
        raise ValueError("the file holds something else")
