"""Files of one JSON object a line, written whole or not at all."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from scorer.manifest import canonical


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Several may write the same file at once: each writes it whole, and the last one stays."""
    partial = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.writelines(f"{canonical(line)}\n" for line in lines)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
