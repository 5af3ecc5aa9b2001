"""The Parquet files of a data set: ratings, items and preferences, a file for each side."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from annotation_site.datasets.reading import Row, Sealed
from annotation_site.datasets.splits import SIDES
from scorer.manifest import file_digest
from scorer.rubric import LEVELS, Dimension

GROUP: Final = 20_000
"""Rows held in memory for a file, and written as one group."""

INSTANT: Final = pa.timestamp("us", tz="UTC")
ABOUT_CAPTION: Final = (
    ("caption", pa.int64()),
    ("video", pa.string()),
    ("video_name", pa.string()),
    ("captioner", pa.string()),
    ("kind", pa.string()),
    ("text", pa.string()),
)
RATINGS: Final = pa.schema(
    [
        *ABOUT_CAPTION,
        ("annotator", pa.string()),
        ("dimension", pa.string()),
        ("level", pa.int8()),
        ("revision", pa.int16()),
        ("rubric", pa.int16()),
        ("judged_at", INSTANT),
        ("late", pa.bool_()),
    ]
)
ITEMS: Final = pa.schema(
    [
        *ABOUT_CAPTION,
        ("seconds", pa.float64()),
        ("annotators", pa.int32()),
        *((f"{dimension}_votes", pa.list_(pa.int32())) for dimension in Dimension),
        *((f"{dimension}_involved", pa.float64()) for dimension in Dimension),
        *((f"{dimension}_level", pa.float64()) for dimension in Dimension),
    ]
)
PREFERENCES: Final = pa.schema(
    [
        ("video", pa.string()),
        ("video_name", pa.string()),
        ("comparison", pa.string()),
        ("caption", pa.int64()),
        ("rival", pa.int64()),
        ("caption_captioner", pa.string()),
        ("rival_captioner", pa.string()),
        ("caption_text", pa.string()),
        ("rival_text", pa.string()),
        ("annotator", pa.string()),
        ("choice", pa.string()),
        ("rival_first", pa.bool_()),
        ("revision", pa.int16()),
        ("judged_at", INSTANT),
        ("late", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A configuration: what its rows are, and what each column is."""

    name: str
    schema: pa.Schema
    rows: Callable[[Sealed], Iterable[Row]]
    """With the side of each as `split`, which tells the file and is no column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A Parquet file of the data set."""

    table: Table
    split: str
    path: str
    rows: int
    bytes: int
    sha256: str


def ratings(snapshot: Sealed) -> Iterator[Row]:
    return (_dated(row) for row in snapshot.rows())


def items(snapshot: Sealed) -> Iterator[Row]:
    """Every caption, rated or not, with how many chose each level: index 0 is not involved."""
    aggregates = snapshot.aggregates()
    for caption, judgments in snapshot.rated():
        modelled = {
            f"{one['dimension']}_{figure}": one[figure]
            for one in aggregates.of(caption["caption"])
            for figure in ("involved", "level")
        }
        said = Counter((one["dimension"], one["level"]) for one in judgments)
        votes = {
            f"{dimension}_votes": [said[dimension.value, level.value] for level in LEVELS]
            for dimension in Dimension
        }
        seconds = snapshot.videos[caption["video"]]["seconds"]
        annotators = len({one["annotator"] for one in judgments})
        yield {**caption, **votes, **modelled, "seconds": seconds, "annotators": annotators}


def preferences(snapshot: Sealed) -> Iterator[Row]:
    """Every vote, with both captions."""
    with snapshot.caption_index() as index:
        for vote in snapshot.preferences():
            caption, rival = index[vote["caption"]], index[vote["rival"]]
            video = snapshot.videos[caption["video"]]
            yield {
                **_dated(vote),
                "video": video["video"],
                "video_name": video["name"],
                "split": video["split"],
                "caption_captioner": caption["captioner"],
                "rival_captioner": rival["captioner"],
                "caption_text": caption["text"],
                "rival_text": rival["text"],
            }


def _dated(row: Row) -> Row:
    return {**row, "judged_at": datetime.fromisoformat(row["judged_at"])}


TABLES: Final = (
    Table(name="ratings", schema=RATINGS, rows=ratings),
    Table(name="items", schema=ITEMS, rows=items),
    Table(name="preferences", schema=PREFERENCES, rows=preferences),
)


def write(snapshot: Sealed, directory: Path) -> list[Written]:
    """Write every table below the directory."""
    return [written for table in TABLES for written in _write(table, snapshot, directory)]


def _write(table: Table, snapshot: Sealed, directory: Path) -> Iterator[Written]:
    """A side without rows has no file: `datasets` loads no empty one."""
    (directory / table.name).mkdir()
    with ExitStack() as stack:
        files: dict[str, _File] = {}
        for row in table.rows(snapshot):
            if row["split"] not in files:
                files[row["split"]] = stack.enter_context(_File(table, row["split"], directory))
            files[row["split"]].add(row)
    yield from (files[side].written() for side in SIDES if side in files)


class _File:
    """One Parquet file, written a group of rows at a time."""

    def __init__(self, table: Table, split: str, directory: Path) -> None:
        self.table, self.split = table, split
        self.name = f"{table.name}/{split}-00000-of-00001.parquet"
        self.path = directory / self.name
        self.rows = 0
        self._waiting: list[Row] = []

    def __enter__(self) -> Self:
        self._writer = pq.ParquetWriter(self.path, self.table.schema, compression="zstd")
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()

    def add(self, row: Row) -> None:
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        batch = pa.RecordBatch.from_pylist(self._waiting, schema=self.table.schema)
        self._writer.write_batch(batch)
        self._waiting.clear()

    def written(self) -> Written:
        return Written(
            table=self.table,
            split=self.split,
            path=self.name,
            rows=self.rows,
            bytes=self.path.stat().st_size,
            sha256=file_digest(self.path),
        )
