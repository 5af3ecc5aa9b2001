"""Answers: taking the levels in, or a pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_site.accounts.models import Project, User
from annotation_site.rating.models import Item, Judgment, Protocol, Slot
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.refusals import (
    AlreadySkipped,
    AlreadySubmitted,
    Incomplete,
    KeyInUse,
    NoSuchSlot,
    NotWatched,
)
from annotation_site.rating.watching import seconds_to_watch, unique_seconds
from scorer.rubric import LEVELS, Dimension

_LEVELS = frozenset(level.value for level in LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What became of an answer; `fresh` unless the very same one had come in before."""

    slot: Slot
    fresh: bool


@transaction.atomic
def submit(
    *,
    project: Project,
    slot_id: int,
    annotator: User,
    client_key: UUID,
    levels: Mapping[str, int],
    evidence: Mapping[str, Any],
) -> Submission:
    """Write the five judgments down, once, however often the same answer is sent.

    An answer whose lease has run out is kept and flagged: the work is done, and worth having.
    """
    slot, now = _hold(project, slot_id, annotator)
    if slot.state == Slot.State.SUBMITTED and slot.client_key == client_key:
        return Submission(slot=slot, fresh=False)
    _refuse_if_over(slot)
    _refuse_if_incomplete(levels)
    protocol = protocol_of(project)
    _refuse_if_unwatched(slot, evidence, protocol)
    _count(slot, n_done=1, n_open=0 if slot.state == Slot.State.LEASED else 1)
    _finish(slot, now, client_key, evidence)
    _judge(slot, now, levels, protocol)
    return Submission(slot=slot, fresh=True)


@transaction.atomic
def skip(*, project: Project, slot_id: int, annotator: User, reason: Slot.SkipReason) -> None:
    """Pass: the item goes to somebody else; if its video is broken, to nobody."""
    slot, _ = _hold(project, slot_id, annotator)
    if slot.state == Slot.State.SKIPPED:
        return
    _refuse_if_over(slot)
    _count(slot, n_open=-1 if slot.state == Slot.State.LEASED else 0)
    slot.state, slot.lease_until, slot.skip_reason = Slot.State.SKIPPED, None, reason
    slot.save(update_fields=["state", "lease_until", "skip_reason"])
    if reason == Slot.SkipReason.BROKEN:
        Item.objects.filter(pk=slot.item_id).update(withdrawn=True)


def _hold(project: Project, slot_id: int, annotator: User) -> tuple[Slot, datetime]:
    """Lock the annotator's slot, its item first, as everyone does; and read Postgres's clock."""
    item = (
        Item.objects.filter(project=project, slots=slot_id, slots__annotator=annotator)
        .select_related("caption__video")
        .select_for_update(of=("self",), no_key=True)
        .first()
    )
    if item is None:
        raise NoSuchSlot
    slot = Slot.objects.annotate(now=Now()).get(pk=slot_id)
    slot.item = item
    return slot, slot.now


def _refuse_if_over(slot: Slot) -> None:
    if slot.state == Slot.State.SUBMITTED:
        raise AlreadySubmitted
    if slot.state == Slot.State.SKIPPED:
        raise AlreadySkipped


def _refuse_if_incomplete(levels: Mapping[str, int]) -> None:
    if set(levels) != set(Dimension) or not _LEVELS.issuperset(levels.values()):
        raise Incomplete


def _refuse_if_unwatched(slot: Slot, evidence: Mapping[str, Any], protocol: Protocol) -> None:
    seconds = slot.item.caption.video.seconds
    needed = seconds_to_watch(seconds, share=protocol.watch_share)
    watched = unique_seconds(evidence.get("watched", ()), seconds=seconds)
    if watched < needed:
        raise NotWatched(watched=round(watched, 2), needed=round(needed, 2))


def _count(slot: Slot, *, n_open: int, n_done: int = 0) -> None:
    Item.objects.filter(pk=slot.item_id).update(
        n_open=F("n_open") + n_open, n_done=F("n_done") + n_done
    )


def _finish(slot: Slot, now: datetime, client_key: UUID, evidence: Mapping[str, Any]) -> None:
    slot.late = slot.lease_until is None or slot.lease_until < now
    slot.state, slot.lease_until = Slot.State.SUBMITTED, None
    slot.submitted_at, slot.client_key, slot.evidence = now, client_key, dict(evidence)
    slot.revision = 1
    try:
        slot.save(
            update_fields=[
                "state",
                "lease_until",
                "late",
                "submitted_at",
                "client_key",
                "evidence",
                "revision",
            ]
        )
    except IntegrityError as error:  # the only rule that can be broken here is the key's
        raise KeyInUse from error


def _judge(slot: Slot, now: datetime, levels: Mapping[str, int], protocol: Protocol) -> None:
    Judgment.objects.bulk_create(
        Judgment(
            slot=slot,
            dimension=dimension.value,
            level=levels[dimension],
            rubric_version=protocol.rubric_version,
            judged_at=now,
        )
        for dimension in Dimension
    )
