"""CSV that is safe to open: no cell is run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
RECORD: Final = "spreadsheet_safe"
"""The column that says whether texts were made safe, which changes them."""


def csv_lines(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, safe: bool = True
) -> Iterator[str]:
    """The table as CSV, one text a row, with a last column that says whether it is safe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow((*columns, RECORD))
    for row in rows:
        yield _taken(buffer)
        writer.writerow((*(map(spreadsheet_safe, row) if safe else row), safe))
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def spreadsheet_safe(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
