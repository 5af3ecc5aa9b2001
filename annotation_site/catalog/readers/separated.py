"""CSV with a row of names first. The separator is a comma, a semicolon or a tab."""

import csv
from collections.abc import Iterator
from typing import IO, Final

from annotation_site.catalog.records import Format, Problem, Record

MAX_LINE_BYTES: Final = 1 << 16
SEPARATORS: Final = ",;\t"


class _TooLongError(ValueError):
    pass


def read(file: IO[bytes]) -> Iterator[Record | Problem]:
    """Read a row at a time. `line` is where a row ends, as editors count.

    After text that is no UTF-8, or a quote that is never closed, nothing more can be told apart.
    """
    lines = _lines(file)
    number = 0
    try:
        first = next(lines, "")
        rows = csv.reader(_again(first, lines), delimiter=_separator(first), strict=True)
        names = [name.strip() for name in next(rows, [])]
        for row in rows:
            number = rows.line_num
            if any(row):
                yield _record(number, names, row)
    except UnicodeDecodeError:
        yield Problem(line=number + 1, reason="The line is not UTF-8 text. Nothing is read after.")
    except (csv.Error, _TooLongError) as error:
        yield Problem(line=number + 1, reason=f"This is not CSV: {error}. Nothing is read after.")


def _lines(file: IO[bytes]) -> Iterator[str]:
    file.seek(0)
    encoding = "utf-8-sig"
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) > MAX_LINE_BYTES:
            raise _TooLongError(f"a line is longer than {MAX_LINE_BYTES // 1024} KiB")
        yield line.decode(encoding)
        encoding = "utf-8"


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _separator(names: str) -> str:
    return max(SEPARATORS, key=names.count)


def _record(number: int, names: list[str], row: list[str]) -> Record | Problem:
    """Empty cells are no values: a spreadsheet has one wherever there is nothing."""
    if len(row) != len(names):
        reason = f"There are {len(row)} cells in the row, and {len(names)} names in the first."
        return Problem(line=number, reason=reason)
    cells = zip(names, row, strict=True)
    return Record(line=number, fields={name: cell for name, cell in cells if cell})


FORMAT = Format(name="csv", about="CSV: a row of names, then a row for each.", read=read)
