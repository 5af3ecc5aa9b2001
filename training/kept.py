"""Pieces of work that are done, kept for the attempt that comes after a kill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import jsonl

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """Files of lines in a directory, each named by the content that it is about."""

    directory: Path

    def read(self, name: str) -> list[Line] | None:
        path = self._path(name)
        return list(jsonl.read(path)) if path.is_file() else None

    def write(self, name: str, lines: Iterable[Mapping[str, Any]]) -> list[Line]:
        """The lines as they will be read after a restart, so that no attempt differs."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        jsonl.write(path, lines)
        return list(jsonl.read(path))

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.directory / f"{name}.jsonl"
