"""What changed from one snapshot to another: both are sorted, so they are read side by side."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from annotation_site.datasets.reading import Row, Sealed

Key = tuple[Any, ...]
Change = dict[str, Any]

CHANGES: Final = ("added", "removed", "changed")


def judgment_key(row: Row) -> Key:
    return row["caption"], int(row["annotator"][1:]), row["dimension"]


def caption_key(row: Row) -> Key:
    return (row["caption"],)


def video_key(row: Row) -> Key:
    return (row["video"],)


KEYS: Final[dict[str, Callable[[Row], Key]]] = {
    "videos": video_key,
    "captions": caption_key,
    "judgments": judgment_key,
}
"""What identifies a row of each file, and how the file is sorted."""


def changes(before: Sealed, after: Sealed) -> Iterator[Change]:
    """Each row that was added, removed or changed, with what it was and what it is."""
    for name, key in KEYS.items():
        if _digest(before, name) != _digest(after, name):
            yield from _changes(name, key, before, after)


def counts(before: Sealed, after: Sealed) -> dict[str, Any]:
    """How many of each, and how many videos went from one side to another."""
    found: Counter[tuple[str, str]] = Counter()
    moves: Counter[tuple[str, str]] = Counter()
    for one in changes(before, after):
        found[one["of"], one["change"]] += 1
        if is_move(one):
            moves[one["before"]["split"], one["after"]["split"]] += 1
    return {
        **{name: {change: found[name, change] for change in CHANGES} for name in KEYS},
        "moves": [
            {"before": was, "after": now, "videos": number}
            for (was, now), number in sorted(moves.items())
        ],
    }


def is_move(change: Change) -> bool:
    """Whether it is a video that is on another side now."""
    if change["of"] != "videos" or change["change"] != "changed":
        return False
    moved: bool = change["before"]["split"] != change["after"]["split"]
    return moved


def _digest(snapshot: Sealed, name: str) -> str:
    digest: str = snapshot.manifest["files"][f"{name}.jsonl"]["sha256"]
    return digest


def _changes(
    name: str, key: Callable[[Row], Key], before: Sealed, after: Sealed
) -> Iterator[Change]:
    for was, now in _paired(_path(before, name), _path(after, name), key):
        change = "added" if was is None else "removed" if now is None else "changed"
        yield {"of": name, "change": change, "before": was, "after": now}


def _path(snapshot: Sealed, name: str) -> Path:
    return snapshot.directory / f"{name}.jsonl"


def _paired(
    before: Path, after: Path, key: Callable[[Row], Key]
) -> Iterator[tuple[Row | None, Row | None]]:
    """The rows that differ, with the row of the same key in the other file.

    Equal lines are passed over unread: most are.
    """
    with before.open(encoding="utf-8") as old, after.open(encoding="utf-8") as new:
        was, now = next(old, ""), next(new, "")
        while was or now:
            if was == now:
                was, now = next(old, ""), next(new, "")
                continue
            old_row, new_row = _row(was), _row(now)
            if new_row is None or (old_row is not None and key(old_row) < key(new_row)):
                yield old_row, None
                was = next(old, "")
            elif old_row is None or key(new_row) < key(old_row):
                yield None, new_row
                now = next(new, "")
            else:
                yield old_row, new_row
                was, now = next(old, ""), next(new, "")


def _row(line: str) -> Row | None:
    return json.loads(line) if line else None
