"""The queue of what is to be rated, decided in Postgres alone, by its clock.

An item is lent to as many annotators as its overlap says and to no more, however many ask at once.
Nobody waits in a circle: who waits for an item holds nothing that others wait for, and whoever
holds a slot without its item (a heartbeat) waits for nothing more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection, transaction

from annotation_site.accounts.models import Project, User
from annotation_site.rating.lanes import PURPOSES, REPEATS, Lane, Task
from annotation_site.rating.models import Item
from annotation_site.rating.refusals import HoldsEnough

NEAR: Final = 32
"""Among how many items at the head of a lane each annotator has an order of their own."""
REPEAT_AFTER: Final = 20
"""Slots of one's own that lie between an answer and its repeat, at the least."""
REPEAT_FROM: Final = 500
"""Slots of one's own, before those, from which a repeat is drawn."""

# The index `item_queue` holds the open items in the order of a lane, `item_random_stratum` those of
# the stratum. OFFSET 0 keeps Postgres from turning the two look-ups into joins, and + 0 from
# looking through all that the annotator has done: with statistics from before a project grew, it
# would compare everything with everything.
_NEAR: Final = """
    SELECT item.id, item.tier, item.shuffle
    FROM rating_item item
    WHERE item.project_id = %(project)s AND {which}
        AND item.n_open < item.overlap AND NOT item.withdrawn
        AND NOT EXISTS (
            SELECT FROM rating_slot slot
            WHERE slot.item_id = item.id AND slot.annotator_id + 0 = %(annotator)s
                AND slot.state <> 'expired'
            OFFSET 0
        )
        AND (%(any_video)s OR NOT EXISTS (
            SELECT FROM catalog_caption caption
            WHERE caption.id = item.caption_id AND caption.video_id = (
                SELECT before.video_id
                FROM rating_slot slot
                JOIN rating_item item ON item.id = slot.item_id
                JOIN catalog_caption before ON before.id = item.caption_id
                WHERE slot.annotator_id = %(annotator)s
                ORDER BY slot.leased_at DESC
                LIMIT 1
            )
            OFFSET 0
        ))
    ORDER BY {order}
    LIMIT %(near)s
"""

# The items that are near were found without a lock: whether one is still open is asked again when
# it is held. Each annotator goes through them in an order that is theirs.
_OPEN: Final = """
    SELECT item.id
    FROM rating_item item JOIN ({near}) near ON near.id = item.id
    WHERE item.n_open < item.overlap AND NOT item.withdrawn
    ORDER BY {tier} CASE WHEN %(in_order)s THEN 0
        ELSE hashint8extended(item.id, %(annotator)s) END, near.shuffle
    LIMIT 1
    FOR NO KEY UPDATE OF item
"""
# Items that others are being lent at this moment are passed by, unless nothing else is left.
_PASSING_BY: Final = "SKIP LOCKED"

_THIS_ONE: Final = """
    SELECT item.id FROM rating_item item
    WHERE item.id = %(item)s AND item.n_open < item.overlap AND NOT item.withdrawn
    FOR NO KEY UPDATE
"""

_LEND: Final = """
WITH candidate AS ({candidate}),
reserved AS (
    INSERT INTO rating_slot (
        item_id, annotator_id, state, leased_at, lease_until,
        late, skip_reason, evidence, signals, revision, swapped
    )
    SELECT
        id, %(annotator)s, 'leased', statement_timestamp(),
        statement_timestamp() + make_interval(secs => %(lease)s),
        false, '', '{{}}', '[]', 0, %(swapping)s AND random() < 0.5
    FROM candidate
    ON CONFLICT (item_id, annotator_id) DO UPDATE
    SET state = 'leased', leased_at = excluded.leased_at, lease_until = excluded.lease_until
    WHERE rating_slot.state = 'expired'
    RETURNING id, item_id
)
UPDATE rating_item SET n_open = n_open + 1
FROM reserved WHERE rating_item.id = reserved.item_id
RETURNING reserved.id
"""

# Two tabs of a person wait for each other here, so that both show the same caption.
_ONE_AT_A_TIME: Final = """
SELECT id FROM accounts_membership
WHERE project_id = %(project)s AND user_id = %(annotator)s
ORDER BY id FOR NO KEY UPDATE
"""

_RENEW: Final = """
UPDATE rating_slot
SET lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
FROM rating_item item
WHERE item.id = rating_slot.item_id AND item.project_id = %(project)s AND NOT item.withdrawn
    AND rating_slot.annotator_id = %(annotator)s AND rating_slot.state = 'leased'
RETURNING rating_slot.id, rating_slot.leased_at, item.purpose
"""

_RENEW_THIS: Final = """
UPDATE rating_slot
SET lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
WHERE item_id = %(item)s AND annotator_id = %(annotator)s AND state = 'leased'
RETURNING id
"""

_EXPIRE: Final = """
WITH held AS (
    SELECT id FROM rating_item
    WHERE id IN (SELECT item_id FROM rating_slot WHERE state = 'leased' AND {which})
    FOR NO KEY UPDATE {passing_by}
),
expired AS (
    UPDATE rating_slot SET state = 'expired', lease_until = NULL
    FROM held
    WHERE rating_slot.item_id = held.id AND rating_slot.state = 'leased' AND {which}
    RETURNING rating_slot.item_id
),
freed AS (SELECT item_id, count(*) AS places FROM expired GROUP BY item_id)
UPDATE rating_item SET n_open = n_open - freed.places
FROM freed WHERE rating_item.id = freed.item_id
RETURNING freed.places
"""
_RUN_OUT: Final = "rating_slot.lease_until < statement_timestamp()"
_OF_A_LEAVER: Final = """
    rating_slot.annotator_id = %(annotator)s AND rating_slot.item_id IN (
        SELECT id FROM rating_item WHERE project_id = %(project)s
    )
"""

