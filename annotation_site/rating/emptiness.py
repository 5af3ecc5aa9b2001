"""Why the queue is empty for somebody, and when to look again."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet
from django.db.models.functions import Now

from annotation_site.accounts.models import Project, User
from annotation_site.rating.lanes import Task, may_rate
from annotation_site.rating.models import Item, Purpose, Slot
from annotation_site.rating.protocols import protocol_of


def why_nothing(*, project: Project, annotator: User, task: Task) -> dict[str, Any]:
    """Say why there is nothing to do, and when there may be, if that is known.

    `next_at` is by the server's clock, `next_in` says the same to clients whose clock is wrong.
    """
    if task == Task.RATE and not may_rate(protocol=protocol_of(project), annotator=annotator):
        return {"why": "not-qualified"}
    items = Item.objects.filter(
        project=project, purpose=Purpose.VOTE if task == Task.VOTE else Purpose.RATE
    )
    if not items.exists():
        return {"why": "empty"}
    unfinished = items.filter(withdrawn=False, n_done__lt=F("overlap"))
    if not unfinished.exists():
        return {"why": "all-done"}
    held = Slot.objects.filter(item=OuterRef("pk"), annotator=annotator)
    for_me = unfinished.exclude(Exists(held.exclude(state=Slot.State.EXPIRED)))
    if not for_me.exists():
        return {"why": "yours-done"}
    return {"why": "on-loan", **_next(for_me)}


def _next(items: QuerySet[Item]) -> dict[str, Any]:
    leases = Slot.objects.filter(item__in=items, state=Slot.State.LEASED)
    found = leases.aggregate(at=Min("lease_until"), wait=Min(F("lease_until") - Now()))
    wait = found["wait"]
    seconds = None if wait is None else max(wait, timedelta(0)).total_seconds()
    return {"next_at": found["at"], "next_in": seconds}
