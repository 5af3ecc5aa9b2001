"""Judgments in the long form as CSV, safe for spreadsheets or exactly as they are."""

from functools import partial
from typing import BinaryIO

from annotation_site.datasets.formats.columns import COLUMNS
from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.formats.spreadsheet import csv_lines
from annotation_site.datasets.reading import Sealed


def write(snapshot: Sealed, file: BinaryIO, *, safe: bool) -> None:
    rows = ([row[column] for column in COLUMNS] for row in snapshot.rows())
    write_lines(file, csv_lines(COLUMNS, rows, safe=safe))


FORMAT = Format(
    name="csv",
    file="ratings.csv",
    content_type="text/csv; charset=utf-8",
    about="One row a judgment, with its caption and video; safe to open in a spreadsheet.",
    write=partial(write, safe=True),
)
RAW = Format(
    name="csv-raw",
    file="ratings-raw.csv",
    content_type="text/csv; charset=utf-8",
    about="As CSV, with every text exactly as it is: not for spreadsheets.",
    write=partial(write, safe=False),
)
