"""A data set in the layout of the Hugging Face hub: Parquet by configuration and split, a card.

`datasets.load_dataset(directory, "ratings")` reads it once it is unpacked. Every file is written
a group of rows at a time, and the archive only stores them: Parquet is compressed by itself.
"""

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO, Final

from annotation_site.datasets.formats.format import Format
from annotation_site.datasets.reading import Sealed

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest date that an archive can tell: the same files, the same bytes."""


def lay_out(snapshot: Sealed, directory: Path) -> None:
    """Write the data set into an empty directory."""
    # Parquet's library is large: only who exports it pays for it, not every web process.
    from annotation_site.datasets.formats import layout  # noqa: PLC0415

    layout.lay_out(snapshot, directory)


def write(snapshot: Sealed, file: BinaryIO) -> None:
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        lay_out(snapshot, directory)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted(directory.rglob("*")):
                if path.is_file():
                    name = path.relative_to(directory).as_posix()
                    with path.open("rb") as source, archive.open(_entry(name, path), "w") as target:
                        shutil.copyfileobj(source, target, 1 << 20)


def _entry(name: str, path: Path) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    entry.file_size = path.stat().st_size
    return entry


def write_croissant(snapshot: Sealed, file: BinaryIO) -> None:
    with tempfile.TemporaryDirectory() as place:
        lay_out(snapshot, Path(place))
        file.write((Path(place) / "croissant.json").read_bytes())


FORMAT = Format(
    name="huggingface",
    file="huggingface.zip",
    content_type="application/zip",
    about="Parquet with the configurations ratings, items and preferences, and a data card.",
    write=write,
)
CROISSANT = Format(
    name="croissant",
    file="croissant.json",
    content_type="application/ld+json",
    about="Croissant metadata of the Hugging Face data set, as search engines read it.",
    write=write_croissant,
)
