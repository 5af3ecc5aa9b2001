"""A snapshot in the long form: one row a judgment, with its caption and video beside it.

Read from the sealed files and never from the database, so an export of a snapshot is the same for
ever. Judgments and captions are both sorted by caption, so they are merged in one pass; only the
videos are held in memory.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

from scorer.manifest import canonical

Form = Literal["jsonl", "csv"]
FORMS: Final[tuple[Form, ...]] = ("jsonl", "csv")
CONTENT_TYPES: Final = {"jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
COLUMNS: Final = (
    "caption",
    "video",
    "video_name",
    "split",
    "captioner",
    "kind",
    "text",
    "annotator",
    "dimension",
    "level",
    "revision",
    "rubric",
    "judged_at",
    "late",
)
RECORD: Final = "spreadsheet_safe"
"""The column of a CSV that says whether its texts were made safe, which changes them."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
BLOCK: Final = 1 << 16


def export(directory: Path, form: Form, *, safe: bool = True) -> Iterator[bytes]:
    """The export as blocks of bytes.

    CSV is safe for spreadsheets, unless told otherwise; JSONL has every text as it is.
    """
    lines = _csv_lines(directory, safe=safe) if form == "csv" else _jsonl_lines(directory)
    return _blocks(lines)


def rows(directory: Path) -> Iterator[dict[str, Any]]:
    """Every judgment of the snapshot with its caption and video, in the order of the files."""
    videos = {video["video"]: video for video in _read(directory / "videos.jsonl")}
    captions = _read(directory / "captions.jsonl")
    caption = next(captions, None)
    for judgment in _read(directory / "judgments.jsonl"):
        while caption is not None and caption["caption"] < judgment["caption"]:
            caption = next(captions, None)
        if caption is None:  # a sealed snapshot has the caption of each of its judgments
            raise ValueError(f"{directory}: no caption {judgment['caption']}")
        video = videos[caption["video"]]
        about_video = {"video_name": video["name"], "split": video["split"]}
        yield {**caption, **about_video, **judgment}


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _jsonl_lines(directory: Path) -> Iterator[str]:
    return (canonical(row) + "\n" for row in rows(directory))


def _csv_lines(directory: Path, *, safe: bool) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow((*COLUMNS, RECORD))
    for row in rows(directory):
        yield _taken(buffer)
        cells = (row[column] for column in COLUMNS)
        writer.writerow((*(map(spreadsheet_safe, cells) if safe else cells), safe))
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


def _blocks(lines: Iterator[str]) -> Iterator[bytes]:
    block: list[str] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= BLOCK:
            yield "".join(block).encode()
            block, size = [], 0
    if block:
        yield "".join(block).encode()
