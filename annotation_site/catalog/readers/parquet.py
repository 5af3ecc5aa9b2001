"""Parquet, a few hundred rows at a time. Loads pyarrow where it is used, for it is large."""

from collections.abc import Iterator
from typing import IO, Final

from annotation_site.catalog.records import Format, Problem, Record

MAGIC: Final = b"PAR1"
ROWS_AT_A_TIME: Final = 500
MAX_GROUP_BYTES: Final = 1 << 30
"""Of a row group, when unpacked: pages of a few kilobytes can hold gigabytes of the same text."""


def read(file: IO[bytes]) -> Iterator[Record | Problem]:
    """`line` is the row's number from 1. Columns of lists and structs are read as they are."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    file.seek(0)
    number = 0
    try:
        table = pq.ParquetFile(file)
        if _largest_group(table) > MAX_GROUP_BYTES:
            reason = "A row group holds more than 1 GiB. Write the file with smaller ones."
            yield Problem(line=1, reason=reason)
            return
        for batch in table.iter_batches(batch_size=ROWS_AT_A_TIME, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield Record(line=number, fields={k: v for k, v in row.items() if v is not None})
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield Problem(line=number + 1, reason=f"This Parquet file cannot be read: {error}")


def _largest_group(table: object) -> int:
    about = table.metadata  # type: ignore[attr-defined]
    return max((about.row_group(n).total_byte_size for n in range(about.num_row_groups)), default=0)


FORMAT = Format(name="parquet", about="Parquet: a table with named columns.", read=read)
