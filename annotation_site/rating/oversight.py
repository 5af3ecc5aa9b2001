"""The queue as the staff see it: what waits, what went over, and what was taken out."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import VideoName
from annotation_site.rating import skips
from annotation_site.rating.models import Item, Purpose, Slot, Standing, Tier
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.refusals import NoSuchItem

IN_PLACE = Q(withdrawn=False)
FINISHED = Q(n_done__gte=F("overlap"))


def overview(project: Project) -> dict[str, Any]:
    """Count what is there, tier by tier, in as many queries whatever its size."""
    items = Item.objects.filter(project=project)
    drawn = IN_PLACE & Q(inclusion__isnull=False)
    counts = items.aggregate(
        items=Count("pk", filter=drawn),
        finished=Count("pk", filter=drawn & FINISHED),
        withdrawn=Count("pk", filter=~IN_PLACE),
        leased=Sum(F("n_open") - F("n_done"), default=0),
        over=Sum(
            F("n_done") - F("overlap"), filter=Q(n_done__gt=F("overlap")), default=0
        ),
    )  # fmt: skip
    stratum = {name: counts.pop(name) for name in ("items", "finished")}
    return {
        "tiers": _tiers(items),
        "stratum": {"share": protocol_of(project).random_share, **stratum},
        **counts,
        "late": Slot.objects.filter(item__project=project, late=True).count(),
        "standing": _standing(project),
    }


def _tiers(items: QuerySet[Item]) -> list[dict[str, Any]]:
    grouped = items.filter(IN_PLACE).values("tier", "purpose", reason=F("tier_reason"))
    rows = grouped.annotate(
        items=Count("pk"),
        open=Count("pk", filter=Q(n_open__lt=F("overlap"))),
        leased=Sum(F("n_open") - F("n_done")),
        finished=Count("pk", filter=FINISHED),
    ).order_by("-tier", "purpose", "reason")
    return [dict(row) for row in rows]


def _standing(project: Project) -> dict[str, int]:
    rows = Standing.objects.filter(project=project).values_list("state")
    return {**dict.fromkeys(Standing.State.values, 0), **dict(rows.annotate(Count("pk")))}


def ledger(project: Project) -> QuerySet[Slot]:
    """The answers that came late, and all to items that have more than were asked for."""
    answered = Slot.objects.filter(item__project=project, state=Slot.State.SUBMITTED)
    return answered.filter(Q(late=True) | Q(item__n_done__gt=F("item__overlap"))).select_related(
        "item__caption", "annotator"
    )


def withdrawn(project: Project) -> QuerySet[Item]:
    """The captions of broken videos, each with who reported the video, and its name."""
    of_the_video = Q(item__caption__video=OuterRef("caption__video"))
    reports = Slot.objects.filter(
        of_the_video, item__project=project, skip_reason=Slot.SkipReason.BROKEN
    )
    names = VideoName.objects.filter(video=OuterRef("caption__video")).order_by("pk")
    return (
        Item.objects.filter(project=project, withdrawn=True, purpose=Purpose.RATE)
        .select_related("caption__video")
        .annotate(
            video_name=Subquery(names.values("name")[:1]),
            reports=ArraySubquery(
                reports.order_by("pk").values(
                    json=JSONObject(annotator="annotator__username", at="leased_at")
                )
            ),
        )
    )


@transaction.atomic
def restore(*, project: Project, item_id: int) -> None:
    """Put a withdrawn caption back, with the others of its video: it plays after all."""
    item = (
        Item.objects.filter(project=project, pk=item_id, purpose=Purpose.RATE)
        .select_related("caption")
        .first()
    )
    if item is None:
        raise NoSuchItem
    skips.restore(item)


@transaction.atomic
def prioritise(
    *,
    project: Project,
    tier: Tier,
    reason: str,
    captioner: str | None = None,
    captions: list[int] | None = None,
) -> int:
    """Rank the captions of a captioner, or these, or those that are both. How many changed.

    The random stratum is never ranked: what is rated there stands for all.
    """
    items = Item.objects.filter(project=project, purpose=Purpose.RATE, inclusion=None)
    if captioner is not None:
        items = items.filter(caption__captioner__name=captioner)
    if captions is not None:
        items = items.filter(caption__in=captions)
    others = items.exclude(tier=tier, tier_reason=reason).order_by("pk")
    # In the order in which everybody locks items.
    held = list(others.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    return Item.objects.filter(pk__in=held).update(tier=tier, tier_reason=reason)
