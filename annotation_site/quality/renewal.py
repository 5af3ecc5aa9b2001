"""Reports renewed by themselves: after enough new ratings, and once a day if there are any.

A large project waits for a fiftieth of what it has, so that it does not compute all the time.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import OuterRef, Subquery

from annotation_site.accounts.models import Project
from annotation_site.jobs.models import Job
from annotation_site.quality import reports
from annotation_site.quality.models import Report

A_DAY: Final = timedelta(days=1)
SHARE: Final = 50
"""New ratings that call for a report are at least one in so many of those there are."""


def renew(now: datetime) -> list[Job]:
    """Ask for the reports that are due. Nothing is asked for twice while it is being made."""
    after: int = settings.REPORT_AFTER
    if after == 0:
        return []
    newest = Report.objects.filter(project=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    projects = Project.objects.filter(archived_at=None, items__isnull=False).distinct()
    found = projects.annotate(newest=Subquery(newest)).order_by("pk")
    known = Report.objects.defer("body").in_bulk([one.newest for one in found if one.newest])
    return [
        reports.request(project=project, by=None)
        for project in found
        if is_due(project, known.get(project.newest), after=after, now=now)
        and not _failed_lately(project, now)
    ]


def is_due(project: Project, report: Report | None, *, after: int, now: datetime) -> bool:
    ratings = reports.ratings_now(project)
    if report is None:
        return ratings >= after
    new = abs(ratings - report.ratings)
    if new >= max(after, ratings // SHARE):
        return True
    return new > 0 and now - report.made_at >= A_DAY


def _failed_lately(project: Project, now: datetime) -> bool:
    """What failed is not tried again and again: somebody has to look, or a day to pass."""
    failure = reports.last_failure(project)
    return failure is not None and failure.created_at > now - A_DAY
