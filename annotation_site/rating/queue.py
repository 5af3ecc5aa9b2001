"""The queue of what is to be rated, decided in Postgres alone, by its clock.

An item is lent to as many annotators as its overlap says and to no more, however many ask at once.
Nobody waits in a circle, as everybody locks in the same order: the membership, items by their
number, then slots. Whoever holds a slot without its item (a heartbeat) waits for nothing more.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import transaction

from annotation_site.accounts.access import Paused
from annotation_site.accounts.models import Project, User
from annotation_site.common import statements
from annotation_site.rating.lanes import PURPOSES, REPEATS, Lane, Task
from annotation_site.rating.models import Item
from annotation_site.rating.protocols import Terms
from annotation_site.rating.refusals import HoldsEnough

NEAR: Final = 32
"""Among how many items at the head of a lane each annotator has an order of their own."""
REPEAT_AFTER: Final = 20
"""Ratings of one's own that lie between an answer and its repeat, at the least."""
REPEAT_FROM: Final = 500
"""Ratings of one's own, before those, from which a repeat is drawn."""
MOST_HELD: Final = 3
"""Items of a task that one person may hold: one on its way back, one on screen, and one ahead."""

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
    LIMIT {near}
"""

# The items that are near were found without a lock: whether one is still open is asked again when
# it is held. Items that others are being lent at this moment are passed by.
_OPEN: Final = """
    SELECT item.id
    FROM rating_item item JOIN ({near}) near ON near.id = item.id
    WHERE item.n_open < item.overlap AND NOT item.withdrawn
    ORDER BY {order}
    LIMIT 1
    FOR NO KEY UPDATE OF item
"""
_PASSING_BY: Final = "SKIP LOCKED"
_OWN_ORDER: Final = "hashint8extended(item.id, %(annotator)s)"
# Where nothing else is left, everybody waits for items in the same order: one that turns out to be
# full stays locked while the next is waited for.
_WAITING_ORDER: Final = "item.id"

_THIS_ONE: Final = """
    SELECT item.id FROM rating_item item
    WHERE item.id = %(item)s AND item.n_open < item.overlap AND NOT item.withdrawn
    FOR NO KEY UPDATE
"""

# Who is lent an item again goes on by the terms of the first time: there may be a draft.
_LEND: Final = """
WITH candidate AS ({candidate}),
reserved AS (
    INSERT INTO rating_slot (
        item_id, annotator_id, state, leased_at, lease_until,
        late, skip_reason, evidence, signals, revision, swapped,
        rubric_version, watch_share, random_order
    )
    SELECT
        id, %(annotator)s, 'leased', statement_timestamp(),
        statement_timestamp() + make_interval(secs => %(lease)s),
        false, '', '{{}}', '[]', 0, %(swapping)s AND random() < 0.5,
        %(rubric_version)s, %(watch_share)s, %(random_order)s
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

# Two tabs of a person wait for each other here, so that both show the same caption. So does
# whoever pauses or removes somebody: nothing is lent to them afterwards.
_ONE_AT_A_TIME: Final = """
SELECT id FROM accounts_membership
WHERE project_id = %(project)s AND user_id = %(annotator)s AND paused_at IS NULL
ORDER BY id FOR NO KEY UPDATE
"""

_HELD: Final = """
    SELECT slot.id, slot.leased_at
    FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
    WHERE slot.annotator_id = %(annotator)s AND slot.state = 'leased'
        AND item.project_id = %(project)s AND NOT item.withdrawn
"""
# Which slot the annotator had last tells how far they have come: it changes with each that is lent.
_RENEW_OLDEST: Final = f"""
WITH held AS ({_HELD} AND item.purpose = ANY(%(purposes)s)),
renewed AS (
    UPDATE rating_slot
    SET lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
    WHERE state = 'leased' AND id = (
        SELECT id FROM held WHERE id <> ALL(%(beside)s::bigint[]) ORDER BY leased_at, id LIMIT 1
    )
    RETURNING id
)
SELECT
    (SELECT id FROM renewed),
    ARRAY(SELECT id FROM held ORDER BY id),
    coalesce((
        SELECT id FROM rating_slot WHERE annotator_id = %(annotator)s
        ORDER BY leased_at DESC LIMIT 1
    ), 0)
"""  # noqa: S608 - our own words

# A slot that is being answered or taken back at this moment is passed by: it is as good as over.
_RENEW_ALL: Final = f"""
UPDATE rating_slot
SET lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
FROM ({_HELD} FOR NO KEY UPDATE OF slot SKIP LOCKED) held
WHERE rating_slot.id = held.id
RETURNING rating_slot.id
"""  # noqa: S608 - our own words

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
    ORDER BY id FOR NO KEY UPDATE {passing_by}
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
    SELECT item.caption_id, item.withdrawn
    FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
    WHERE slot.annotator_id = %(annotator)s AND slot.state = 'submitted'
        AND item.project_id = %(project)s AND item.purpose = 'rate'
    ORDER BY slot.leased_at DESC LIMIT %(repeat_from)s OFFSET %(repeat_after)s
) item
WHERE NOT item.withdrawn
    AND NOT EXISTS (
        SELECT FROM rating_item again
        WHERE again.only_for_id = %(annotator)s AND again.caption_id = item.caption_id
    )