_REPEAT: Final = """
INSERT INTO rating_item (
    project_id, purpose, caption_id, text, only_for_id, tier, tier_reason, shuffle,
    overlap, n_open, n_done, withdrawn
)
SELECT %(project)s, 'repeat', item.caption_id, '', %(annotator)s, 0, 'self-consistency', random(),
    1, 0, 0, false
FROM (
    SELECT item_id, state FROM rating_slot WHERE annotator_id = %(annotator)s
    ORDER BY leased_at DESC LIMIT %(repeat_from)s OFFSET %(repeat_after)s
) earlier
JOIN rating_item item ON item.id = earlier.item_id
WHERE earlier.state = 'submitted' AND item.project_id = %(project)s AND item.purpose = 'rate'
    AND NOT item.withdrawn
    AND NOT EXISTS (
        SELECT FROM rating_item again
        WHERE again.only_for_id = %(annotator)s AND again.caption_id = item.caption_id
    )
ORDER BY random() LIMIT 1
RETURNING id
"""


MOST_HELD: Final = 4
"""Items of a task that one person may hold: one on screen, one ahead, and what is on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody who wants something to do, and for how many seconds it is lent to them."""

    project: Project
    annotator: User
    task: Task
    lease: int

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "project": self.project.pk,
            "annotator": self.annotator.pk,
            "lease": self.lease,
            "swapping": self.task == Task.VOTE,
        }


@transaction.atomic
def lend(asking: Asking, *, lanes: Sequence[Lane], beside: Collection[int] = ()) -> int | None:
    """Give what the annotator holds and has not got beside it, or the next item. The slot's id.

    Several leases may be held, so that the page can prepare the next item while this one is rated.
    """
    _execute(_ONE_AT_A_TIME, asking.facts)
    held = [
        (leased_at, slot)
        for slot, leased_at, purpose in _execute(_RENEW, asking.facts)
        if purpose in PURPOSES[asking.task]
    ]
    if unseen := [(leased_at, slot) for leased_at, slot in held if slot not in beside]:
        return int(min(unseen)[1])
    if len(held) >= MOST_HELD:
        raise HoldsEnough(held=sorted(slot for _, slot in held))
    return _lend_next(asking.facts, lanes)


def _lend_next(facts: dict[str, Any], lanes: Sequence[Lane]) -> int | None:
    """Look in each lane, at first without the video that the annotator saw last."""
    for any_video, passing_by in ((False, True), (True, True), (True, False)):
        for lane in lanes:
            statement = _LEND.format(candidate=_candidate(lane, passing_by=passing_by))
            given = {**facts, "any_video": any_video, "in_order": lane.in_order, "near": NEAR}
            slot = _first(statement, given)
            if slot is None and lane == REPEATS and not any_video and _make_repeat(facts):
                slot = _first(statement, given)
            if slot is not None:
                return slot
    return None


def _make_repeat(facts: dict[str, Any]) -> bool:
    """Open an old answer of the annotator's again, for them alone. Whether there was one."""
    given = {**facts, "repeat_after": REPEAT_AFTER, "repeat_from": REPEAT_FROM}
    return bool(_execute(_REPEAT, given))


@cache
def _candidate(lane: Lane, *, passing_by: bool) -> str:
    """The statement that finds the next item of a lane. All that varies in it is our own words."""
    purposes = ", ".join(f"'{purpose}'" for purpose in lane.purposes)
    which = f"item.purpose IN ({purposes})"
    if lane == REPEATS:
        which += " AND item.only_for_id = %(annotator)s"
    if lane.stratum:
        which += " AND item.inclusion IS NOT NULL"
    near = _NEAR.format(
        which=which, order="item.shuffle" if lane.stratum else "item.tier DESC, item.shuffle"
    )
    found = _OPEN.format(near=near, tier="" if lane.stratum else "near.tier DESC,")
    return f"{found} {_PASSING_BY}" if passing_by else found


@transaction.atomic
def lend_this(*, item: Item, annotator: User, lease: int) -> int | None:
    """Lend this very item, if it is open, or renew its lease. The slot's id, if any."""
    given = {"annotator": annotator.pk, "lease": lease, "item": item.pk, "swapping": False}
    return _first(_RENEW_THIS, given) or _first(_LEND.format(candidate=_THIS_ONE), given)


def renew(asking: Asking) -> list[int]:
    """Hold whatever the annotator holds in the project for another lease. The slots."""
    return [slot for slot, *_ in _execute(_RENEW, asking.facts)]


def expire() -> int:
    """Take back every place whose lease has run out, and count them."""
    return _take_back(_RUN_OUT, _PASSING_BY, {})


def expire_of(*, project: Project, annotator: User) -> int:
    """Take back every place of somebody who leaves the project, and count them."""
    return _take_back(_OF_A_LEAVER, "", {"project": project.pk, "annotator": annotator.pk})


def _take_back(which: str, passing_by: str, given: dict[str, Any]) -> int:
    taken = _execute(_EXPIRE.format(which=which, passing_by=passing_by), given)
    return sum(places for (places,) in taken)


def _first(statement: str, given: dict[str, Any]) -> int | None:
    rows = _execute(statement, given)
    return int(rows[0][0]) if rows else None


def _execute(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
