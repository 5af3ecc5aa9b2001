"""One row per caption and annotator, a column per dimension: how spreadsheets like it."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO, Final

from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.formats.spreadsheet import csv_lines
from annotation_site.datasets.reading import Sealed
from scorer.rubric import Dimension

ABOUT_CAPTION: Final = ("caption", "video", "video_name", "split", "captioner", "kind", "text")
COLUMNS: Final = (
    *(*ABOUT_CAPTION, "annotator", "late"),
    *(dimension.value for dimension in Dimension),
    *("revision", "rubric", "judged_at"),
)


def rows(snapshot: Sealed) -> Iterator[list[Any]]:
    """An empty cell: that dimension was not judged, or was left out of the snapshot."""
    for caption, judgments in snapshot.rated():
        about = [caption[column] for column in ABOUT_CAPTION]
        for annotator, given in groupby(judgments, key=itemgetter("annotator")):
            own = list(given)
            levels = {one["dimension"]: one["level"] for one in own}
            yield [
                *(*about, annotator, own[0]["late"]),
                *(levels.get(dimension, "") for dimension in Dimension),
                # Given at once as a rule; where they are not, the latest.
                *(max(one[column] for one in own) for column in ("revision", "rubric")),
                max(one["judged_at"] for one in own),
            ]


def write(snapshot: Sealed, file: BinaryIO) -> None:
    write_lines(file, csv_lines(COLUMNS, rows(snapshot)))


FORMAT = Format(
    name="csv-wide",
    file="ratings-wide.csv",
    content_type="text/csv; charset=utf-8",
    about="One row per caption and annotator, a column per dimension; safe in a spreadsheet.",
    write=write,
)
