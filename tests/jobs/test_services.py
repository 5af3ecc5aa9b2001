"""A job is done once, by one worker at a time, and always tells how it ended."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from annotation_site.accounts.models import Project
from annotation_site.common import stopping
from annotation_site.common.clock import seconds_from_now
from annotation_site.common.embedded import Valkey
from annotation_site.jobs import services
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.refusals import JobEnded, NotToBeTaken
from annotation_site.jobs.signals import job_ended
from annotation_site.jobs.work import LostLease, Work
from annotation_site.queue import SITE, waiting
from tests.jobs.factories import JobFactory
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db


def request(project: Project, **payload: Any) -> Job:
    return services.request(project=project, kind="counting", by=None, payload=payload)


def let_expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, lease_until=seconds_from_now(-1))


class TestRequest:
    def test_writes_the_wish_down_and_nudges_a_worker(
        self, project: Project, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            job = request(project, to=2)

        assert (job.state, job.payload) == (State.QUEUED, {"to": 2})
        assert waiting(SITE) == 1

    def test_succeeds_without_a_broker(
        self,
        project: Project,
        broker: Valkey,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        broker.stop()
        with django_capture_on_commit_callbacks(execute=True):
            assert request(project).pk
        broker.start()

    def test_refuses_a_kind_that_nothing_does(self, project: Project) -> None:
        with pytest.raises(ValueError, match="no handler"):
            services.request(project=project, kind="dancing", by=None)

    def test_gives_who_asks_again_the_active_one_of_that_key(self, project: Project) -> None:
        ask = partial(services.request, project=project, kind="counting", by=None, key="report")
        first = ask()

        assert ask() == first
        services.perform(first.pk)
        assert ask() != first

    @pytest.mark.django_db(transaction=True)
    def test_makes_one_job_for_ten_who_ask_at_once(self, project: Project) -> None:
        ask = partial(services.request, project=project, kind="counting", by=None, key="report")

        jobs = at_once(10, ask)

        assert len({job.pk for job in jobs if isinstance(job, Job)}) == 1
        assert Job.objects.count() == 1


class TestPerform:
    def test_does_the_job_and_keeps_what_it_leaves(self, project: Project) -> None:
        job = services.perform(request(project, to=4).pk)

        assert job.state == State.SUCCEEDED
        assert job.result == {"began_at": 0, "counted": 4}
        assert job.progress == {"done": 4, "total": 4, "note": ""}
        assert job.started_at is not None
        assert job.ended_at is not None

    def test_fails_with_the_refusal(self, project: Project) -> None:
        job = services.perform(request(project, refuse_at=2).pk)

        assert job.state == State.FAILED
        assert job.problem == {"type": "uncountable", "title": "Line 2 is no number.", "line": 2}

    def test_does_nothing_in_a_project_that_was_archived_meanwhile(self, project: Project) -> None:
        job = request(project)
        Project.objects.filter(pk=project.pk).update(archived_at=job.created_at)

        done = services.perform(job.pk)

        assert (done.state, done.problem["type"], done.progress) == (State.FAILED, "archived", {})

    def test_fails_with_a_bug_and_lets_the_log_have_it(self, project: Project) -> None:
        job = request(project, break_at=2)

        with pytest.raises(ZeroDivisionError):
            services.perform(job.pk)

        job.refresh_from_db()
        assert (job.state, job.problem["type"]) == (State.FAILED, "server-error")

    def test_does_nothing_twice(self, project: Project) -> None:
        job = request(project)
        services.perform(job.pk)

        with pytest.raises(NotToBeTaken):
            services.perform(job.pk)

    @pytest.mark.django_db(transaction=True)
    def test_of_ten_workers_at_once_one_does_it(self, project: Project) -> None:
        job = request(project, pause=0.05)

        answers = at_once(10, partial(services.perform, job.pk))

        assert sum(isinstance(answer, Job) for answer in answers) == 1
        assert sum(isinstance(answer, NotToBeTaken) for answer in answers) == 9

    def test_waits_until_a_job_is_due(self, project: Project) -> None:
        job = services.request(
            project=project, kind="counting", by=None, after=timedelta(minutes=1)
        )

        with pytest.raises(NotToBeTaken):
            services.perform(job.pk)

    def test_comes_again_later_for_a_handler_that_says_so(self, project: Project) -> None:
        job = services.perform(request(project, wait_at=2).pk)

        assert (job.state, job.checkpoint) == (State.QUEUED, {"counted": 1})
        Job.objects.update(due_at=seconds_from_now(0))
        assert services.perform(job.pk).result == {"began_at": 1, "counted": 3}

    @pytest.mark.usefixtures("_stopping")
    def test_gives_the_job_back_unharmed_when_the_worker_stops(self, project: Project) -> None:
        job = services.perform(request(project).pk)

        assert (job.state, job.attempt) == (State.QUEUED, 0)

    def test_tells_whoever_listens(self, project: Project) -> None:
        heard: list[Job] = []

        def hear(job: Job, **_: object) -> None:
            heard.append(job)

        job_ended.connect(hear)
        try:
            job = services.perform(request(project).pk)
        finally:
            job_ended.disconnect(hear)

        assert [(one.pk, one.state) for one in heard] == [(job.pk, State.SUCCEEDED)]


@pytest.fixture
def _stopping() -> Iterator[None]:
    """A worker that was asked to stop."""
    stopping.wish()
    yield
    stopping.forget()


class TestTakenOver:
    def test_a_worker_that_was_cut_off_writes_nothing_more(self, project: Project) -> None:
        slow = Work(services._take(request(project).pk))  # noqa: SLF001 - a worker that hangs
        let_expire(slow.job)
        done = services.perform(slow.job.pk)

        with pytest.raises(LostLease), transaction.atomic():
            slow.checkpoint({"counted": 99})
        with pytest.raises(LostLease):
            slow.check()

        done.refresh_from_db()
        assert done.checkpoint == {"counted": 3}

    def test_the_next_attempt_goes_on_from_the_checkpoint(self, project: Project) -> None:
        job = JobFactory(project=project, checkpoint={"counted": 2}, fence=1, attempt=1)
        let_expire(job)

        assert services.perform(job.pk).result["began_at"] == 2


class TestCancel:
    def test_ends_a_job_that_waits(self, project: Project) -> None:
        assert services.cancel(job=request(project)).state == State.CANCELLED

    def test_asks_the_handler_of_one_that_runs(self, project: Project) -> None:
        work = Work(services._take(request(project).pk))  # noqa: SLF001

        job = services.cancel(job=work.job)

        assert (job.state, job.cancel_requested) == (State.RUNNING, True)

    def test_is_refused_once_it_is_over(self, project: Project) -> None:
        with pytest.raises(JobEnded):
            services.cancel(job=services.perform(request(project).pk))


class TestSweep:
    def test_puts_a_job_back_whose_worker_is_gone(self, project: Project) -> None:
        job = JobFactory(project=project, attempt=1, fence=1)
        let_expire(job)

        services.sweep()

        job.refresh_from_db()
        assert job.state == State.QUEUED

    def test_gives_up_after_enough_attempts(self, project: Project) -> None:
        job = JobFactory(project=project, attempt=5, fence=5)
        let_expire(job)

        services.sweep()

        job.refresh_from_db()
        assert (job.state, job.problem["type"]) == (State.FAILED, "worker-lost")

    def test_cancels_what_nobody_is_left_to_cancel(self, project: Project) -> None:
        job = JobFactory(project=project, attempt=1, fence=1, cancel_requested=True)
        let_expire(job)

        services.sweep()

        job.refresh_from_db()
        assert job.state == State.CANCELLED

    def test_nudges_again_for_what_nobody_heard(self, project: Project) -> None:
        JobFactory(project=project)

        services.sweep()

        assert waiting(SITE) == 1
