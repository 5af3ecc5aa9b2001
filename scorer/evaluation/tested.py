"""What a scorer said of the captions it was tested on, kept so that it can be compared later.

One JSON line a caption. A rival that learns from more ratings is tested on the same videos, for a
video never changes sides: what both were tested on is the frozen test.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from scorer.evaluation.columns import Judged
from scorer.levels import Score
from scorer.manifest import canonical
from scorer.rubric import Dimension
from scorer.snapshot import Snapshot

FILE: Final = "tested.jsonl"


def write(path: Path, judged: Iterable[Judged]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for score, example in judged:
            said = {d.value: list(p) for d, p in score.probabilities.items()}
            line = {"caption": example.caption.id, "probabilities": said}
            file.write(f"{canonical(line)}\n")


def read(path: Path) -> dict[int, Score]:
    """The scores by the captions' ids."""
    with path.open(encoding="utf-8") as file:
        return {line["caption"]: _score(line["probabilities"]) for line in map(json.loads, file)}


def against_people(said: Mapping[int, Score], frozen: Snapshot) -> list[Judged]:
    """Beside the votes of a snapshot's test split, which may be later ones."""
    return [
        (said[example.caption.id], example)
        for examples in frozen.examples("test").values()
        for example in examples
        if example.caption.id in said
    ]


def _score(probabilities: Mapping[str, list[float]]) -> Score:
    return Score({Dimension(name): tuple(levels) for name, levels in probabilities.items()})
