"""The files of finished runs: only what was registered when the run ended can be reached."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from annotation_site.runs.models import Run
from annotation_site.runs.refusals import NoSuchFile

BLOCK: Final = 2**18


class Damaged(NoSuchFile):
    """The file on the disk is not the one that the run left."""


def published(run: Run, name: str) -> Path:
    """Where a registered file lies. The name is looked up, never joined to a path unseen."""
    artifact = run.artifacts.filter(name=name).first()
    if artifact is None:
        raise NoSuchFile
    path = run.directory / artifact.name
    if not path.is_file() or path.stat().st_size != artifact.bytes:
        raise Damaged
    return path


def blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
