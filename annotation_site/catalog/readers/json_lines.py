"""JSON lines: one object a line."""

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from annotation_site.catalog.records import Format, Problem, Record

MAX_LINE_BYTES: Final = 1 << 16
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class _BrokenLineError(ValueError):
    pass


def read(file: IO[bytes]) -> Iterator[Record | Problem]:
    """Read a line at a time. Empty lines are counted and passed over."""
    file.seek(0)
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            yield Record(line=number, fields=_object(line))
        except _BrokenLineError as error:
            yield Problem(line=number, reason=str(error))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """Cut the file into lines; of one that is too long, keep just enough to see that it is."""
    line = file.readline(MAX_LINE_BYTES + 1).removeprefix(BYTE_ORDER_MARK)
    while line:
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)
        line = file.readline(MAX_LINE_BYTES + 1)


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise _BrokenLineError(f"The line is longer than {MAX_LINE_BYTES // 1024} KiB.")
    try:
        found = json.loads(line.decode())
    except UnicodeDecodeError:
        raise _BrokenLineError("The line is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise _BrokenLineError(f"This is not JSON: {error.msg}, column {error.colno}.") from None
    except (ValueError, RecursionError):  # a number of a million digits, a million brackets
        raise _BrokenLineError("This JSON cannot be read.") from None
    if not isinstance(found, dict):
        raise _BrokenLineError('A line must be an object: {"video": ..., "caption": ...}.')
    return found


FORMAT = Format(name="jsonl", about="JSON lines: one object a line.", read=read)
