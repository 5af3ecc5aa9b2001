"""The disputes that the newest report found, kept to be looked at one after the other."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction

from annotation_site.accounts.models import Project
from annotation_site.quality.models import Dispute
from annotation_site.rating.selectors import data
from scorer.agreement import Disputes
from scorer.rubric import Dimension

Given = dict[tuple[int, str], list[dict[str, Any]]]

MOST: Final = 10_000
"""So many are kept: nobody settles more before the next report."""


@transaction.atomic
def keep(*, project: Project, found: Iterable[tuple[Dimension, Disputes]]) -> int:
    """Put the widest of all dimensions in the place of those before. How many there are.

    Of a caption that is disputed under several versions of the rubric, the widest counts.
    """
    widest: dict[tuple[int, str], Dispute] = {}
    for row in sorted(_rows(project, found), key=lambda row: row.width, reverse=True):
        widest.setdefault((row.item_id, row.dimension), row)
    rows = list(widest.values())[:MOST][::-1]
    Dispute.objects.filter(project=project).delete()
    Dispute.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _rows(project: Project, found: Iterable[tuple[Dimension, Disputes]]) -> Iterable[Dispute]:
    for dimension, disputes in found:
        columns: Iterable[tuple[Any, ...]] = zip(
            disputes.item.tolist(),
            disputes.over_involved.tolist(),
            disputes.width.tolist(),
            strict=True,
        )
        for item, over_involved, width in columns:
            kind = Dispute.Kind.INVOLVED if over_involved else Dispute.Kind.LEVEL
            yield Dispute(
                project=project, item_id=item, dimension=dimension, kind=kind, width=width
            )


def given(items: Iterable[int]) -> Given:
    """What everybody says of these by now, by item and dimension, in one query."""
    found: Given = defaultdict(list)
    levels = data().filter(slot__item__in=list(items))
    for item, dimension, annotator, level in levels.order_by("slot__annotator").values_list(
        "slot__item", "dimension", "slot__annotator__username", "level"
    ):
        found[item, dimension].append({"annotator": annotator, "level": level})
    return found
