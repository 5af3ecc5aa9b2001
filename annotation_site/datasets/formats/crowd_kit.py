"""The frame that crowd-kit's aggregators take: columns task, worker, label."""

from typing import BinaryIO, Final

from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.reading import Sealed

COLUMNS: Final = ("task", "worker", "label", "caption", "dimension")


def write(snapshot: Sealed, file: BinaryIO) -> None:
    """A task is a caption on one dimension. All cells are ours: there is nothing to quote."""
    write_lines(file, [",".join(COLUMNS) + "\n"])
    write_lines(
        file,
        (
            f"{one['caption']}/{one['dimension']},{one['annotator']},{one['level']},"
            f"{one['caption']},{one['dimension']}\n"
            for one in snapshot.judgments()
        ),
    )


FORMAT = Format(
    name="crowd-kit",
    file="crowd-kit.csv",
    content_type="text/csv; charset=utf-8",
    about="Columns task, worker and label for crowd-kit's aggregators.",
    write=write,
)
