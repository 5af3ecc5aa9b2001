"""Files of one JSON object a line, written whole or not at all."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scorer.manifest import canonical


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.writelines(f"{canonical(line)}\n" for line in lines)
    partial.replace(path)


def read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
