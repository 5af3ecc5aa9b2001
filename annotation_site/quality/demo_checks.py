"""The demo's checks: practice, qualification, gold and twins, made of what is true of its clips.

Which captions those are follows from the truth alone, so that each start finds its own again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption
from annotation_site.quality import checks, twins
from annotation_site.quality.models import Check
from annotation_site.rating.models import Purpose
from scorer.rubric import Dimension

WANTED: Final = {Purpose.PRACTICE: 12, Purpose.EXAM: 8, Purpose.GOLD: 8}
TWINS: Final = 10
SEED: Final = 7

MOVES: Final = {"still": "It does not move."}
FILMED: Final = {
    "static": "The camera is static.",
    "pan left": "The camera pans left.",
    "pan right": "The camera pans right.",
    "zoom in": "The camera zooms in.",
    "zoom out": "The camera zooms out.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a clip, and which levels a caption of it therefore deserves."""

    video: str
    source: str
    facts: Mapping[str, str]
    levels: dict[str, int]

    @property
    def shows(self) -> set[tuple[str, int]]:
        """Of which levels this caption is an example."""
        return set(self.levels.items())

    def notes(self) -> dict[str, str]:
        facts = self.facts
        return {
            Dimension.OBJECT.value: f"It is a {facts['shape']}, and nothing else.",
            Dimension.FEATURE.value: f"It is {facts['size']} and {facts['colour']}.",
            Dimension.ACTION.value: MOVES.get(facts["motion"], f"It moves {facts['motion']}."),
            Dimension.CAMERA.value: FILMED[facts["camera"]],
            Dimension.BACKGROUND.value: f"The wall is {facts['place']}, with {facts['texture']}.",
        }


def make(project: Project, truth: Path, *, now: datetime) -> int:
    """Make the checks that are not there yet; how many those were."""
    chosen = choose(list(read(truth)))
    there = set(
        Check.objects.filter(item__project=project, spoiled="").values_list(
            "item__purpose",
            "item__caption__captioner__name",
            "item__caption__video__names__name",
        )
    )
    missing = [(p, t) for p, t in chosen if (str(p), t.source, t.video) not in there]
    captions = _captions(project) if missing else {}
    for purpose, true in missing:
        checks.make(
            project=project,
            caption_id=captions[true.video, true.source],
            purpose=purpose,
            levels=true.levels,
            notes=true.notes(),
            by=None,
            now=now,
        )
    return len(missing) + _twins(project, now)


def read(path: Path) -> Iterator[Truth]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Truth(**json.loads(line))


def choose(truths: list[Truth]) -> list[tuple[Purpose, Truth]]:
    """For each purpose, captions that show as many different levels as possible.

    A small world is shared out: none of the purposes takes more than its part of it.
    """
    left, chosen = list(truths), []
    for purpose, wanted in WANTED.items():
        part = min(wanted, len(truths) * wanted // sum(WANTED.values()))
        chosen += [(purpose, true) for true in _varied(left, part)]
    return chosen


def _varied(left: list[Truth], count: int) -> Iterator[Truth]:
    """Take so many out, each time the one that shows most of what was not shown yet."""
    shown: set[tuple[str, int]] = set()
    for _ in range(count):
        best = max(left, key=lambda true: len(true.shows - shown))
        shown |= best.shows
        left.remove(best)
        yield best


def _twins(project: Project, now: datetime) -> int:
    there = Check.objects.filter(item__project=project).exclude(spoiled="").count()
    if there:
        return 0
    return twins.automatic(project=project, count=TWINS, seed=SEED, by=None, now=now).made


def _captions(project: Project) -> dict[tuple[str, str], int]:
    """The captions by the file name of their video and the name of their captioner."""
    rows = Caption.objects.filter(video__project=project, kind="detailed").order_by("-pk")
    named = rows.values_list("video__names__name", "captioner__name", "pk")
    return {(video, captioner): pk for video, captioner, pk in named}
