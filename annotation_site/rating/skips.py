"""Passing: an item goes to somebody else, or, when its video is broken, to nobody."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from annotation_site.accounts.models import Project, User
from annotation_site.rating import queue, remarks
from annotation_site.rating.answers import hold, refuse_if_over
from annotation_site.rating.models import Item, Slot
from annotation_site.rating.protocols import protocol_of, terms_of
from annotation_site.rating.refusals import AlreadySubmitted, NotToBeLent
from annotation_site.rating.signals import skipped


@transaction.atomic
def skip(*, project: Project, slot_id: int, annotator: User, reason: Slot.SkipReason) -> None:
    """Pass. A broken video takes all its items out for all; an upsetting one tells the admins.

    The draft stays, for the case that the skip is taken back.
    """
    if reason == Slot.SkipReason.BROKEN:
        _hold_the_video(project, slot_id)
    slot, now = hold(project=project, slot_id=slot_id, annotator=annotator)
    if slot.state == Slot.State.SKIPPED:
        return
    refuse_if_over(slot)
    if slot.state == Slot.State.LEASED:
        Item.objects.filter(pk=slot.item_id).update(n_open=F("n_open") - 1)
    slot.state, slot.lease_until, slot.skip_reason = Slot.State.SKIPPED, None, reason
    slot.save(update_fields=["state", "lease_until", "skip_reason"])
    _take_effect(slot, now)
    skipped.send(sender=Slot, slot=slot, now=now)


def _take_effect(slot: Slot, now: datetime) -> None:
    if slot.skip_reason == Slot.SkipReason.BROKEN:
        withdraw(slot.item)
    if slot.skip_reason == Slot.SkipReason.UPSETTING:
        remarks.mention(slot=slot, text=_words(slot), now=now)


def _words(slot: Slot) -> str:
    return str(slot.get_skip_reason_display())


def withdraw(item: Item) -> None:
    """Take every item of the video out of the queue. What was answered stays."""
    _of_the_video(item).update(withdrawn=True)


def restore(item: Item) -> None:
    """Put the video's items back: it plays after all."""
    _of_the_video(item).update(withdrawn=False)


def _of_the_video(item: Item) -> QuerySet[Item]:
    return Item.objects.filter(project=item.project_id, caption__video=item.caption.video_id)


def _hold_the_video(project: Project, slot_id: int) -> None:
    """Lock all items of the slot's video in one order, or two who report it wait for each other."""
    items = Item.objects.filter(project=project, caption__video__captions__items__slots=slot_id)
    held = Item.objects.filter(pk__in=items.values("pk")).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))


@transaction.atomic
def take_back(*, project: Project, slot_id: int, annotator: User) -> None:
    """Undo a skip: the item is the annotator's again, unless others have it by now."""
    _hold_the_video(project, slot_id)
    slot, _ = hold(project=project, slot_id=slot_id, annotator=annotator)
    if slot.state == Slot.State.SUBMITTED:
        raise AlreadySubmitted
    if slot.state != Slot.State.SKIPPED:
        return
    if slot.skip_reason == Slot.SkipReason.BROKEN and not _others_report(slot):
        restore(slot.item)
    if slot.skip_reason == Slot.SkipReason.UPSETTING:
        remarks.unflag(slot=slot, saying=_words(slot))
    slot.state, slot.skip_reason = Slot.State.EXPIRED, ""
    slot.save(update_fields=["state", "skip_reason"])
    terms = terms_of(protocol_of(project))
    if queue.lend_this(item=slot.item, annotator=annotator, terms=terms) is None:
        raise NotToBeLent


def _others_report(slot: Slot) -> bool:
    reports = Slot.objects.filter(
        item__project=slot.item.project_id,
        item__caption__video=slot.item.caption.video_id,
        state=Slot.State.SKIPPED,
        skip_reason=Slot.SkipReason.BROKEN,
    )
    return reports.exclude(pk=slot.pk).exists()
