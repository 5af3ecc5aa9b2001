"""Where files may be imported from without an upload: folders and buckets that the operator named.

A client says a name and a path below it, never an address or an absolute path.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from django.conf import settings

from annotation_site.common.refusals import Invalid, Missing, Refusal
from scorer.text import is_storable

LONGEST_PATH: Final = 1024


class NoSuchSource(Missing):
    """No source of that name is set up here."""


class BadPath(Invalid):
    """The path must lie below the source: names with slashes between, and no `..`."""


class SourceAway(Refusal):
    """The source cannot be read. Ask whoever runs this site; then import again."""

    status = 502


class UnreadableError(Exception):
    """This one file cannot be read, or not any more; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of a source."""

    path: str
    """From the source's root, with slashes."""
    size: int

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


class Source(Protocol):
    """Lists files and brings them here. Raises `SourceAway`."""

    def entries(self, below: str, *, after: str) -> Iterator[Entry]:
        """The files below a path whose own path sorts after the given one, in that order."""
        ...

    def fetch(self, entry: Entry, target: Path) -> None:
        """Copy the file. Raises `UnreadableError`."""
        ...


def names() -> list[tuple[str, str]]:
    """The sources by name, each a folder or a bucket."""
    folders = ((name, "folder") for name in settings.IMPORT_ROOTS)
    buckets = ((name, "bucket") for name in settings.IMPORT_BUCKETS)
    return sorted([*folders, *buckets])


def called(name: str) -> Source:
    from annotation_site.catalog.bucket import Bucket  # noqa: PLC0415 - large, and rarely wanted
    from annotation_site.catalog.folder import Folder  # noqa: PLC0415 - beside the other

    if name in settings.IMPORT_ROOTS:
        return Folder(Path(settings.IMPORT_ROOTS[name]))
    if name in settings.IMPORT_BUCKETS:
        return Bucket(settings.IMPORT_BUCKETS[name])
    raise NoSuchSource


def clean(path: str) -> str:
    """The path as it is kept: no slash at either end; blank for the whole source."""
    parts = [part for part in path.strip("/").split("/") if part]
    strange = len(path) > LONGEST_PATH or not is_storable(path) or "\\" in path
    if strange or path.startswith("/") or any(part in {".", ".."} for part in parts):
        raise BadPath
    return "/".join(parts)
