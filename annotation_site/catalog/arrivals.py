"""Files that wait for their import, and what became of each of their lines.

Each has a directory under a name of our own: what people call their files never becomes a path.
"""

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from django.conf import settings

from annotation_site.catalog.captions import Fate, OnFate

SOURCE: Final = "source"
REPORT: Final = "report.jsonl"
_BLOCK: Final = 1 << 16


def _place(token: str) -> Path:
    imports: Path = settings.DATA.imports
    return imports / uuid.UUID(token).hex


def keep(file: Path) -> str:
    """Keep a copy of the file, and name it. Whole or not at all: a worker opens it by this name."""
    token = uuid.uuid4().hex
    place = _place(token)
    place.mkdir(parents=True)
    shutil.copyfile(file, place / SOURCE)
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


def report(token: str, *, outcome: str = "") -> Iterator[bytes] | None:
    """The report, a block of lines at a time, of one outcome alone if it is named; None before."""
    path = _place(token) / REPORT
    return _blocks(path, outcome) if path.is_file() else None


def _blocks(path: Path, outcome: str) -> Iterator[bytes]:
    wanted = f'"outcome": "{outcome}'.encode()
    with path.open("rb") as lines:
        while block := lines.readlines(_BLOCK):
            yield b"".join(line for line in block if not outcome or wanted in line)
