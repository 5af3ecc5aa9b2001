"""One caption with all that was said of it: the ratings that stand, and everything in order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from annotation_site.accounts.models import Project
from annotation_site.adjudication.cases import stage_of
from annotation_site.adjudication.models import Case, Decision, Return
from annotation_site.adjudication.refusals import NothingToSettle
from annotation_site.catalog import links
from annotation_site.rating.models import Item, Judgment, Purpose, Revision, Slot

Levels = dict[str, int]
Event = dict[str, Any]


def of(*, project: Project, item_id: int) -> dict[str, Any]:
    """Everything about the caption, in as many queries however many have rated it."""
    item = _found(project, item_id)
    slots = list(
        Slot.objects.filter(item=item, state=Slot.State.SUBMITTED)
        .select_related("annotator")
        .order_by("submitted_at", "pk")
    )
    levels = _levels_by_revision(slots)
    returns = list(Return.objects.filter(slot__in=slots).select_related("by", "slot__annotator"))
    decisions = list(Decision.objects.filter(item=item).select_related("by").order_by("pk"))
    case = Case.objects.filter(item=item).select_related("opened_by", "item").first()
    awaiting = {one.slot_id for one in returns if one.answered_at is None}
    return {
        "item": item.pk,
        "caption": item.caption.text,
        "captioner": item.caption.captioner.name,
        "video_url": links.video_url(slug=project.slug, sha256=item.caption.video.sha256),
        "poster_url": links.poster_url(slug=project.slug, sha256=item.caption.video.sha256),
        "done": item.n_done,
        "overlap": item.overlap,
        "case": None if case is None else _case(case),
        "ratings": [_rating(slot, levels, awaiting) for slot in slots],
        "decided": {decision.dimension: decision.level for decision in decisions},
        "history": sorted(_events(slots, levels, returns, decisions, case), key=itemgetter("at")),
    }


def _found(project: Project, item_id: int) -> Item:
    rated = Item.objects.filter(project=project, purpose=Purpose.RATE, n_done__gte=1)
    try:
        return rated.select_related("caption__video", "caption__captioner").get(pk=item_id)
    except Item.DoesNotExist:
        raise NothingToSettle from None


def _levels_by_revision(slots: list[Slot]) -> dict[tuple[int, int], Levels]:
    found: defaultdict[tuple[int, int], Levels] = defaultdict(dict)
    for row in Judgment.objects.filter(slot__in=slots):
        found[row.slot_id, row.revision][row.dimension] = row.level
    return found


def _case(case: Case) -> dict[str, Any]:
    return {
        "stage": stage_of(case),
        "reason": case.reason,
        "opened_by": case.opened_by and case.opened_by.username,
        "opened_at": case.opened_at,
        "decided_at": case.decided_at,
    }


def _rating(
    slot: Slot, levels: dict[tuple[int, int], Levels], awaiting: set[int]
) -> dict[str, Any]:
    return {
        "slot": slot.pk,
        "annotator": slot.annotator.username,
        "submitted_at": slot.submitted_at,
        "late": slot.late,
        "revision": slot.revision,
        "signals": slot.signals,
        "levels": levels[slot.pk, slot.revision],
        "returned": slot.pk in awaiting,
    }


def _events(
    slots: list[Slot],
    levels: dict[tuple[int, int], Levels],
    returns: list[Return],
    decisions: list[Decision],
    case: Case | None,
) -> Iterator[Event]:
    for slot in slots:
        by = slot.annotator.username
        yield _event("rated", by, slot.submitted_at, levels=levels[slot.pk, 1])
    by_slot = {slot.pk: slot for slot in slots}
    for revision in Revision.objects.filter(slot__in=slots):
        by = by_slot[revision.slot_id].annotator.username
        given = levels[revision.slot_id, revision.number]
        yield _event("revised", by, revision.made_at, levels=given)
    for one in returns:
        to = one.slot.annotator.username
        yield _event("returned", one.by.username, one.at, to=to, reason=one.reason)
    yield from _decided(decisions)
    if case is not None and case.opened_by is not None:
        yield _event("opened", case.opened_by.username, case.opened_at, reason=case.reason)


def _decided(decisions: list[Decision]) -> Iterator[Event]:
    """Put the dimensions that were decided in one go together."""
    together: defaultdict[tuple[datetime, str, str], Levels] = defaultdict(dict)
    for decision in decisions:
        together[decision.at, decision.by.username, decision.reason][decision.dimension] = (
            decision.level
        )
    for (at, by, reason), levels in together.items():
        yield _event("decided", by, at, levels=levels, reason=reason)


def _event(
    kind: str,
    by: str,
    at: datetime | None,
    *,
    levels: Levels | None = None,
    to: str = "",
    reason: str = "",
) -> Event:
    return {"kind": kind, "by": by, "at": at, "levels": levels or {}, "to": to, "reason": reason}
