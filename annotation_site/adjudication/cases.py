"""Cases: asking for another rating that knows of none, and deciding with a reason.

Whoever gives the further rating sees what every annotator sees: neither the ratings so far nor that
there is a case.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.adjudication.models import Case, Decision
from annotation_site.adjudication.refusals import (
    NobodyIsLeft,
    NothingDecided,
    NothingToSettle,
    ThirdRatingAwaited,
)
from annotation_site.adjudication.signals import decided
from annotation_site.rating.models import Item, Purpose, Slot, Tier

TIER_REASON: Final = "adjudication"


class Stage(StrEnum):
    WAITING = "waiting"
    """A further rating was asked for."""
    READY = "ready"
    """All that was asked for is there: somebody has to decide."""
    DECIDED = "decided"


STAGES: Final = tuple(stage.value for stage in Stage)

_AWAITS = Q(item__n_done__lt=F("item__overlap"), item__withdrawn=False)
_STAGES: Final = {
    Stage.WAITING: Q(decided_at=None) & _AWAITS,
    Stage.READY: Q(decided_at=None) & ~_AWAITS,
    Stage.DECIDED: Q(decided_at__isnull=False),
}


def cases(*, project: Project, stage: Stage) -> QuerySet[Case]:
    """The project's cases at this stage."""
    of_the_project = Case.objects.filter(_STAGES[stage], item__project=project)
    return of_the_project.select_related("item__caption__video", "opened_by")


def stage_of(case: Case) -> Stage:
    if case.decided_at is not None:
        return Stage.DECIDED
    item = case.item
    awaits = item.n_done < item.overlap and not item.withdrawn
    return Stage.WAITING if awaits else Stage.READY


@transaction.atomic
def open_case(*, project: Project, item_id: int, reason: str, by: User, now: datetime) -> Case:
    """Ask for one more rating than there are, before anything else. A decided case opens anew."""
    item = held(project, item_id)
    if item.n_done < item.overlap:
        raise ThirdRatingAwaited
    _refuse_unless_somebody_is_left(item)
    item.overlap = item.n_done + 1
    item.tier, item.tier_reason = Tier.URGENT, TIER_REASON
    item.save(update_fields=["overlap", "tier", "tier_reason"])
    case, _ = Case.objects.update_or_create(
        item=item,
        defaults={"reason": reason, "opened_by": by, "opened_at": now, "decided_at": None},
    )
    return case


def held(project: Project, item_id: int) -> Item:
    """Lock a caption that somebody has rated. Raises `NothingToSettle`."""
    rated = Item.objects.filter(project=project, purpose=Purpose.RATE, n_done__gte=1)
    item = rated.select_for_update(no_key=True).filter(pk=item_id).first()
    if item is None:
        raise NothingToSettle
    return item


def _refuse_unless_somebody_is_left(item: Item) -> None:
    annotators = Membership.objects.filter(
        project=item.project_id,
        role=Role.ANNOTATOR,
        paused_at=None,
        user__is_active=True,
    )
    had = Slot.objects.filter(item=item).exclude(state=Slot.State.EXPIRED)
    if not annotators.exclude(user__in=had.values("annotator")).exists():
        raise NobodyIsLeft


@transaction.atomic
def decide(
    *,
    project: Project,
    item_id: int,
    levels: Mapping[str, int],
    reason: str,
    by: User,
    now: datetime,
) -> list[Decision]:
    """Settle these dimensions. Nothing that was rated or decided before is changed."""
    item = held(project, item_id)
    if not levels:
        raise NothingDecided
    made = Decision.objects.bulk_create(
        Decision(item=item, dimension=dimension, level=level, reason=reason, by=by, at=now)
        for dimension, level in levels.items()
    )
    Case.objects.update_or_create(item=item, defaults={"decided_at": now})
    decided.send(sender=Item, item=item, decisions=made)
    return made


def standing(*, project: Project) -> QuerySet[Decision]:
    """What stands: the newest decision for each caption and dimension, by item and dimension."""
    rows = Decision.objects.filter(item__project=project)
    return rows.order_by("item", "dimension", "-id").distinct("item", "dimension")
