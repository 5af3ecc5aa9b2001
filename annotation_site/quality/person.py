"""One annotator looked at closely: their record, their days, and everything they rated."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet

from annotation_site.accounts.models import Membership, Project, Role
from annotation_site.quality import progress, records
from annotation_site.quality.refusals import NoSuchAnnotator
from annotation_site.rating.models import Judgment, Purpose, Slot


def person(*, project: Project, annotator_id: int) -> dict[str, Any]:
    """Their record, with how much they rated day by day up to now. Raises `NoSuchAnnotator`."""
    record = records.record(project, annotator_id)
    if record is None:
        raise NoSuchAnnotator
    return {**record, "days": progress.days(project, annotator=annotator_id)}


def rated(*, project: Project, annotator_id: int) -> QuerySet[Slot]:
    """What they rated, with the levels that count; three queries for any number of rows."""
    here = Slot.objects.filter(item__project=project, annotator=annotator_id)
    member = Membership.objects.filter(project=project, user=annotator_id, role=Role.ANNOTATOR)
    if not member.exists() and not here.exists():
        raise NoSuchAnnotator
    rows = Slot.objects.filter(
        item__project=project,
        item__purpose=Purpose.RATE,
        annotator=annotator_id,
        state=Slot.State.SUBMITTED,
    )
    standing = Judgment.objects.filter(revision=F("slot__revision"))
    return rows.select_related("item__caption__video").prefetch_related(
        Prefetch("judgments", standing, to_attr="standing")
    )
