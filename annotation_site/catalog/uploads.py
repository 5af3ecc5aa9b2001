"""Files that come in pieces, and go on where they were cut off.

A piece is there with the row that says so: both under the row's lock, so of two that come at once
for the same place one is refused. What a row does not speak of is written over.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from annotation_site.accounts.models import Project, User
from annotation_site.catalog import media
from annotation_site.catalog.models import Upload
from annotation_site.catalog.sources import Entry, UnreadableError
from annotation_site.common.refusals import Conflict, Invalid, Missing, Refusal

KEPT: Final = timedelta(days=2)
"""After the last piece."""
RESERVED: Final = timedelta(days=30)
"""After an import was asked for. When that ends, they go at once."""
QUOTA_BYTES: Final = 64 << 30
QUOTA_FILES: Final = 2000
_PREFIX: Final = "piecewise-"


class NoSuchUpload(Missing):
    """There is no such upload, or it was thrown away. Begin it again."""


class WrongOffset(Conflict):
    """This is not where the upload goes on. Ask how much of it is here."""


class WrongSum(Refusal):
    """What arrived is not what was sent. Send it again."""

    status = 460  # as the tus protocol has it


class TooMuch(Invalid):
    """This is more than the file was to have."""


class OverQuota(Refusal):
    """Too much is on its way into this project. Import what is here, or wait."""

    status = 413


class NotAllHere(Conflict):
    """Some of these files are not here in full."""


def begin(
    *, project: Project, by: User, name: str, size: int, sha256: str, now: datetime
) -> Upload:
    """Make room for a file. Raises `TooLarge` and `OverQuota`."""
    if size > media.MAX_BYTES:
        raise media.TooLarge
    reap(now=now)
    with transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        coming = Upload.objects.filter(project=project)
        total = coming.aggregate(total=Sum("size", default=0))["total"]
        if total + size > QUOTA_BYTES or coming.count() >= QUOTA_FILES:
            raise OverQuota
        upload = Upload.objects.create(
            project=project, by=by, name=name, size=size, sha256=sha256, expires_at=now + KEPT
        )
        path = _path(str(upload.pk))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return upload


def find(*, project: Project, upload: str) -> Upload:
    found = Upload.objects.filter(project=project, pk=upload).first()
    if found is None:
        raise NoSuchUpload
    return found


@transaction.atomic
def append(*, upload: Upload, offset: int, piece: bytes, now: datetime) -> Upload:
    """Add a piece where the upload goes on. Raises `WrongOffset`, `TooMuch`, and `WrongSum`."""
    locked = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if locked is None:
        raise NoSuchUpload
    if offset != locked.received:
        raise WrongOffset(offset=locked.received)
    if offset + len(piece) > locked.size:
        raise TooMuch
    path = _path(str(locked.pk))
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    locked.received += len(piece)
    if locked.is_whole:
        _verify(path, locked.sha256)
    locked.expires_at = now + KEPT
    locked.save(update_fields=["received", "expires_at"])
    return locked


def _verify(path: Path, sha256: str) -> None:
    """Refuse the last piece of a file that is not what it was to be."""
    if sha256:
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise WrongSum


def reserve(*, project: Project, ids: Sequence[str], now: datetime) -> list[str]:
    """Keep files for an import, and tell their names. Raises `NotAllHere`."""
    found = Upload.objects.filter(project=project, pk__in=ids).order_by("pk")
    whole = [upload.name for upload in found if upload.is_whole]
    if len(whole) != len(set(ids)):
        raise NotAllHere
    found.update(expires_at=now + RESERVED)
    return whole


def discard(*, project: Project, ids: Sequence[str]) -> None:
    """Throw uploads away, the files once the rows are gone for good."""
    Upload.objects.filter(project=project, pk__in=ids).delete()
    for one in ids:
        transaction.on_commit(partial(_path(one).unlink, missing_ok=True))


def reap(*, now: datetime) -> None:
    """Throw away what nobody went on with, and files that no row speaks of."""
    Upload.objects.filter(expires_at__lt=now).delete()
    known = {f"{_PREFIX}{pk.hex}" for pk in Upload.objects.values_list("pk", flat=True)}
    for path in _directory().glob(f"{_PREFIX}*"):
        touched = path.stat().st_mtime
        if path.name not in known and touched < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)


class Uploaded:
    """Uploads as a source of files, each below its id: two may have the same name."""

    def __init__(self, *, project: Project, ids: Sequence[str]) -> None:
        self._uploads = Upload.objects.filter(project=project, pk__in=ids).order_by("pk")

    def entries(self, below: str, *, after: str) -> Iterator[Entry]:
        for upload in self._uploads:
            path = f"{upload.pk}/{upload.name}"
            if path > after and path.startswith(below):
                yield Entry(path=path, size=upload.size)

    def fetch(self, entry: Entry, target: Path) -> None:
        try:
            os.link(_path(entry.path.partition("/")[0]), target)
        except FileNotFoundError as error:
            raise UnreadableError("It was thrown away.") from error


def _directory() -> Path:
    directory: Path = settings.DATA.uploads
    return directory


def _path(upload: str) -> Path:
    return _directory() / f"{_PREFIX}{upload.replace('-', '')}"
