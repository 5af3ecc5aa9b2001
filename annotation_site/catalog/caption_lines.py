"""The captions file, one JSON object a line: each is a caption, or a problem with its number."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from annotation_site.common.text import is_storable

MAX_LINE_BYTES = 1 << 16
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DEFAULT_KIND = "detailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a line is not taken."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionLine:
    """What `source` wrote about the file called `video`."""

    line: int
    video: str
    source: str
    kind: str
    caption: str


class _BrokenLineError(ValueError):
    pass


def read(file: IO[bytes]) -> Iterator[CaptionLine | Problem]:
    """Read the file from its start, a line at a time. Empty lines are counted and passed over."""
    file.seek(0)
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            yield _parse(number, line)
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


def _parse(number: int, line: bytes) -> CaptionLine:
    given = _object(line)
    return CaptionLine(
        line=number,
        video=_text(given, "video", longest=255),
        source=_text(given, "source", longest=100),
        kind=_text({"kind": DEFAULT_KIND, **given}, "kind", longest=32),
        caption=_text(given, "caption", longest=20_000),
    )


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


def _text(given: dict[str, Any], key: str, *, longest: int) -> str:
    if key not in given:
        raise _BrokenLineError(f'"{key}" is missing.')
    value = given[key]
    if not isinstance(value, str):
        raise _BrokenLineError(f'"{key}" must be text.')
    text = value.strip()
    if not text:
        raise _BrokenLineError(f'"{key}" is empty.')
    if len(text) > longest:
        raise _BrokenLineError(f'"{key}" is longer than {longest:,} characters.')
    if not is_storable(text):
        raise _BrokenLineError(f'"{key}" has characters that are none.')
    return text
