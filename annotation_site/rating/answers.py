"""Answers: taking the levels in, once, and anew when their author thinks again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from annotation_site.accounts.models import Project, User
from annotation_site.common import statements
from annotation_site.rating import whole
from annotation_site.rating.attention import signals
from annotation_site.rating.models import LOOK_LIKE_RATING, Judgment, Purpose, Revision, Slot
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
from annotation_site.rating.signals import answered, revised
from annotation_site.rating.watching import seconds_to_watch, unique_seconds
from scorer.rubric import LEVELS, Dimension

_LEVELS = frozenset(level.value for level in LEVELS)

# One round trip each: an answer is what the site is asked to take in most often.
_FINISH: Final = """
WITH counted AS (
    UPDATE rating_item SET n_open = n_open + %(taken_back)s, n_done = n_done + 1
    WHERE id = %(item)s
),
dropped AS (DELETE FROM rating_draft WHERE slot_id = %(slot)s)
UPDATE rating_slot
SET state = 'submitted', lease_until = NULL, late = %(late)s, submitted_at = %(now)s,
    client_key = %(client_key)s, evidence = %(evidence)s::jsonb, signals = %(signals)s::jsonb,
    revision = 1
WHERE id = %(slot)s
"""
_JUDGE: Final = """
INSERT INTO rating_judgment (slot_id, dimension, level, revision, rubric_version, judged_at)
SELECT %(slot)s, dimension, level, %(revision)s, %(rubric_version)s, %(now)s
FROM unnest(%(dimensions)s::text[], %(levels)s::int[]) AS given (dimension, level)
"""


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
        feedback = _feedback(slot, now, levels, fresh=False)
        return Submission(slot=slot, fresh=False, feedback=feedback)
    refuse_if_over(slot)
    _refuse_if_not_rated(slot)
    _refuse_if_incomplete(levels)
    refuse_if_unwatched(slot, evidence)
    slot.signals = signals(
        levels=levels.values(), evidence=evidence, seconds=slot.item.caption.video.seconds
    )
    finish(slot, now=now, client_key=client_key, evidence=evidence)
    _judge(slot, now, levels)
    return Submission(slot=slot, fresh=True, feedback=_feedback(slot, now, levels, fresh=True))


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
    if slot.item.purpose not in LOOK_LIKE_RATING:
        raise NotRevisable
    before = Revision.objects.filter(client_key=client_key).first()
    if before is not None:
        if before.slot_id != slot.pk:
            raise KeyInUse
        _refuse_if_other(levels, levels_of(slot, revision=before.number))
        return Submission(slot=slot, fresh=False)
    if client_key == slot.client_key:
        raise KeyInUse
    _refuse_if_incomplete(levels)
    slot.revision += 1
    slot.save(update_fields=["revision"])
    try:
        Revision.objects.create(slot=slot, number=slot.revision, client_key=client_key, made_at=now)
    except IntegrityError as error:  # the slot is held: it is the key, at another slot just now
        raise KeyInUse from error
    _judge(slot, now, levels)
    revised.send(sender=Slot, slot=slot, levels=levels, now=now)
    return Submission(slot=slot, fresh=True)


def hold(*, project: Project, slot_id: int, annotator: User) -> tuple[Slot, datetime]:
    """Lock the annotator's slot, its item first, as everyone does; and read Postgres's clock."""
    found = whole.held(project=project, slot_id=slot_id, annotator_id=annotator.pk)
    if found is None:
        raise NoSuchSlot
    return found


def refuse_if_over(slot: Slot) -> None:
    if slot.state == Slot.State.SUBMITTED:
        raise AlreadySubmitted
    if slot.state == Slot.State.SKIPPED:
        raise AlreadySkipped


def refuse_if_unwatched(slot: Slot, evidence: Mapping[str, Any]) -> None:
    seconds = slot.item.caption.video.seconds
    needed = seconds_to_watch(seconds, share=slot.watch_share)
    watched = unique_seconds(evidence.get("watched", ()), seconds=seconds)
    if watched < needed:
        raise NotWatched(watched=round(watched, 2), needed=round(needed, 2))


def finish(slot: Slot, *, now: datetime, client_key: UUID, evidence: Mapping[str, Any]) -> None:
    """Turn the reservation into an answer, count it, and drop its draft."""
    taken_back = slot.state != Slot.State.LEASED
    slot.late = slot.lease_until is None or slot.lease_until < now
    slot.state, slot.lease_until = Slot.State.SUBMITTED, None
    slot.submitted_at, slot.client_key, slot.evidence = now, client_key, dict(evidence)
    slot.revision = 1
    try:
        statements.run(
            _FINISH,
            {
                "slot": slot.pk,
                "item": slot.item_id,
                "taken_back": int(taken_back),
                "now": now,
                "late": slot.late,
                "client_key": client_key,
                "evidence": json.dumps(slot.evidence),
                "signals": json.dumps(slot.signals),
            },
        )
    except IntegrityError as error:  # the only rule that can be broken here is the key's
        raise KeyInUse from error


def levels_of(slot: Slot, *, revision: int) -> dict[str, int]:
    rows = Judgment.objects.filter(slot=slot, revision=revision)
    return dict(rows.values_list("dimension", "level"))


def _feedback(
    slot: Slot, now: datetime, levels: Mapping[str, int], *, fresh: bool
) -> Mapping[str, Any] | None:
    """Tell the checks, and what they make of it, where the annotator may know: after practice."""
    responses = answered.send(sender=Slot, slot=slot, levels=levels, now=now, fresh=fresh)
    said: list[Any] = [response for _, response in responses if response is not None]
    return said[0] if said and slot.item.purpose == Purpose.PRACTICE else None


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


def _judge(slot: Slot, now: datetime, levels: Mapping[str, int]) -> None:
    given = {
        "slot": slot.pk,
        "dimensions": [dimension.value for dimension in Dimension],
        "levels": [levels[dimension] for dimension in Dimension],
        "revision": slot.revision,
        "rubric_version": slot.rubric_version,
        "now": now,
    }
    statements.run(_JUDGE, given)
