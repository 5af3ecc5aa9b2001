"""Bridges between two versions of a rubric: finished captions, drawn at random, rated again.

They are items of their own, so that what was rated before stays whole, and so that who rated a
caption before may rate it again: that is what tells a change of words from a change of people.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import (
    Avg,
    BigIntegerField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)

from annotation_site.accounts.models import Project, User
from annotation_site.rating import protocols
from annotation_site.rating.linking import Pair, Shift, shift_of
from annotation_site.rating.models import Item, Judgment, Purpose, Slot
from annotation_site.rating.refusals import NoSuchBridge, NothingToBridge
from annotation_site.rating.rubric_models import Bridge
from scorer.rubric import NOT_INVOLVED, Dimension

# No new place is lent; what is held may still be answered.
_CLOSE: Final = """
WITH held AS (
    SELECT id FROM rating_item
    WHERE project_id = %(project)s AND purpose = 'bridge' AND n_open < overlap
    ORDER BY id FOR NO KEY UPDATE
)
UPDATE rating_item SET overlap = n_open FROM held WHERE rating_item.id = held.id
"""
_INVOLVED: Final = ~Q(level=NOT_INVOLVED)


@transaction.atomic
def build(
    *, project: Project, before: int, captions: int, overlap: int, by: User, now: datetime
) -> Bridge:
    """Open as many finished captions again as are asked for, or as there are.

    Each that was rated under `before`, and is in no bridge to the present version, is as likely.
    """
    protocol = protocols.hold(project)
    if before >= protocol.rubric_version:
        raise NothingToBridge
    finished = _finished(project, before=before, after=protocol.rubric_version)
    bridge = Bridge.objects.create(
        project=project,
        before=before,
        after=protocol.rubric_version,
        overlap=overlap,
        drawn_from=finished.count(),
        by=by,
        made_at=now,
    )
    # In an order that the bridge's number alone decides: it can be drawn again, and chosen by none.
    drawn = finished.order_by(_lot(bridge), "pk").values_list("caption", "shuffle")[:captions]
    items = Item.objects.bulk_create(
        Item(
            project=project,
            purpose=Purpose.BRIDGE,
            bridge=bridge,
            caption_id=caption,
            shuffle=shuffle,
            overlap=overlap,
            tier_reason="bridge",
        )
        for caption, shuffle in drawn
    )
    if not items:
        raise NothingToBridge
    protocol.bridging = True
    protocol.save(update_fields=["bridging"])
    return bridge


def _finished(project: Project, *, before: int, after: int) -> QuerySet[Item]:
    rated = Slot.objects.filter(
        item=OuterRef("pk"), state=Slot.State.SUBMITTED, rubric_version=before
    )
    again = Item.objects.filter(caption=OuterRef("caption"), bridge__after=after)
    rows = Item.objects.filter(project=project, purpose=Purpose.RATE, withdrawn=False)
    rows = rows.filter(caption__video__has_media=True)
    return rows.filter(~Exists(again), Exists(rated), n_done__gte=F("overlap"))


def _lot(bridge: Bridge) -> Func:
    return Func(
        F("pk"), Value(bridge.pk), function="hashint8extended", output_field=BigIntegerField()
    )


def close(project: Project) -> None:
    """Lend no more of the project's bridges: there is a newer rubric than they lead to."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"project": project.pk})


def listed(project: Project) -> QuerySet[Bridge]:
    """The project's bridges, each with how far it has come."""
    rows = Bridge.objects.filter(project=project).select_related("by")
    done = Q(items__n_done__gte=F("overlap"))
    return rows.annotate(
        captions=Count("items", filter=Q(items__withdrawn=False)),
        finished=Count("items", filter=done & Q(items__withdrawn=False)),
    )


def one(*, project: Project, bridge_id: int) -> Bridge:
    found = listed(project).filter(pk=bridge_id).first()
    if found is None:
        raise NoSuchBridge
    return found


def shifts(bridge: Bridge) -> dict[str, Shift]:
    """How the levels of each dimension moved, caption by caption, from the old words to the new."""
    captions = bridge.items.values("caption")
    old = _means(
        Q(
            slot__item__purpose=Purpose.RATE,
            slot__item__caption__in=captions,
            rubric_version=bridge.before,
        )
    )
    new = _means(Q(slot__item__bridge=bridge, rubric_version=bridge.after))
    pairs: Mapping[str, list[Pair]] = defaultdict(list)
    for key in sorted(old.keys() & new.keys()):
        pairs[key[1]].append(_pair(old[key], new[key]))
    return {dimension.value: shift_of(pairs[dimension.value]) for dimension in Dimension}


def _means(which: Q) -> dict[tuple[int, str], dict[str, Any]]:
    """For each caption and dimension: the mean of the levels, and how many said it is involved."""
    rows = Judgment.objects.filter(which, revision=F("slot__revision"))
    grouped = rows.values("dimension", caption=F("slot__item__caption"))
    counted = grouped.annotate(
        video=F("slot__item__caption__video"),
        mean=Avg("level", filter=_INVOLVED),
        involved=Count("pk", filter=_INVOLVED),
        answers=Count("pk"),
    )
    return {(row["caption"], row["dimension"]): {**row} for row in counted}


def _pair(old: Mapping[str, Any], new: Mapping[str, Any]) -> Pair:
    return Pair(
        video=old["video"],
        levels=None if None in {old["mean"], new["mean"]} else (old["mean"], new["mean"]),
        involved=(old["involved"] / old["answers"], new["involved"] / new["answers"]),
    )
