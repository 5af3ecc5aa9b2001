"""Finding snapshots, and what filters can name."""

from itertools import islice
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption, Captioner
from annotation_site.common.refusals import Missing
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.reading import Sealed
from annotation_site.rating.models import Judgment, Slot
from scorer.rubric import Dimension

MOST_LEAKS: Final = 100
MOST_CHOICES: Final = 1000


class NoSuchSnapshot(Missing):
    """There is no such snapshot in this project."""


class AmbiguousSnapshot(Missing):
    """Several snapshots of this project begin so: give more digits."""


def snapshot(*, project: Project, number: int) -> Snapshot:
    try:
        return project.snapshots.get(pk=number)
    except Snapshot.DoesNotExist:
        raise NoSuchSnapshot from None


def snapshot_by_digest(*, project: Project, start: str) -> Snapshot:
    """The snapshot whose digest begins so; the newest one for an empty start."""
    found = list(project.snapshots.filter(digest__startswith=start).order_by("-pk")[:2])
    if not found:
        raise NoSuchSnapshot
    if start and len(found) > 1:
        raise AmbiguousSnapshot(start=start)
    return found[0]


def leaking(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The first lines of what might leak from one side of the split to another."""
    return list(islice(Sealed(snapshot.directory).leaks(), MOST_LEAKS))


def choices(project: Project) -> dict[str, Any]:
    """The captioners, kinds of captions, annotators and so on that filters can name."""
    captioners = Captioner.objects.filter(project=project).annotate(n=Count("captions"))
    submitted = Slot.objects.filter(
        item__project=project, annotator=OuterRef("pk"), state=Slot.State.SUBMITTED
    )
    people = User.objects.filter(Exists(submitted)).order_by("pk")[:MOST_CHOICES]
    kinds = Caption.objects.filter(video__project=project).order_by("kind").values_list("kind")
    rubrics = Judgment.objects.filter(slot__item__project=project).values_list("rubric_version")
    return {
        "captioners": [
            {"name": one.name, "captions": one.n}
            for one in captioners.order_by("name")[:MOST_CHOICES]
        ],
        "kinds": [kind for (kind,) in kinds.distinct()[:MOST_CHOICES]],
        "annotators": [{"name": f"a{one.pk}", "shown_name": one.shown_name} for one in people],
        "dimensions": [dimension.value for dimension in Dimension],
        "rubrics": sorted(version for (version,) in rubrics.order_by().distinct()),
    }
