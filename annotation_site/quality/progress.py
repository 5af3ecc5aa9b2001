"""How far a project has come: day by day, by captioner and by urgency. Part of the report."""

from typing import Any, Final

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from annotation_site.accounts.models import Project
from annotation_site.rating.models import Item, Purpose

_DAYS: Final = """
SELECT greatest(
    floor(extract(epoch FROM statement_timestamp() - slot.submitted_at) / 86400), 0
)::int, count(*)
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
WHERE item.project_id = %(project)s AND item.purpose = 'rate' AND slot.state = 'submitted'
    AND (%(annotator)s::bigint IS NULL OR slot.annotator_id = %(annotator)s)
GROUP BY 1
"""

FINISHED: Final = Q(n_done__gte=F("overlap"))


def progress(project: Project) -> dict[str, Any]:
    """Count ratings day by day, and items finished; withdrawn ones are asked of nobody."""
    items = Item.objects.filter(project=project, purpose=Purpose.RATE, withdrawn=False)
    return {
        "days": days(project),
        **items.aggregate(**_figures()),
        "captioners": captioners(items),
        "tiers": tiers(items),
    }


def days(project: Project, *, annotator: int | None = None) -> list[int]:
    """Ratings of each 24 hours up to now, from the first one on, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, {"project": project.pk, "annotator": annotator})
        counts = dict(cursor.fetchall())
    return [counts.get(ago, 0) for ago in range(max(counts, default=-1), -1, -1)]


def captioners(items: QuerySet[Item]) -> list[dict[str, Any]]:
    named = items.values(name=F("caption__captioner__name"))
    return [dict(row) for row in named.order_by("name").annotate(**_figures())]


def tiers(items: QuerySet[Item]) -> list[dict[str, Any]]:
    rows = items.values("tier").order_by("-tier").annotate(**_figures())
    return [dict(row) for row in rows]


def _figures() -> dict[str, Any]:
    return {
        "items": Count("pk"),
        "finished": Count("pk", filter=FINISHED),
        "ratings": Sum("n_done", default=0),
        "remaining": Sum(Greatest(F("overlap") - F("n_done"), 0), default=0),
    }
