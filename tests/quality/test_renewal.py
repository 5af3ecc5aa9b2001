"""Reports come by themselves when enough is new, and not all the time."""

from datetime import UTC, datetime, timedelta

import pytest

from annotation_site.accounts.models import Project
from annotation_site.jobs.models import Job, State
from annotation_site.quality import renewal, reports
from annotation_site.quality.models import Report
from tests.factories import ItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture(autouse=True)
def _after_ten(settings):
    settings.REPORT_AFTER = 10


@pytest.fixture
def rated(project):
    """`rated(n)`: so much was rated so far."""
    item = ItemFactory(caption__video__project=project, overlap=9999)

    def so_far(ratings):
        type(item).objects.filter(pk=item.pk).update(n_open=ratings, n_done=ratings)

    return so_far


def report(project, now, *, of):
    body = {"dimensions": {}}
    return Report.objects.create(
        project=project, made_at=now, ratings=of, raters_version=1, body=body
    )


def test_the_first_comes_once_there_is_something_to_say(project, rated, now):
    rated(9)
    assert renewal.renew(now) == []

    rated(10)
    (job,) = renewal.renew(now)
    assert (job.kind, job.by, job.project) == (reports.KIND, None, project)
    assert renewal.renew(now) == [job]
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("counts", "hours", "due"),
    [
        ((100, 109), 1, False),
        ((100, 110), 1, True),
        ((100, 90), 1, True),  # ratings can go
        ((1000, 1015), 1, False),  # of a thousand, ten are nothing
        ((1000, 1021), 1, True),
        ((100, 101), 23, False),
        ((100, 101), 24, True),
        ((100, 100), 99, False),
    ],
)
def test_the_next_when_enough_is_new_or_a_day_has_passed(project, rated, counts, hours, due):
    now = datetime(2026, 9, 1, tzinfo=UTC)
    known, ratings = counts
    report(project, now, of=known)
    rated(ratings)

    assert bool(renewal.renew(now + timedelta(hours=hours))) is due


def test_none_where_nobody_wants_them(project, rated, now, settings):
    rated(100)
    settings.REPORT_AFTER = 0
    assert renewal.renew(now) == []

    settings.REPORT_AFTER = 10
    Project.objects.filter(pk=project.pk).update(archived_at=now)
    assert renewal.renew(now) == []


def test_what_failed_waits_for_a_day(project, rated):
    rated(100)
    job = reports.request(project=project, by=None)
    Job.objects.update(state=State.FAILED, ended_at=job.created_at)

    assert renewal.renew(job.created_at + timedelta(hours=1)) == []
    assert renewal.renew(job.created_at + timedelta(hours=25))
