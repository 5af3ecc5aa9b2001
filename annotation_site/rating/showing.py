"""How a slot is shown to its annotator.

Who wrote a caption, what the scorer thinks of it, whether its answer is known: never in it. Nor are
the numbers of item and caption: items of checks are made later than others and have higher ones,
and a twin has the caption of its original.
"""

from typing import Any, Final

from django.db.models import Count, Q

from annotation_site.catalog import links
from annotation_site.catalog.models import Caption, Video
from annotation_site.rating import drafts
from annotation_site.rating.answers import levels_of
from annotation_site.rating.models import LOOK_LIKE_RATING, Draft, Item, Protocol, Purpose, Slot
from annotation_site.rating.serializers import ProtocolOut

IN_TURN: Final = (Purpose.PRACTICE, Purpose.EXAM)


def slot_out(slot: Slot, *, protocol: Protocol, slug: str) -> dict[str, Any]:
    """Show the slot. Gold, twins and repeats look like any rating, byte for byte."""
    item = slot.item
    first, second = _captions(slot)
    return {
        "slot": slot.pk,
        "purpose": Purpose.RATE if item.purpose in LOOK_LIKE_RATING else item.purpose,
        "lease_until": slot.lease_until,
        "lease_seconds": protocol.lease_seconds,
        "item": slot.pk,
        "caption": first,
        "rival": second,
        "video": _video(item.caption.video, slug),
        "protocol": {**ProtocolOut(protocol).data, **_terms(slot)},
        "draft": _draft(slot),
        "submitted": _submitted(slot),
        "note": _turn(slot) if item.purpose in IN_TURN else None,
    }


def _terms(slot: Slot) -> dict[str, Any]:
    """What it was lent with, whatever the protocol says by now."""
    return {
        "rubric_version": slot.rubric_version,
        "watch_share": slot.watch_share,
        "random_order": slot.random_order,
    }


def _captions(slot: Slot) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What is to be read, in the order in which it is shown."""
    item = slot.item
    if item.rival is None:
        return _caption(item.caption, text=item.text or item.caption.text), None
    pair = [_caption(one, text=one.text) for one in (item.caption, item.rival)]
    first, second = reversed(pair) if slot.swapped else pair
    return first, second


def _caption(caption: Caption, *, text: str) -> dict[str, Any]:
    return {"id": 0, "kind": caption.kind, "text": text}


def _video(video: Video, slug: str) -> dict[str, Any]:
    return {
        "sha256": video.sha256,
        "seconds": video.seconds,
        "width": video.width,
        "height": video.height,
        "video_url": links.video_url(slug=slug, sha256=video.sha256),
        "poster_url": links.poster_url(slug=slug, sha256=video.sha256),
    }


def _draft(slot: Slot) -> dict[str, Any] | None:
    try:
        return drafts.shown(slot.draft)
    except Draft.DoesNotExist:
        return None


def _submitted(slot: Slot) -> dict[str, Any] | None:
    if slot.state != Slot.State.SUBMITTED:
        return None
    return {
        "revision": slot.revision,
        "submitted_at": slot.submitted_at,
        "levels": levels_of(slot, revision=slot.revision),
    }


def _turn(slot: Slot) -> dict[str, int]:
    """How many of the practice clips, or of the qualification's, came before this one.

    Not how many are submitted: this one may be lent ahead, while the one before is being answered.
    """
    mine = Q(slots__annotator=slot.annotator_id, slots__leased_at__lt=slot.leased_at)
    items = Item.objects.filter(
        project=slot.item.project_id, purpose=slot.item.purpose, withdrawn=False
    )
    return items.aggregate(
        done=Count("pk", filter=mine, distinct=True), of=Count("pk", distinct=True)
    )
