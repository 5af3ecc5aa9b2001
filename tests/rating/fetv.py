"""FETV's ratings in our form. What its four questions become is also in the how-to of imports.

Alignment is about what the text names: object. The fine-grained question is about aspects that
only some texts have: colours and quantities are features, speed, direction and order of events are
actions, camera view is camera; 0 where the text has none of them, the lowest where it has several.
Its answers are 1 to 3, the whole scale: 1, 3 and 5 here. Background was not asked, and the two
questions about the quality of the picture say nothing of the text: there are no answers to them.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = Path("fetv", "ratings.jsonl.gz")
ASPECTS = {
    "feature": ("color", "quantity"),
    "action": ("speed", "motion direction", "event order"),
    "camera": ("camera view",),
}
OF_THREE = {1: 1, 2: 3, 3: 5, 5: 5}
"""One answer out of thousands is a 5; it can mean nothing but the best."""


def rows(place: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(place / FILE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            fine = row["fine_grained_alignment"] or {}
            yield {
                "video": row["item"],
                "caption": row["prompt"],
                "source": "FETV's prompts",
                "annotator": row["rater"],
                "object": row["alignment"],
                **{ours: lowest(fine, theirs) for ours, theirs in ASPECTS.items()},
            }


def lowest(fine: dict[str, int], aspects: tuple[str, ...]) -> int:
    return min((OF_THREE[fine[aspect]] for aspect in aspects if aspect in fine), default=0)
