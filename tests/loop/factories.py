"""Scorers that have learnt and were tested, over a real snapshot of ratings."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from annotation_site.accounts.models import Project
from annotation_site.datasets import services as datasets
from annotation_site.datasets.models import Snapshot
from annotation_site.runs.models import Kind, Run
from scorer.evaluation import tested
from scorer.rubric import Dimension
from tests.runs.factories import THEN, rate_something, succeeded

CURVE = [
    {"judgments": 5 * n, "srcc": 0.9 - 2 / n**0.5, "videos": n, "captions": n}
    for n in (25, 100, 400)
]


def rate_much(project: Project, captions: int = 60) -> dict[int, int]:
    """Each caption with the level that it was given on every dimension.

    Which videos are held out follows from their content, so that is the same in every test.
    """
    given = {}
    for number in range(before := project.videos.count(), before + captions):
        sha256 = hashlib.sha256(f"clip {number}".encode()).hexdigest()
        level = 1 + number % 5
        item = rate_something(project, level, caption__video__sha256=sha256)
        given[item.caption_id] = level
    return given


def frozen(project: Project) -> Snapshot:
    return datasets.freeze_or_find(project=project, by=None, now=THEN)[0]


def scorer(
    snapshot: Snapshot,
    captions: Mapping[int, int],
    says: Callable[[int, Dimension], int] = lambda level, _: level,
    **result: Any,
) -> Run:
    """Sure of one level, by that which people gave the caption; without a word, of theirs.

    Of each third caption it knows nothing, so that its figures vary from draw to draw.
    """
    lines = (
        {
            "caption": caption,
            "probabilities": {d: _sure(says(level if number % 3 else 3, d)) for d in Dimension},
        }
        for number, (caption, level) in enumerate(captions.items())
    )
    text = "".join(json.dumps(line) + "\n" for line in lines)
    run = succeeded(Kind.SCORER, snapshot, {"scorer.json": "{}", tested.FILE: text})
    run.result = {"curve": CURVE, "train_judgments": 2000, **result}
    run.save()
    return run


def _sure(level: int) -> list[float]:
    return [float(each == level) for each in range(6)]


def upside_down(level: int, _: Dimension) -> int:
    """The better people find it, the worse it says it is."""
    return 6 - level


def wrong_of_the_camera(level: int, dimension: Dimension) -> int:
    return upside_down(level, dimension) if dimension == Dimension.CAMERA else level
