"""Files that wait for their import, and what became of each of their lines.

Each has a directory under a name of our own: what people call their files never becomes a path.
"""

import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from annotation_site.catalog.captions import Fate, OnFate
from annotation_site.catalog.storage import ABANDONED

SOURCE: Final = "source"
REPORT: Final = "report.jsonl"
_BLOCK: Final = 1 << 16


def _place(token: str) -> Path:
    imports: Path = settings.DATA.imports
    return imports / uuid.UUID(token).hex


MAX_BYTES: Final = 256 << 20
"""Of a file of captions or ratings."""


def open_account() -> str:
    """Make room for the report of an import that has no file of its own, and name it."""
    token = uuid.uuid4().hex
    _place(token).mkdir(parents=True)
    return token


def keep(file: Path) -> str:
    """Keep a copy of the file, and name it. Whole or not at all: a worker opens it by this name."""
    token = open_account()
    shutil.copyfile(file, _place(token) / SOURCE)
    return token


@contextmanager
def opened(token: str) -> Iterator[IO[bytes]]:
    with (_place(token) / SOURCE).open("rb") as file:
        yield file


def forget(token: str) -> None:
    """Throw the file away, once it is imported or refused. The report stays."""
    (_place(token) / SOURCE).unlink(missing_ok=True)


@contextmanager
def reporting(token: str) -> Iterator[OnFate]:
    """Write down what becomes of each line. It is there for others to read when all is told."""
    path = _place(token) / REPORT
    written = path.with_suffix(".part")
    with written.open("w", encoding="utf-8") as report:

        def tell(fate: Fate) -> None:
            line = {"line": fate.line, "outcome": fate.outcome, "reason": fate.reason}
            report.write(json.dumps(line, ensure_ascii=False) + "\n")

        yield tell
    written.rename(path)


class Account:
    """A report that is written over several attempts: each begins where the last was safe."""

    def __init__(self, token: str, *, safe: int) -> None:
        """`safe` is the length, in bytes, of what is not to be written again."""
        self._path = _place(token) / REPORT
        self._part = self._path.with_suffix(".part")
        if self._path.is_file():  # it was told to the end, and its worker died right after
            self._path.rename(self._part)
        self._part.touch()
        os.truncate(self._part, min(safe, self._part.stat().st_size))

    def write(self, line: Mapping[str, object]) -> int:
        """Add a line, and tell how long the report is with it."""
        with self._part.open("a", encoding="utf-8") as part:
            part.write(json.dumps(line, ensure_ascii=False) + "\n")
        return self._part.stat().st_size

    def close(self) -> None:
        """Let others read it."""
        self._part.rename(self._path)


def sweep(*, known: Collection[str], waiting: Collection[str], now: datetime) -> None:
    """Throw away what no import speaks of, and the files of those that have ended."""
    imports: Path = settings.DATA.imports
    for place in imports.glob("*/"):
        if now - datetime.fromtimestamp(place.stat().st_mtime, tz=UTC) < ABANDONED:
            continue  # its import may only be about to be written down
        if place.name not in known:
            shutil.rmtree(place, ignore_errors=True)
        elif place.name not in waiting:
            (place / SOURCE).unlink(missing_ok=True)


def report(token: str, *, outcome: str = "") -> Iterator[bytes] | None:
    """The report, a block of lines at a time, of one outcome alone if it is named; None before."""
    path = _place(token) / REPORT
    return _blocks(path, outcome) if path.is_file() else None


def _blocks(path: Path, outcome: str) -> Iterator[bytes]:
    wanted = f'"outcome": "{outcome}'.encode()
    with path.open("rb") as lines:
        while block := lines.readlines(_BLOCK):
            yield b"".join(line for line in block if not outcome or wanted in line)
