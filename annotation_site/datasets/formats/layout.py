"""Lays a data set out in a directory, as the Hugging Face hub has them."""

import shutil
from pathlib import Path

from annotation_site.datasets.formats import card, croissant, tables
from annotation_site.datasets.reading import Sealed
from scorer import manifest


def lay_out(snapshot: Sealed, directory: Path) -> None:
    """Write the data set into an empty directory."""
    files = tables.write(snapshot, directory)
    digest = manifest.digest(snapshot.directory)
    shutil.copyfile(snapshot.directory / manifest.NAME, directory / "snapshot.json")
    croissant_text = croissant.described(snapshot.manifest, digest, files)
    (directory / "croissant.json").write_text(croissant_text, encoding="utf-8")
    card_text = card.written(snapshot.manifest, digest, files, list(snapshot.rubrics()))
    (directory / "README.md").write_text(card_text, encoding="utf-8")
