"""A folder on the server as a source of files. What leads out of it is not in it."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from annotation_site.catalog.sources import BadPath, Entry, SourceAway, UnreadableError


class Folder:
    """The files of a folder. Names that begin with a dot are nobody's business."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def entries(self, below: str, *, after: str) -> Iterator[Entry]:
        start = (self._root / below).resolve()
        if not start.is_relative_to(self._root):
            raise BadPath
        if not start.is_dir():
            raise SourceAway(f'There is no folder "{below}" in this source.')
        yield from self._sorted(start, after)

    def _sorted(self, start: Path, after: str) -> Iterator[Entry]:
        """By their whole path, as a bucket sorts: the paths of many files, and nothing else."""
        paths = sorted(
            (Path(directory) / name).relative_to(self._root).as_posix()
            for directory, below, files in os.walk(start)
            for name in self._visible(below, files)
        )
        for path in paths:
            if path > after and _is_text(path):
                yield Entry(path=path, size=(self._root / path).lstat().st_size)

    @staticmethod
    def _visible(below: list[str], files: list[str]) -> list[str]:
        below[:] = [name for name in below if not name.startswith(".")]
        return [name for name in files if not name.startswith(".")]

    def fetch(self, entry: Entry, target: Path) -> None:
        try:
            descriptor = os.open(self._root / entry.path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise UnreadableError(f"The file cannot be opened: {error.strerror}.") from error
        with open(descriptor, "rb") as file, target.open("xb") as copy:  # noqa: PTH123 - a descriptor
            # What is open, not what the path says: a link may be changed between two looks.
            if not Path(f"/proc/self/fd/{descriptor}").resolve().is_relative_to(self._root):
                raise UnreadableError("This is a link that leads out of the source.")
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableError("This is no file.")
            shutil.copyfileobj(file, copy)


def _is_text(path: str) -> bool:
    """Some bytes on a disk are no characters, and cannot be kept as a name."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
