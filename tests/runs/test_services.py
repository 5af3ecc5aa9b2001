"""Asking for runs, cancelling them, and the sweep that forgets none."""

import time
from datetime import datetime
from functools import partial

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from annotation_site.accounts.models import Project, Role, User
from annotation_site.common.clock import seconds_from_now
from annotation_site.common.embedded import Valkey
from annotation_site.datasets.models import Snapshot
from annotation_site.queue import CPU, GPU, waiting
from annotation_site.runs import lease, services
from annotation_site.runs.lifecycle import Begun
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import AlreadyFinished, NotAParent, NothingToBuildOn
from tests.runs.factories import RunFactory, SnapshotFactory, rate_something, succeeded
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(project: Project) -> Snapshot:
    return SnapshotFactory(project=project)


class TestRequest:
    @pytest.fixture
    def ask(self, project: Project, now: datetime) -> partial[Begun]:
        return partial(services.request_run, project=project, config={}, by=None, now=now)

    def test_a_scorer_starts_from_the_judgments_so_far(
        self, project: Project, ask: partial[Begun]
    ) -> None:
        rate_something(project)

        run, created = ask(kind=Kind.SCORER, config={"seed": 7})

        assert created
        assert (run.state, run.config, run.project) == (State.QUEUED, {"seed": 7}, project)
        assert run.snapshot.project == project
        assert not run.parents.exists()

    def test_nothing_can_be_learnt_from_nothing(
        self, project: Project, ask: partial[Begun]
    ) -> None:
        for kind in (Kind.SCORER, Kind.TURN):
            with pytest.raises(NothingToBuildOn) as refused:
                ask(kind=kind)
            assert refused.value.facts == {"missing": ["judgments"]}
        assert not project.snapshots.exists()

    def test_the_next_stage_stands_on_the_newest_finished_one(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        succeeded(Kind.SCORER, SnapshotFactory(project=snapshot.project))
        newest = succeeded(Kind.SCORER, snapshot)
        RunFactory(snapshot=snapshot, state=State.FAILED)
        RunFactory(snapshot=snapshot, state=State.CANCELLED)

        run, _ = ask(kind=Kind.SCORE)

        assert run.parents.get() == newest
        assert run.snapshot == snapshot

    def test_an_evaluation_takes_the_snapshot_of_its_scorer(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        finetune = succeeded(Kind.FINETUNE, SnapshotFactory(project=snapshot.project))
        scorer = succeeded(Kind.SCORER, snapshot)

        run, _ = ask(kind=Kind.EVALUATE)

        assert set(run.parents.all()) == {scorer, finetune}
        assert run.snapshot == snapshot

    def test_a_student_may_be_evaluated_in_the_place_of_its_teacher(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        scorer = succeeded(Kind.SCORER, snapshot)
        succeeded(Kind.FINETUNE, snapshot)
        student = succeeded(Kind.DISTILL, snapshot)

        run, _ = ask(kind=Kind.EVALUATE, parents=[student.pk])

        assert set(run.parents.all()) == {scorer, student}

    def test_what_is_missing_is_named(self, ask: partial[Begun]) -> None:
        with pytest.raises(NothingToBuildOn, match="builds on a finished run") as refused:
            ask(kind=Kind.EVALUATE)
        assert refused.value.facts == {"missing": ["scorer", "finetune"]}

    def test_another_projects_results_are_not_built_on(self, ask: partial[Begun]) -> None:
        succeeded(Kind.SCORER, SnapshotFactory())

        with pytest.raises(NothingToBuildOn):
            ask(kind=Kind.SCORE)

    def test_a_parent_may_be_chosen(self, snapshot: Snapshot, ask: partial[Begun]) -> None:
        chosen = succeeded(Kind.SCORER, SnapshotFactory(project=snapshot.project))
        succeeded(Kind.SCORER, snapshot)

        run, _ = ask(kind=Kind.SCORE, parents=[chosen.pk])

        assert run.parents.get() == chosen
        assert run.snapshot == chosen.snapshot

    def test_a_parent_of_the_wrong_sort_is_refused(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        right = succeeded(Kind.SCORER, snapshot)
        wrong = [
            succeeded(Kind.SELECT, snapshot),
            succeeded(Kind.SCORER, SnapshotFactory()),
            RunFactory(snapshot=snapshot, state=State.FAILED),
            succeeded(Kind.SCORER, snapshot),  # one too many
        ]
        for run in wrong:
            with pytest.raises(NotAParent):
                ask(kind=Kind.SCORE, parents=[right.pk, run.pk])
        with pytest.raises(NotAParent):
            ask(kind=Kind.SCORE, parents=[10**9])
        with pytest.raises(NotAParent):
            ask(kind=Kind.SCORER, parents=[right.pk])

    def test_its_worker_is_woken_after_the_commit(
        self,
        snapshot: Snapshot,
        ask: partial[Begun],
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        succeeded(Kind.SCORER, snapshot)
        succeeded(Kind.SCORE, snapshot)

        with django_capture_on_commit_callbacks(execute=True):
            ask(kind=Kind.SCORE)
            ask(kind=Kind.SELECT)
            assert (waiting(GPU), waiting(CPU)) == (0, 0)

        assert (waiting(GPU), waiting(CPU)) == (1, 1)

    def test_a_broker_that_is_away_fails_nothing_and_holds_nobody_up(
        self,
        snapshot: Snapshot,
        ask: partial[Begun],
        broker: Valkey,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        succeeded(Kind.SCORER, snapshot)
        broker.stop()
        try:
            began = time.monotonic()
            with django_capture_on_commit_callbacks(execute=True):
                run, _ = ask(kind=Kind.SCORE)
            assert time.monotonic() - began < 2
        finally:
            broker.start()
        assert run.state == State.QUEUED

        Run.objects.filter(pk=run.pk).update(requested_at=seconds_from_now(-31))
        with django_capture_on_commit_callbacks(execute=True):
            services.sweep()

        assert waiting(GPU) == 1

    def test_a_second_press_finds_the_first_run(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        succeeded(Kind.SCORER, snapshot)
        first, _ = ask(kind=Kind.SCORE)

        again, created = ask(kind=Kind.SCORE, config={"batch": 3})

        assert (again, created) == (first, False)
        lease.claim(run_id=first.pk, owner="here")
        assert ask(kind=Kind.SCORE) == (first, False)

    @pytest.mark.django_db(transaction=True)
    def test_of_twenty_presses_at_once_comes_one_run(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        succeeded(Kind.SCORER, snapshot)

        answers = at_once(20, partial(ask, kind=Kind.SCORE))

        begun = [answer for answer in answers if isinstance(answer, Begun)]
        assert len(begun) == 20
        assert len({answer.run.pk for answer in begun}) == 1
        assert sum(answer.created for answer in begun) == 1
        assert Run.objects.filter(kind=Kind.SCORE).count() == 1

    def test_projects_do_not_wait_for_each_other(
        self, snapshot: Snapshot, ask: partial[Begun]
    ) -> None:
        RunFactory(kind=Kind.SCORE)
        succeeded(Kind.SCORER, snapshot)

        assert ask(kind=Kind.SCORE).created

    def test_the_row_says_who_asked(
        self, snapshot: Snapshot, ask: partial[Begun], member: partial[User]
    ) -> None:
        succeeded(Kind.SCORER, snapshot)
        person = member(Role.RESEARCHER)

        assert ask(kind=Kind.SCORE, by=person).run.requested_by == person


class TestCancel:
    def test_a_waiting_run_ends_at_once(self, run: Run) -> None:
        services.cancel(run=run)

        assert run.state == State.CANCELLED
        assert run.finished_at is not None

    def test_a_running_one_is_asked_to_stop(self, run: Run) -> None:
        held = lease.claim(run_id=run.pk, owner="here")

        services.cancel(run=held)

        assert (held.state, held.cancel_requested) == (State.RUNNING, True)

    @pytest.mark.parametrize("state", [State.SUCCEEDED, State.FAILED, State.CANCELLED])
    def test_a_finished_one_is_not_changed(self, state: State) -> None:
        run = RunFactory(state=state)

        with pytest.raises(AlreadyFinished):
            services.cancel(run=run)

        run.refresh_from_db()
        assert (run.state, run.cancel_requested) == (state, False)


class TestSweep:
    @pytest.fixture
    def abandoned(self, run: Run) -> Run:
        """Its worker was killed and the lease is over."""
        held = lease.claim(run_id=run.pk, owner="machine 7")
        Run.objects.filter(pk=run.pk).update(lease_until=seconds_from_now(-1))
        return held

    def test_gives_an_abandoned_run_another_worker(
        self,
        abandoned: Run,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            services.sweep()

        abandoned.refresh_from_db()
        assert (abandoned.state, abandoned.attempt) == (State.QUEUED, 1)
        assert waiting(GPU) == 1
        assert lease.claim(run_id=abandoned.pk, owner="another").attempt == 2

    def test_counts_a_lease_that_was_never_written_as_over(self, abandoned: Run) -> None:
        Run.objects.filter(pk=abandoned.pk).update(lease_until=None)

        services.sweep()

        abandoned.refresh_from_db()
        assert abandoned.state == State.QUEUED

    def test_leaves_a_run_that_is_held(self, run: Run) -> None:
        lease.claim(run_id=run.pk, owner="here")

        services.sweep()

        run.refresh_from_db()
        assert run.state == State.RUNNING

    def test_gives_up_after_the_last_attempt_and_says_why(self, abandoned: Run) -> None:
        Run.objects.filter(pk=abandoned.pk).update(attempt=5)

        services.sweep()

        abandoned.refresh_from_db()
        assert (abandoned.state, abandoned.error_code) == (State.FAILED, "worker_lost")
        assert "5 attempts" in abandoned.error_detail
        assert "machine 7" in abandoned.error_detail

    def test_a_run_whose_workers_always_die_does_not_live_for_ever(self, run: Run) -> None:
        for _ in range(run.max_attempts):
            lease.claim(run_id=run.pk, owner="here")
            Run.objects.filter(pk=run.pk).update(lease_until=seconds_from_now(-1))
            services.sweep()

        run.refresh_from_db()
        assert run.state == State.FAILED

    def test_ends_a_run_that_was_to_be_cancelled(self, abandoned: Run) -> None:
        services.cancel(run=abandoned)

        services.sweep()

        abandoned.refresh_from_db()
        assert abandoned.state == State.CANCELLED

    def test_rings_again_only_where_nothing_waits_to_be_heard(
        self,
        run: Run,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        Run.objects.filter(pk=run.pk).update(requested_at=seconds_from_now(-31))

        for _ in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                services.sweep()

        assert waiting(GPU) == 1

    def test_is_patient_with_a_run_just_asked_for(
        self,
        run: Run,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        Run.objects.filter(pk=run.pk).update(requested_at=seconds_from_now(0))

        with django_capture_on_commit_callbacks(execute=True):
            services.sweep()

        assert waiting(GPU) == 0

    @pytest.mark.django_db(transaction=True)
    def test_two_sweeps_at_once_do_what_one_does(self) -> None:
        runs = [RunFactory() for _ in range(10)]
        for run in runs:
            lease.claim(run_id=run.pk, owner="here")
        Run.objects.update(lease_until=seconds_from_now(-1))

        answers = at_once(4, services.sweep)

        assert answers == [None] * 4
        assert set(Run.objects.values_list("state", "attempt")) == {(State.QUEUED, 1)}
        assert waiting(GPU) == 10
