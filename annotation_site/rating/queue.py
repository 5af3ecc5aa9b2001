"""The queue of what is to be rated, decided in Postgres alone, by its clock.

An item is lent to as many annotators as its overlap says and to no more, however many ask at once.
Nobody waits in a circle: who waits for an item holds nothing that others wait for, and whoever
holds a slot without its item (a heartbeat) waits for nothing more.
"""

from typing import Any, Final

from django.db import connection, transaction

from annotation_site.accounts.models import Membership, Project, User
from annotation_site.rating.models import Item, Slot

# The index `item_queue` holds exactly these items in exactly this order. OFFSET 0 keeps Postgres
# from turning the two look-ups into joins, and + 0 from looking through all that the annotator has
# done: with statistics from before a project grew, it would compare everything with everything.
_OPEN: Final = """
    SELECT item.id
    FROM rating_item item
    WHERE item.project_id = %(project)s AND item.purpose = 'rate'
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
    ORDER BY item.tier DESC, item.shuffle
    LIMIT 1
    FOR NO KEY UPDATE OF item
"""
# Items that others are being lent at this moment are passed by, unless nothing else is left.
_OPEN_AND_FREE: Final = f"{_OPEN} SKIP LOCKED"

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
        false, '', '{{}}', '[]', 0, false
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

_RENEW: Final = """
UPDATE rating_slot
SET lease_until = statement_timestamp() + make_interval(secs => %(lease)s)
WHERE state = 'leased' AND id = (
    SELECT slot.id
    FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
    WHERE slot.annotator_id = %(annotator)s AND item.project_id = %(project)s
        AND slot.state = 'leased' AND {which}
    ORDER BY slot.leased_at DESC
    LIMIT 1
)
RETURNING id
"""

_EXPIRE: Final = """
WITH held AS (
    SELECT id FROM rating_item
    WHERE id IN (
        SELECT item_id FROM rating_slot
        WHERE state = 'leased' AND lease_until < statement_timestamp()
    )
    FOR NO KEY UPDATE SKIP LOCKED
),
expired AS (
    UPDATE rating_slot SET state = 'expired', lease_until = NULL
    FROM held
    WHERE rating_slot.item_id = held.id
        AND rating_slot.state = 'leased' AND rating_slot.lease_until < statement_timestamp()
    RETURNING rating_slot.item_id
),
freed AS (SELECT item_id, count(*) AS places FROM expired GROUP BY item_id)
UPDATE rating_item SET n_open = n_open - freed.places
FROM freed WHERE rating_item.id = freed.item_id
RETURNING freed.places
"""


@transaction.atomic
def lend(*, project: Project, annotator: User, lease: int) -> int | None:
    """Give the annotator what they hold already, or the next item. The slot's id, if any."""
    given = {"project": project.pk, "annotator": annotator.pk, "lease": lease}
    _one_at_a_time(project, annotator)
    return (
        _slot(_RENEW.format(which="NOT item.withdrawn"), given)
        or _slot(_LEND.format(candidate=_OPEN_AND_FREE), {**given, "any_video": False})
        or _slot(_LEND.format(candidate=_OPEN_AND_FREE), {**given, "any_video": True})
        or _slot(_LEND.format(candidate=_OPEN), {**given, "any_video": True})
    )


@transaction.atomic
def lend_this(*, item: Item, annotator: User, lease: int) -> int | None:
    """Lend this very item, if it is open, or renew its lease. The slot's id, if any."""
    given = {"project": item.project_id, "annotator": annotator.pk, "lease": lease, "item": item.pk}
    return _slot(_RENEW.format(which="item.id = %(item)s"), given) or _slot(
        _LEND.format(candidate=_THIS_ONE), given
    )


def expire() -> int:
    """Take back every place whose lease has run out, and count them."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRE)
        return sum(places for (places,) in cursor.fetchall())


def renew(*, slot: Slot, lease: int) -> bool:
    """Hold the slot for another lease, unless it was taken back."""
    given = {
        "project": slot.item.project_id,
        "annotator": slot.annotator_id,
        "lease": lease,
        "item": slot.item_id,
    }
    return _slot(_RENEW.format(which="item.id = %(item)s"), given) is not None


def _one_at_a_time(project: Project, annotator: User) -> None:
    """Let the second tab of a person wait, so that both show the same caption."""
    mine = Membership.objects.filter(project=project, user=annotator)
    list(mine.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _slot(statement: str, given: dict[str, Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    return None if row is None else int(row[0])
