"""Where a video's files lie, and how they get there: whole, or not at all.

A directory is named by the hash of the file that came in, so names that people chose never become
paths, and a file that two projects share is kept once.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

CHUNK = 1 << 20
ABANDONED = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A copy of what came in."""

    sha256: str
    size: int


def directory_of(sha256: str) -> Path:
    """Name the directory of the files of this content, whether they are there or not."""
    media: Path = settings.DATA.media
    return media / sha256[:2] / sha256


@contextmanager
def workplace() -> Iterator[Path]:
    """Lend an empty directory on the disk of the media; whatever stays in it is thrown away."""
    uploads: Path = settings.DATA.uploads
    uploads.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=uploads) as outer:
        inner = Path(outer) / "files"
        inner.mkdir()
        yield inner


def sweep(*, now: datetime) -> None:
    """Throw away what was left by a process that was killed at its work."""
    uploads: Path = settings.DATA.uploads
    for left in uploads.glob("*/"):
        touched = datetime.fromtimestamp(left.stat().st_mtime, tz=UTC)
        if now - touched > ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def receive(path: Path, target: Path) -> Received:
    """Copy the file while its hash is taken: what is published is what was named."""
    digest = hashlib.sha256()
    with path.open("rb") as source, target.open("xb") as copy:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        return Received(sha256=digest.hexdigest(), size=copy.tell())


def publish(prepared: Path, sha256: str) -> None:
    """Put the finished directory in its place, unless the same content got there first."""
    for file in prepared.iterdir():
        _sync(file)
    _sync(prepared)
    place = directory_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        prepared.rename(place)
    except OSError:
        if not place.is_dir():
            raise
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
