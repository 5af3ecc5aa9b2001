"""Where exports are kept: each is made once from its snapshot, sealed, and never changes again."""

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from annotation_site.datasets.formats.format import Format
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.publishing import publish
from annotation_site.datasets.reading import Sealed
from scorer import manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished file."""

    path: Path
    bytes: int
    sha256: str

    @property
    def manifest(self) -> Path:
        return self.path.with_name(manifest.NAME)


def place_of(snapshot: Snapshot, form: Format) -> Path:
    exports: Path = settings.DATA.exports
    return exports / snapshot.digest / f"{form.name}-{form.version}"


def find(snapshot: Snapshot, form: Format) -> Export | None:
    """The export, if it was made."""
    place = place_of(snapshot, form)
    try:
        facts = manifest.read(place)["files"][form.file]
    except manifest.Unsealed:
        return None
    return Export(path=place / form.file, bytes=facts["bytes"], sha256=facts["sha256"])


def make(snapshot: Snapshot, form: Format, *, on_line: Callable[[], None] = lambda: None) -> Export:
    """The export, made unless it was. `on_line` stops the making by raising, and nothing is left.

    Two that make it at once make the same; one of them is kept.
    """
    if found := find(snapshot, form):
        return found
    place = place_of(snapshot, form)
    partial = place.with_name(f".partial-{secrets.token_hex(8)}")
    partial.mkdir(parents=True)
    try:
        with (partial / form.file).open("w+b") as file:
            form.write(Sealed(snapshot.directory, on_line=on_line), file)
            file.flush()
            os.fsync(file.fileno())
        about = {"form": form.name, "version": form.version, "snapshot": snapshot.digest}
        manifest.seal(partial, {"format": "crest.export/1", **about})
        publish(partial, place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    made = find(snapshot, form)
    assert made is not None  # noqa: S101 - it is in its place now
    return made