ORDER BY random() LIMIT 1
RETURNING id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Somebody who wants something to do, and on which terms it is lent to them."""

    project: Project
    annotator: User
    task: Task
    terms: Terms

    @property
    def facts(self) -> dict[str, Any]:
        return {
            **self.terms.facts,
            "project": self.project.pk,
            "annotator": self.annotator.pk,
            "swapping": self.task == Task.VOTE,
        }


def lend(
    asking: Asking, *, lanes: Callable[[int], Sequence[Lane]], beside: Collection[int] = ()
) -> int | None:
    """Give what the annotator holds and has not got beside it, or the next item. The slot's id.

    Several leases may be held, so that the page can prepare the next item while this one is rated.
    `lanes` is told the annotator's last slot, which says how far they have come.
    """
    for look in (_look_elsewhere, _look_everywhere, _wait):
        # Each look is a transaction of its own: an item that was locked only to be found closed is
        # let go before the next one, which may wait.
        with transaction.atomic():
            renewed, held, last = _held(asking, beside)
            if renewed is not None:
                return renewed
            if len(held) >= MOST_HELD:
                raise HoldsEnough(held=held)
            slot = look(asking.facts, lanes(last))
        if slot is not None:
            return slot
    return None


def _held(asking: Asking, beside: Collection[int]) -> tuple[int | None, list[int], int]:
    """Renew the oldest slot that is not beside. Its id, all that is held, and the last slot."""
    if not statements.run(_ONE_AT_A_TIME, asking.facts):
        raise Paused
    purposes = [str(purpose) for purpose in PURPOSES[asking.task]]
    given = {**asking.facts, "purposes": purposes, "beside": list(beside)}
    renewed, held, last = statements.run(_RENEW_OLDEST, given)[0]
    return renewed, held, last


def _look_elsewhere(facts: dict[str, Any], lanes: Sequence[Lane]) -> int | None:
    """Look in each lane for another video than the one that the annotator saw last."""
    for lane in lanes:
        slot = _lend_from(lane, facts, any_video=False)
        if slot is None and lane == REPEATS and _make_repeat(facts):
            slot = _lend_from(lane, facts, any_video=False)
        if slot is not None:
            return slot
    return None


def _look_everywhere(facts: dict[str, Any], lanes: Sequence[Lane]) -> int | None:
    """Look in each lane once more, now for any video: there is nothing else."""
    found = (_lend_from(lane, facts, any_video=True) for lane in lanes)
    return next((slot for slot in found if slot is not None), None)


def _lend_from(lane: Lane, facts: dict[str, Any], *, any_video: bool) -> int | None:
    # Who is served in order passes nothing by: no item that is held for a moment, and no video.
    statement = _LEND.format(candidate=_candidate(lane, passing_by=not lane.in_order))
    given = {**facts, "any_video": any_video or lane.in_order}
    return _first(statement, given)


def _wait(facts: dict[str, Any], lanes: Sequence[Lane]) -> int | None:
    """Wait for what is still open and is being lent to others at this moment."""
    statement = _LEND.format(candidate=_candidate(lanes[-1], passing_by=False))
    return _first(statement, {**facts, "any_video": True})


def _make_repeat(facts: dict[str, Any]) -> bool:
    """Open an old answer of the annotator's again, for them alone. Whether there was one."""
    given = {**facts, "repeat_after": REPEAT_AFTER, "repeat_from": REPEAT_FROM}
    return bool(statements.run(_REPEAT, given))


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
        near=NEAR,
        which=which,
        order="item.shuffle" if lane.stratum else "item.tier DESC, item.shuffle",
    )
    if lane.in_order:
        return _OPEN.format(near=near, order="near.shuffle")
    if not passing_by:
        return _OPEN.format(near=near, order=_WAITING_ORDER)
    order = _OWN_ORDER if lane.stratum else f"near.tier DESC, {_OWN_ORDER}"
    return f"{_OPEN.format(near=near, order=order)} {_PASSING_BY}"


@transaction.atomic
def lend_this(*, item: Item, annotator: User, terms: Terms) -> int | None:
    """Lend this very item, if it is open, or renew its lease. The slot's id, if any."""
    given = {**terms.facts, "annotator": annotator.pk, "item": item.pk, "swapping": False}
    lend = _LEND.format(candidate=_THIS_ONE)
    # Once more at the end: another tab of theirs may have got it while this one waited.
    tries = (_RENEW_THIS, lend, _RENEW_THIS)
    return next(filter(None, (_first(statement, given) for statement in tries)), None)


def renew(asking: Asking) -> list[int]:
    """Hold whatever the annotator holds in the project for another lease. The slots."""
    return [slot for (slot,) in statements.run(_RENEW_ALL, asking.facts)]


def expire() -> int:
    """Take back every place whose lease has run out, and count them."""
    return _take_back(_RUN_OUT, _PASSING_BY, {})


def expire_of(*, project: Project, annotator: User) -> int:
    """Take back the places of somebody who leaves the project, and count them.

    One that is being lent at this moment is passed by: its lease ends by itself.
    """
    return _take_back(_OF_A_LEAVER, _PASSING_BY, {"project": project.pk, "annotator": annotator.pk})


def _take_back(which: str, passing_by: str, given: dict[str, Any]) -> int:
    taken = statements.run(_EXPIRE.format(which=which, passing_by=passing_by), given)
    return sum(places for (places,) in taken)


def _first(statement: str, given: dict[str, Any]) -> int | None:
    rows = statements.run(statement, given)
    return int(rows[0][0]) if rows else None
