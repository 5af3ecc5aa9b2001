"""What is read about rating: a slot, why there is none, and how far a project has come."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from annotation_site.accounts.models import Project, User
from annotation_site.rating.models import LOOK_LIKE_RATING, Item, Judgment, Purpose, Slot
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.refusals import NoSuchSlot
from scorer.rubric import LEVELS, Dimension


def own_slot(*, project: Project, slot_id: int, annotator: User) -> Slot:
    """Find the annotator's slot; anybody else's is not there."""
    mine = Slot.objects.filter(pk=slot_id, annotator=annotator, item__project=project)
    try:
        return mine.select_related("item").get()
    except Slot.DoesNotExist:
        raise NoSuchSlot from None


def data() -> QuerySet[Judgment]:
    """The judgments that are data: of ratings, not of checks, and each annotator's last word."""
    return Judgment.objects.filter(slot__item__purpose=Purpose.RATE, revision=F("slot__revision"))


def progress(*, project: Project, viewer: User) -> dict[str, Any]:
    """Count what is data.

    One's own count takes in whatever looks like rating: one that stood still would tell a check.
    """
    items = Item.objects.filter(project=project, purpose=Purpose.RATE)
    counts = items.aggregate(
        items=Count("pk", filter=Q(withdrawn=False)),
        finished=Count("pk", filter=Q(withdrawn=False, n_done__gte=F("overlap"))),
        withdrawn=Count("pk", filter=Q(withdrawn=True)),
        ratings=Sum("n_done", default=0),
    )
    mine = Slot.objects.filter(
        item__project=project,
        item__purpose__in=LOOK_LIKE_RATING,
        annotator=viewer,
        state=Slot.State.SUBMITTED,
    )
    return {
        **counts,
        "judgments": counts["ratings"] * len(Dimension),
        "mine": mine.count(),
        "overlap": protocol_of(project).overlap,
    }


def ratings_by(project: Project) -> dict[int, int]:
    """How much each annotator has rated."""
    slots = Slot.objects.filter(
        item__project=project, item__purpose=Purpose.RATE, state=Slot.State.SUBMITTED
    )
    return dict(slots.values_list("annotator").annotate(ratings=Count("pk")))


def histograms(project: Project) -> dict[str, list[int]]:
    """How often each level was given on each dimension, from 0 on."""
    found = {dimension.value: [0] * len(LEVELS) for dimension in Dimension}
    rows = data().filter(slot__item__project=project).values("dimension", "level")
    for row in rows.annotate(count=Count("pk")):
        found[row["dimension"]][row["level"]] = row["count"]
    return found
