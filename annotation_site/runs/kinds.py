"""The kinds of run: which queue does them, and which runs each builds on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from annotation_site import queue
from annotation_site.runs.models import Kind


@dataclass(frozen=True, slots=True)
class Stage:
    """`parents` are the kinds whose results it reads; its snapshot is that of the first.

    `instead` are kinds that may be given in the place of a parent. `optional` are kinds that it
    reads only if they are given, and its snapshot is then none of theirs.
    """

    queue: str
    parents: tuple[Kind, ...] = ()
    instead: Mapping[Kind, Kind] = field(default_factory=dict)
    optional: tuple[Kind, ...] = ()


STAGES: Final[dict[Kind, Stage]] = {
    Kind.CAPTION: Stage(queue.GPU, optional=(Kind.FINETUNE, Kind.DISTILL)),
    Kind.SCORER: Stage(queue.GPU),
    Kind.SCORE: Stage(queue.GPU, (Kind.SCORER,)),
    Kind.SELECT: Stage(queue.CPU, (Kind.SCORE,)),
    Kind.FINETUNE: Stage(queue.GPU, (Kind.SELECT,)),
    Kind.EVALUATE: Stage(queue.GPU, (Kind.SCORER, Kind.FINETUNE), {Kind.DISTILL: Kind.FINETUNE}),
    Kind.DISTILL: Stage(queue.GPU, (Kind.FINETUNE,)),
}
"""A turn is no stage: no worker holds one."""

WHOLE_TURN: Final = Stage(queue.CPU, optional=(Kind.SCORER,))
"""What a turn builds on: on nothing, or on a scorer that has learnt already."""

TURN: Final = (Kind.SCORER, Kind.SCORE, Kind.SELECT, Kind.FINETUNE, Kind.EVALUATE)
"""The stages that a turn walks through, in their order."""


def built_on(kind: Kind) -> Stage:
    return STAGES.get(kind, WHOLE_TURN)
