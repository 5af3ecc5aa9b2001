"""Freezing snapshots."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from annotation_site.accounts.models import Project, User
from annotation_site.datasets import freezing
from annotation_site.datasets.chosen import Chosen, Counts, settled
from annotation_site.datasets.filters import EVERYTHING, Filters
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.signals import snapshot_frozen
from annotation_site.datasets.splits import USUAL, SplitRule

NOTHING = Counts(videos=0, captions=0, judgments=0, annotators=0, preferences=0)


def freeze(*, project: Project, by: User | None, now: datetime) -> Snapshot:
    """Freeze all there is so far. Nothing new since the last time: the same snapshot again."""
    return freeze_or_find(project=project, by=by, now=now)[0]


def freeze_or_find(
    *,
    project: Project,
    by: User | None,
    now: datetime,
    filters: Filters = EVERYTHING,
    rule: SplitRule = USUAL,
    as_of: datetime | None = None,
) -> tuple[Snapshot, bool]:
    """Freeze what there was at an instant, and say whether the snapshot is a new one.

    Without an instant: all there is. The row follows the finished files.
    """
    frozen = freezing.write(
        project=project.slug,
        chosen=_chosen(project, filters, as_of),
        about={"filters": filters.as_json()},
        rule=rule,
        to=settings.DATA.snapshots,
    )
    with transaction.atomic():
        snapshot, new = Snapshot.objects.get_or_create(
            project=project,
            digest=frozen.digest,
            defaults={
                "as_of": frozen.as_of,
                "videos": frozen.videos,
                "captions": frozen.captions,
                "judgments": frozen.judgments,
                "preferences": frozen.preferences,
                "filters": filters.as_json(),
                "created_by": by,
                "created_at": now,
            },
        )
        if new:
            snapshot_frozen.send(sender=Snapshot, snapshot=snapshot)
    return snapshot, new


def preview(*, project: Project, filters: Filters, as_of: datetime | None = None) -> Counts:
    """How much a snapshot would hold."""
    chosen = _chosen(project, filters, as_of)
    return chosen.counts() if chosen else NOTHING


def _chosen(project: Project, filters: Filters, as_of: datetime | None) -> Chosen | None:
    instant = settled(project, until=as_of)
    if instant is None:
        return None
    return Chosen(project=project, filters=filters, as_of=instant)
