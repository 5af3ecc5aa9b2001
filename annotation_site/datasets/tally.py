"""Counts what lies on each side while it is written, and notes what leaks from one to another."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Final

from annotation_site.datasets.repeats import Repeats
from annotation_site.datasets.sides import Sides
from annotation_site.datasets.splits import SIDES

MOST_REPEATED: Final = 20
"""Captions that are named of those that all say the same."""
MOST_REPEATS: Final = 1000
"""Of such texts, how many are written down. The manifest counts them all."""

Row = dict[str, Any]


class Tally:
    """Rows pass through it on their way into the files."""

    def __init__(self, where: Sides) -> None:
        self._where = where
        self._repeats = Repeats()
        self.sides = {side: dict.fromkeys(("videos", "captions", "judgments"), 0) for side in SIDES}
        self.leaking = {
            "followed": len(where.followed),
            "straddling": len(where.straddling),
            "repeated": 0,
        }

    def of(self, what: str, rows: Iterable[tuple[str, Row]]) -> Iterator[Row]:
        """Count rows that come with the video they belong to."""
        for video, row in rows:
            self.sides[self._where.of[video]][what] += 1
            yield row

    def of_captions(self, rows: Iterable[tuple[str, Row]]) -> Iterator[Row]:
        for row in self.of("captions", rows):
            side = self._where.of[row["video"]]
            self._repeats.add(caption=row["caption"], text=row["text"], side=side)
            yield row

    def leaks(self) -> Iterator[Row]:
        """What might leak, a line each. Asked for when all captions have passed."""
        for one in self._where.followed:
            yield {"kind": "followed", **asdict(one)}
        for one in self._where.straddling:
            yield {"kind": "straddling", **asdict(one)}
        for captions in self._repeats.across():
            self.leaking["repeated"] += 1
            if self.leaking["repeated"] <= MOST_REPEATS:
                yield {"kind": "repeated", "captions": captions[:MOST_REPEATED]}
