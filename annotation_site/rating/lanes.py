"""Which kind of item comes next: the queue has a lane for each, and a draw decides between them.

Rating is the main lane. Beside it run checks (gold and degraded twins), repeats, bridges between
two rubrics, and the random stratum, which is served whatever is urgent elsewhere. Where a project
asks for practice, nobody enters these lanes before they have qualified.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotation_site.accounts.models import User
from annotation_site.rating.models import Protocol, Purpose, Standing


class Task(StrEnum):
    """What an annotator sits down to do."""

    RATE = "rate"
    VOTE = "vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Some of the project's open items, and in which order they are served."""

    purposes: tuple[Purpose, ...]
    in_order: bool = False
    """As they are numbered, instead of each annotator's own order."""
    stratum: bool = False
    """Only the random stratum, blind to tiers."""


MAIN: Final = Lane(purposes=(Purpose.RATE,))
STRATUM: Final = Lane(purposes=(Purpose.RATE,), stratum=True)
CHECKS: Final = Lane(purposes=(Purpose.GOLD, Purpose.TWIN))
REPEATS: Final = Lane(purposes=(Purpose.REPEAT,))
PRACTICE: Final = Lane(purposes=(Purpose.PRACTICE,), in_order=True)
EXAM: Final = Lane(purposes=(Purpose.EXAM,), in_order=True)
VOTES: Final = Lane(purposes=(Purpose.VOTE,))
BRIDGES: Final = Lane(purposes=(Purpose.BRIDGE,))

BRIDGE_SHARE: Final = 0.25
"""Of claims, while there is a bridge: soon enough to be of use, and not in one row."""

PURPOSES: Final = {
    Task.RATE: tuple(purpose for purpose in Purpose if purpose != Purpose.VOTE),
    Task.VOTE: (Purpose.VOTE,),
}


def lanes(*, task: Task, protocol: Protocol, annotator: User, draw: float) -> tuple[Lane, ...]:
    """The lanes to try, in turn. `draw` is anything from 0 to 1, new for each claim."""
    if task == Task.VOTE:
        return (VOTES,)
    if not may_rate(protocol=protocol, annotator=annotator):
        return (PRACTICE, EXAM)
    return drawn(protocol, draw)


def drawn(protocol: Protocol, draw: float) -> tuple[Lane, ...]:
    """The lane that the draw falls on, then the main one, should that be empty.

    What is left of a bridge comes last. One waits for the main lane alone, which ends the list.
    """
    rest = (MAIN, BRIDGES, MAIN) if protocol.bridging else (MAIN,)
    for lane, share in (
        (CHECKS, protocol.check_share),
        (REPEATS, protocol.repeat_share),
        (BRIDGES, BRIDGE_SHARE if protocol.bridging else 0),
        (STRATUM, protocol.random_share),
    ):
        if draw < share:
            return (lane, *rest)
        draw -= share
    return rest


def may_rate(*, protocol: Protocol, annotator: User) -> bool:
    """Whether the annotator is through practice and qualification, where they are asked for."""
    if not protocol.practice_required:
        return True
    qualified = Standing.objects.filter(
        project_id=protocol.project_id, annotator=annotator, state=Standing.State.QUALIFIED
    )
    return qualified.exists()
