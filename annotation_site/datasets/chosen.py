"""The rows that a snapshot is made of: up to one instant, and through its filters.

What is counted beforehand and what is frozen are the same querysets.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from annotation_site.accounts.models import Project
from annotation_site.adjudication.models import Decision
from annotation_site.catalog.models import Caption, Video
from annotation_site.datasets.filters import Filters
from annotation_site.rating.models import Judgment, Preference, Purpose, Remark

# A row is dated when it is written and seen when its transaction ends. So a snapshot reaches up to
# just before the oldest transaction that still writes: what comes to light later is later in time.
_OLDEST_WRITER: Final = """
SELECT min(xact_start) - interval '1 microsecond' FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend'
  AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
"""


def settled(project: Project, *, until: datetime | None = None) -> datetime | None:
    """The newest instant at which something was added that a snapshot could hold, up to `until`.

    Freezing as of this instant gives the same files whenever it is done. None: there is nothing.
    """
    bounds = [bound for bound in (until, _oldest_writer()) if bound is not None]
    found = (_newest(rows, field, bounds) for rows, field in _events(project))
    return max((instant for instant in found if instant is not None), default=None)


def _oldest_writer() -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_WRITER)
        found: tuple[datetime | None] = cursor.fetchone()
    return found[0]


def _events(project: Project) -> list[tuple[QuerySet[Any], str]]:
    flags = Remark.objects.filter(slot__item__project=project, kind=Remark.Kind.FLAG)
    return [
        (Judgment.objects.filter(slot__item__project=project), "judged_at"),
        (Preference.objects.filter(slot__item__project=project), "judged_at"),
        (Caption.objects.filter(video__project=project), "created_at"),
        (Video.objects.filter(project=project), "created_at"),
        (Decision.objects.filter(item__project=project), "at"),
        (flags, "made_at"),
        (flags, "resolved_at"),
    ]


def _newest(rows: QuerySet[Any], field: str, bounds: list[datetime]) -> datetime | None:
    up_to = {f"{field}__lte": min(bounds)} if bounds else {}
    newest: datetime | None = rows.filter(**up_to).aggregate(newest=Max(field))["newest"]
    return newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is."""

    videos: int
    captions: int
    judgments: int
    annotators: int
    preferences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Everything of a project up to and including `as_of` that the filters let through."""

    project: Project
    filters: Filters
    as_of: datetime

    def judgments(self) -> QuerySet[Judgment]:
        """Every revision of every judgment; the last one of each counts."""
        found = self._rated()
        if self.filters.minimum_ratings:
            found = found.filter(slot__item__caption__in=self._often_rated())
        return found

    def captions(self) -> QuerySet[Caption]:
        found = Caption.objects.filter(self._caption(""), video__project=self.project)
        return found.filter(pk__in=self._often_rated()) if self.filters.minimum_ratings else found

    def videos(self) -> QuerySet[Video]:
        """All of them, unless captions are left out: then those that still have one."""
        found = self.all_videos()
        if not self.filters.narrows_captions:
            return found
        return found.filter(Exists(self.captions().filter(video=OuterRef("pk"))))

    def all_videos(self) -> QuerySet[Video]:
        """Those of the project, whatever the filters say."""
        return Video.objects.filter(project=self.project, created_at__lte=self.as_of)

    def preferences(self) -> QuerySet[Preference]:
        """Votes between two captions that are both chosen. A vote judges no single dimension."""
        captions = self.captions().values("pk")
        return Preference.objects.filter(
            self._answer(),
            slot__item__project=self.project,
            slot__item__caption__in=captions,
            slot__item__rival__in=captions,
        )

    def decisions(self) -> QuerySet[Decision]:
        """Every decision on a chosen caption; the last one of each dimension stands."""
        found = Decision.objects.filter(
            at__lte=self.as_of,
            item__project=self.project,
            item__caption__in=self.captions().values("pk"),
        )
        if self.filters.dimensions:
            found = found.filter(dimension__in=self.filters.dimensions)
        return found

    def counts(self) -> Counts:
        judgments = self.judgments()
        return Counts(
            videos=self.videos().count(),
            captions=self.captions().count(),
            judgments=judgments.values("slot_id", "dimension").distinct().count(),
            annotators=judgments.aggregate(n=Count("slot__annotator", distinct=True))["n"],
            preferences=self.preferences().values("slot_id").distinct().count(),
        )

    def _rated(self) -> QuerySet[Judgment]:
        found = Judgment.objects.filter(
            self._answer(),
            self._caption("slot__item__caption__"),
            slot__item__project=self.project,
            slot__item__purpose=Purpose.RATE,
        )
        if self.filters.dimensions:
            found = found.filter(dimension__in=self.filters.dimensions)
        if self.filters.rubrics:
            found = found.filter(rubric_version__in=self.filters.rubrics)
        return found

    def _often_rated(self) -> QuerySet[Any, Any]:
        """The captions that enough annotators have rated."""
        counted = self._rated().order_by().values("slot__item__caption")
        enough = counted.annotate(n=Count("slot__annotator", distinct=True)).filter(
            n__gte=self.filters.minimum_ratings
        )
        return enough.values("slot__item__caption")

    def _answer(self) -> Q:
        """Who answered, and when: of judgments and of preferences alike."""
        wanted = Q(judged_at__lte=self.as_of)
        if self.filters.since is not None:
            wanted &= Q(judged_at__gte=self.filters.since)
        if self.filters.until is not None:
            wanted &= Q(judged_at__lt=self.filters.until)
        if not self.filters.late:
            wanted &= Q(slot__late=False)
        if self.filters.annotators:
            wanted &= Q(slot__annotator__in=self.filters.annotator_ids)
        return wanted

    def _caption(self, path: str) -> Q:
        """Which captions, at the end of this path of relations."""
        wanted = Q(**{f"{path}created_at__lte": self.as_of})
        wanted &= Q(**{f"{path}video__created_at__lte": self.as_of})
        if self.filters.captioners:
            wanted &= Q(**{f"{path}captioner__name__in": self.filters.captioners})
        if self.filters.kinds:
            wanted &= Q(**{f"{path}kind__in": self.filters.kinds})
        if not self.filters.flagged:
            wanted &= ~Q(**{f"{path}pk__in": self._flagged()})
        return wanted

    def _flagged(self) -> QuerySet[Any, Any]:
        """Captions with a flag that was open at the instant."""
        still_open = Q(resolved_at=None) | Q(resolved_at__gt=self.as_of)
        return Remark.objects.filter(
            still_open,
            kind=Remark.Kind.FLAG,
            made_at__lte=self.as_of,
            slot__item__project=self.project,
        ).values("slot__item__caption")
