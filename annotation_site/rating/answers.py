"""Answers: taking the levels in, once, and anew when their author thinks again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from annotation_site.accounts.models import Project, User
from annotation_site.rating.attention import signals
from annotation_site.rating.models import Draft, Item, Judgment, Protocol, Purpose, Revision, Slot
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.refusals import (
    AlreadySkipped,
    AlreadySubmitted,
    Incomplete,
    KeyInUse,
    NoSuchSlot,
    NotRevisable,
    NotSubmitted,
    NotWatched,
)
from annotation_site.rating.signals import answered
from annotation_site.rating.watching import seconds_to_watch, unique_seconds
from scorer.rubric import LEVELS, Dimension

_LEVELS = frozenset(level.value for level in LEVELS)
REVISABLE: Final = frozenset({Purpose.RATE, Purpose.GOLD, Purpose.TWIN, Purpose.REPEAT})
"""What looks like rating to the annotator, who may think again. A check keeps its first answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What became of an answer; `fresh` unless the very same one had come in before."""

    slot: Slot
    fresh: bool
    feedback: Mapping[str, Any] | None = None


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
    slot, now = hold(project=project, slot_id=slot_id, annotator=annotator)
    if slot.state == Slot.State.SUBMITTED and slot.client_key == client_key:
        _refuse_if_other(levels, levels_of(slot, revision=1))
        return Submission(slot=slot, fresh=False, feedback=_feedback(slot, now, levels))
    refuse_if_over(slot)
    _refuse_if_not_rated(slot)
    _refuse_if_incomplete(levels)
    protocol = protocol_of(project)
    refuse_if_unwatched(slot, evidence, protocol)
    slot.signals = signals(
        levels=levels.values(), evidence=evidence, seconds=slot.item.caption.video.seconds
    )
    finish(slot, now=now, client_key=client_key, evidence=evidence)
    _judge(slot, now, levels, protocol)
    return Submission(slot=slot, fresh=True, feedback=_feedback(slot, now, levels))


@transaction.atomic
def revise(
    *,
    project: Project,
    slot_id: int,
    annotator: User,
    client_key: UUID,
    levels: Mapping[str, int],
) -> Submission:
    """Write all five levels again under the next revision's number. Nothing is overwritten."""
    slot, now = hold(project=project, slot_id=slot_id, annotator=annotator)
    if slot.state != Slot.State.SUBMITTED:
        raise NotSubmitted
    if slot.item.purpose not in REVISABLE:
        raise NotRevisable
    before = Revision.objects.filter(client_key=client_key).first()
    if before is not None:
        if before.slot_id != slot.pk:
            raise KeyInUse
        _refuse_if_other(levels, levels_of(slot, revision=before.number))
        return Submission(slot=slot, fresh=False)
    _refuse_if_incomplete(levels)
    slot.revision += 1
    slot.save(update_fields=["revision"])
    Revision.objects.create(slot=slot, number=slot.revision, client_key=client_key, made_at=now)
    _judge(slot, now, levels, protocol_of(project))
    return Submission(slot=slot, fresh=True)


def hold(*, project: Project, slot_id: int, annotator: User) -> tuple[Slot, datetime]:
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


def refuse_if_over(slot: Slot) -> None:
    if slot.state == Slot.State.SUBMITTED:
        raise AlreadySubmitted
    if slot.state == Slot.State.SKIPPED:
        raise AlreadySkipped


def refuse_if_unwatched(slot: Slot, evidence: Mapping[str, Any], protocol: Protocol) -> None:
    seconds = slot.item.caption.video.seconds
    needed = seconds_to_watch(seconds, share=protocol.watch_share)
    watched = unique_seconds(evidence.get("watched", ()), seconds=seconds)
    if watched < needed:
        raise NotWatched(watched=round(watched, 2), needed=round(needed, 2))


def finish(slot: Slot, *, now: datetime, client_key: UUID, evidence: Mapping[str, Any]) -> None:
    """Turn the reservation into an answer, count it, and drop its draft."""
    taken_back = int(slot.state != Slot.State.LEASED)
    Item.objects.filter(pk=slot.item_id).update(
        n_open=F("n_open") + taken_back, n_done=F("n_done") + 1
    )
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
                "signals",
                "revision",
            ]
        )
    except IntegrityError as error:  # the only rule that can be broken here is the key's
        raise KeyInUse from error
    Draft.objects.filter(pk=slot.pk).delete()


def levels_of(slot: Slot, *, revision: int) -> dict[str, int]:
    rows = Judgment.objects.filter(slot=slot, revision=revision)
    return dict(rows.values_list("dimension", "level"))


def _feedback(slot: Slot, now: datetime, levels: Mapping[str, int]) -> Mapping[str, Any] | None:
    """What the checks make of the answer, where the annotator is to be told."""
    said: list[Any] = [
        response
        for _, response in answered.send(sender=Slot, slot=slot, levels=levels, now=now)
        if response is not None
    ]
    return said[0] if said else None


def _refuse_if_not_rated(slot: Slot) -> None:
    if slot.item.purpose == Purpose.VOTE:
        raise NoSuchSlot


def _refuse_if_incomplete(levels: Mapping[str, int]) -> None:
    if set(levels) != set(Dimension) or not _LEVELS.issuperset(levels.values()):
        raise Incomplete


def _refuse_if_other(levels: Mapping[str, int], stored: Mapping[str, int]) -> None:
    """A second try of the same answer says the same; anything else used its key by mistake."""
    if dict(levels) != dict(stored):
        raise KeyInUse


def _judge(slot: Slot, now: datetime, levels: Mapping[str, int], protocol: Protocol) -> None:
    Judgment.objects.bulk_create(
        Judgment(
            slot=slot,
            dimension=dimension.value,
            level=levels[dimension],
            revision=slot.revision,
            rubric_version=protocol.rubric_version,
            judged_at=now,
        )
        for dimension in Dimension
    )
