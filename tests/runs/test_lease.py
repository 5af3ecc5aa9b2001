"""A run is done by one worker at a time, and only that one can write to it."""

from functools import partial

import pytest
from django.db import connection

from annotation_site.common.clock import seconds_from_now
from annotation_site.runs import lease, services
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import AlreadyFinished, LostLease, NotToBeTaken
from tests.runs.factories import RunFactory
from tests.runs.threads import at_once

FILES = {"scorer.json": {"sha256": "ab" * 32, "bytes": 2}}

pytestmark = pytest.mark.django_db


def claim(run: Run) -> Run:
    return lease.claim(run_id=run.pk, owner="here")


def let_expire(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(lease_until=seconds_from_now(-1))


class TestClaim:
    def test_takes_a_waiting_run(self, run: Run) -> None:
        held = claim(run)

        assert (held.state, held.attempt, held.fence) == (State.RUNNING, 1, 1)
        assert held.lease_until is not None
        assert held.lease_owner == "here"
        assert held.started_at is not None

    @pytest.mark.django_db(transaction=True)
    def test_of_twenty_at_once_one_wins(self, run: Run) -> None:
        answers = at_once(20, partial(claim, run))

        assert sum(isinstance(answer, Run) for answer in answers) == 1
        assert sum(isinstance(answer, NotToBeTaken) for answer in answers) == 19
        run.refresh_from_db()
        assert (run.attempt, run.fence) == (1, 1)

    def test_takes_over_when_the_lease_is_over(self, run: Run) -> None:
        claim(run)
        let_expire(run)

        assert claim(run).fence == 2

    def test_keeps_the_time_at_which_the_first_attempt_began(self, run: Run) -> None:
        first = claim(run).started_at
        let_expire(run)

        assert claim(run).started_at == first

    @pytest.mark.parametrize(
        "facts",
        [
            {"state": State.SUCCEEDED},
            {"state": State.FAILED},
            {"state": State.CANCELLED},
            {"cancel_requested": True},
            {"attempt": 5},
            {"kind": Kind.TURN},
            {"kind": Kind.TURN, "state": State.RUNNING},
        ],
    )
    def test_leaves_alone_what_is_not_to_be_done(self, facts: dict[str, object]) -> None:
        run = RunFactory(**facts)

        with pytest.raises(NotToBeTaken):
            claim(run)


class TestRenew:
    def test_writes_progress_and_figures(self, run: Run) -> None:
        held = claim(run)

        cancel = lease.renew(
            run=held, progress={"done": 1, "total": 2}, step=7, metrics={"loss": 0.5}
        )

        run.refresh_from_db()
        assert not cancel
        assert run.progress == {"done": 1, "total": 2}
        assert run.progress_at is not None
        assert list(run.metrics.values_list("name", "step", "value")) == [("loss", 7, 0.5)]

    def test_leaves_progress_as_it_was_when_there_is_none(self, run: Run) -> None:
        held = claim(run)
        lease.renew(run=held, progress={"done": 1, "total": 2})
        run.refresh_from_db()
        told_at = run.progress_at

        lease.renew(run=held)

        run.refresh_from_db()
        assert run.progress == {"done": 1, "total": 2}
        assert run.progress_at == told_at

    def test_a_step_written_again_is_replaced(self, run: Run) -> None:
        held = claim(run)
        lease.renew(run=held, step=7, metrics={"loss": 0.5, "srcc": 0.1})

        lease.renew(run=held, step=7, metrics={"loss": 0.25})

        assert dict(run.metrics.values_list("name", "value")) == {"loss": 0.25, "srcc": 0.1}

    def test_prolongs_the_lease(self, run: Run) -> None:
        held = claim(run)
        Run.objects.filter(pk=run.pk).update(lease_until=seconds_from_now(2))
        run.refresh_from_db()
        before = run.lease_until

        lease.renew(run=held)

        run.refresh_from_db()
        assert before is not None
        assert run.lease_until is not None
        assert run.lease_until > before

    def test_counts_the_time_that_workers_held_it(self, run: Run) -> None:
        held = claim(run)
        for _ in range(2):
            Run.objects.filter(pk=run.pk).update(heartbeat_at=seconds_from_now(-10))
            lease.renew(run=held)
        Run.objects.filter(pk=run.pk).update(heartbeat_at=seconds_from_now(-5))
        lease.give_back(run=held)
        again = claim(run)
        Run.objects.filter(pk=run.pk).update(heartbeat_at=seconds_from_now(-7))
        lease.publish(run=again, result={}, digest="ab", files=FILES)
        lease.worked(run=run, seconds=3)

        run.refresh_from_db()
        assert run.worked_seconds == pytest.approx(35, abs=1)

    def test_tells_that_the_run_is_to_be_cancelled(self, run: Run) -> None:
        held = claim(run)
        services.cancel(run=run)

        assert lease.renew(run=held)

    def test_is_refused_once_the_lease_is_over(self, run: Run) -> None:
        held = claim(run)
        let_expire(run)

        with pytest.raises(LostLease):
            lease.renew(run=held, step=1, metrics={"loss": 1.0})
        assert not run.metrics.exists()

    def test_waits_for_no_disk(self, run: Run) -> None:
        """What is written at every step must not cost a flush; what is published must."""
        held = claim(run)
        lease.renew(run=held, step=1, metrics={"loss": 1.0})

        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("off",)


class TestFence:
    """Somebody else holds the run by now."""

    @pytest.fixture
    def late(self, run: Run) -> Run:
        late = claim(run)
        let_expire(run)
        claim(run)
        return late

    def test_refuses_progress_and_figures(self, late: Run) -> None:
        with pytest.raises(LostLease):
            lease.renew(run=late, progress={"done": 9}, step=9, metrics={"loss": 9.0})

        late.refresh_from_db()
        assert late.progress == {}
        assert not late.metrics.exists()

    def test_refuses_a_result(self, late: Run) -> None:
        with pytest.raises(LostLease):
            lease.publish(run=late, result={}, digest="d" * 64, files=FILES)

        late.refresh_from_db()
        assert late.state == State.RUNNING
        assert not late.artifacts.exists()

    def test_refuses_every_other_end(self, late: Run) -> None:
        lease.fail(run=late, code="late", detail="late")
        lease.cancelled(run=late)
        lease.give_back(run=late)

        late.refresh_from_db()
        assert (late.state, late.attempt, late.fence) == (State.RUNNING, 2, 2)


class TestEnds:
    def test_publishing_registers_the_files(self, run: Run) -> None:
        held = claim(run)

        lease.publish(run=held, result={"srcc": 0.5}, digest="d" * 64, files=FILES)

        run.refresh_from_db()
        assert (run.state, run.result, run.digest) == (State.SUCCEEDED, {"srcc": 0.5}, "d" * 64)
        assert run.finished_at is not None
        assert run.lease_until is None
        assert list(run.artifacts.values_list("name", "bytes")) == [("scorer.json", 2)]

    def test_publishing_again_is_no_error(self, run: Run) -> None:
        held = claim(run)
        lease.publish(run=held, result={}, digest="d" * 64, files=FILES)

        lease.publish(run=held, result={}, digest="d" * 64, files=FILES)

        assert run.artifacts.count() == 1

    def test_a_failure_has_its_reason(self, run: Run) -> None:
        lease.fail(run=claim(run), code="disk_full", detail="The disk is full.")

        run.refresh_from_db()
        assert (run.state, run.error_code, run.error_detail) == (
            State.FAILED,
            "disk_full",
            "The disk is full.",
        )

    def test_a_run_given_back_waits_again_and_the_attempt_does_not_count(self, run: Run) -> None:
        lease.give_back(run=claim(run))

        run.refresh_from_db()
        assert (run.state, run.attempt, run.lease_until) == (State.QUEUED, 0, None)
        assert claim(run).fence == 2

    def test_a_cancelled_run_is_not_given_back(self, run: Run) -> None:
        held = claim(run)
        services.cancel(run=run)

        lease.give_back(run=held)

        run.refresh_from_db()
        assert run.state == State.CANCELLED

    @pytest.mark.django_db(transaction=True)
    def test_cancelling_and_finishing_at_once_end_in_one_state(self) -> None:
        for _ in range(20):
            held = claim(RunFactory())
            acts = iter(
                [
                    partial(services.cancel, run=held),
                    partial(lease.publish, run=held, result={}, digest="d" * 64, files=FILES),
                ]
            )

            refused = [
                answer
                for answer in at_once(2, lambda acts=acts: next(acts)())
                if isinstance(answer, Exception)
            ]

            run = Run.objects.get(pk=held.pk)
            assert run.state == State.SUCCEEDED
            assert run.artifacts.count() == 1
            assert not refused or isinstance(refused[0], AlreadyFinished)
