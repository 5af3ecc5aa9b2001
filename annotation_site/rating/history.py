"""What somebody has rated and skipped, for themselves to look at and to think again."""

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from annotation_site.accounts.models import Project, User
from annotation_site.rating.models import LOOK_LIKE_RATING, Judgment, Remark, Slot

OVER = (Slot.State.SUBMITTED, Slot.State.SKIPPED)


def of(*, project: Project, annotator: User) -> QuerySet[Slot]:
    """The annotator's own slots with the levels that count. Two queries for any number of rows."""
    open_flags = Remark.objects.filter(slot=OuterRef("pk"), kind=Remark.Kind.FLAG, resolved_at=None)
    standing = Judgment.objects.filter(revision=F("slot__revision"))
    rows = Slot.objects.filter(
        item__project=project,
        annotator=annotator,
        state__in=OVER,
        item__purpose__in=LOOK_LIKE_RATING,
    )
    return (
        rows.select_related("item__caption__video")
        .annotate(flagged=Exists(open_flags))
        .prefetch_related(Prefetch("judgments", standing, to_attr="standing"))
    )
