"""What annotators disagree on, widest first, with what each of them said."""

from collections.abc import Sequence

from django.db.models import QuerySet

from annotation_site.accounts.models import Project
from annotation_site.adjudication.cases import stage_of
from annotation_site.adjudication.models import Case
from annotation_site.quality.models import Dispute
from annotation_site.rating.models import Slot


def conflicts(
    *, project: Project, dimension: str = "", captioner: str = "", annotator: str = ""
) -> QuerySet[Dispute]:
    """Those of the newest report, by falling number the widest first."""
    rows = Dispute.objects.filter(project=project)
    if dimension:
        rows = rows.filter(dimension=dimension)
    if captioner:
        rows = rows.filter(item__caption__captioner__name=captioner)
    if annotator:
        rated = Slot.objects.filter(annotator__username=annotator, state=Slot.State.SUBMITTED)
        rows = rows.filter(item__in=rated.values("item"))
    return rows.select_related("item__caption__video", "item__caption__captioner")


def stages(rows: Sequence[Dispute]) -> dict[int, str]:
    """How far the cases of these are, in one query."""
    cases = Case.objects.filter(item__in=[row.item_id for row in rows]).select_related("item")
    return {case.item_id: stage_of(case) for case in cases}
