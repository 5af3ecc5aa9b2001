"""Freezing snapshots."""

from datetime import datetime

from django.conf import settings

from annotation_site.accounts.models import Project, User
from annotation_site.datasets import freezing
from annotation_site.datasets.models import Snapshot


def freeze(*, project: Project, by: User | None, now: datetime) -> Snapshot:
    """Freeze the judgments so far. Nothing new since the last time: the same snapshot again."""
    return freeze_or_find(project=project, by=by, now=now)[0]


def freeze_or_find(*, project: Project, by: User | None, now: datetime) -> tuple[Snapshot, bool]:
    """As `freeze`, and whether the snapshot is a new one. The row follows the finished files."""
    frozen = freezing.write(project=project, snapshots=settings.DATA.snapshots)
    return Snapshot.objects.get_or_create(
        project=project,
        digest=frozen.digest,
        defaults={
            "as_of": frozen.as_of,
            "videos": frozen.videos,
            "captions": frozen.captions,
            "judgments": frozen.judgments,
            "created_by": by,
            "created_at": now,
        },
    )
