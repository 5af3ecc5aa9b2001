"""Finding snapshots."""

from annotation_site.accounts.models import Project
from annotation_site.common.refusals import Missing
from annotation_site.datasets.models import Snapshot


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
