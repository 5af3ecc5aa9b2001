"""Judgments in the long form as JSON lines: every text as it is."""

from typing import BinaryIO

from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.reading import Sealed
from scorer.manifest import canonical


def write(snapshot: Sealed, file: BinaryIO) -> None:
    write_lines(file, (canonical(row) + "\n" for row in snapshot.rows()))


FORMAT = Format(
    name="jsonl",
    file="ratings.jsonl",
    content_type="application/x-ndjson",
    about="One line a judgment, with its caption and video; every text as it is.",
    write=write,
)
