"""A turn walks through its stages, and ends as they end."""

from datetime import datetime
from functools import partial

import pytest

from annotation_site.accounts.models import Project
from annotation_site.runs import lease, options, services
from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind, Run, State
from tests.runs.factories import RunFactory, rate_something
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(project: Project, now: datetime) -> Run:
    rate_something(project)
    config = options.resolve(Kind.TURN, {"select": {"threshold": 3}}, paths_allowed=False)
    return services.request_run(
        project=project, kind=Kind.TURN, config=config, by=None, now=now
    ).run


def stage(turn: Run, kind: Kind) -> Run:
    return turn.stages.get(kind=kind)


def finish(run: Run, **result: object) -> None:
    held = lease.claim(run_id=run.pk, owner="here")
    lease.publish(run=held, result=result, digest="d" * 64, files={})


def test_begins_with_its_first_stage(turn: Run) -> None:
    only = turn.stages.get()

    assert (turn.state, turn.kind) == (State.RUNNING, Kind.TURN)
    assert (only.kind, only.state, only.snapshot) == (Kind.SCORER, State.QUEUED, turn.snapshot)
    assert only.config == turn.config["scorer"]
    assert turn.progress == {"done": 0, "total": 5, "message": "Train the scorer"}


def test_walks_through_every_stage(turn: Run) -> None:
    for kind in TURN:
        finish(stage(turn, kind), of=str(kind))

    turn.refresh_from_db()
    assert (turn.state, turn.result) == (State.SUCCEEDED, {"of": "evaluate"})
    assert turn.progress["done"] == 5
    assert stage(turn, Kind.SELECT).config["threshold"] == 3
    assert set(stage(turn, Kind.EVALUATE).parents.all()) == {
        stage(turn, Kind.SCORER),
        stage(turn, Kind.FINETUNE),
    }
    assert {run.snapshot for run in turn.stages.all()} == {turn.snapshot}


def test_publishing_a_stage_and_requesting_the_next_are_one(turn: Run) -> None:
    """A worker that loses its lease just then leaves neither."""
    held = lease.claim(run_id=stage(turn, Kind.SCORER).pk, owner="here")
    held.fence -= 1

    with pytest.raises(lease.LostLease):
        lease.publish(run=held, result={}, digest="d" * 64, files={})

    assert turn.stages.count() == 1


def test_fails_with_the_stage_that_failed(turn: Run) -> None:
    finish(stage(turn, Kind.SCORER))
    failing = lease.claim(run_id=stage(turn, Kind.SCORE).pk, owner="here")

    lease.fail(run=failing, code="disk_full", detail="The disk is full.")

    turn.refresh_from_db()
    assert (turn.state, turn.error_code) == (State.FAILED, "disk_full")
    assert turn.error_detail == f"score run {failing.pk}: The disk is full."
    assert turn.stages.count() == 2


def test_is_cancelled_with_the_stage_that_waits(turn: Run) -> None:
    services.cancel(run=turn)

    assert turn.state == State.CANCELLED
    assert turn.stages.get().state == State.CANCELLED


def test_is_cancelled_once_the_running_stage_has_stopped(turn: Run) -> None:
    held = lease.claim(run_id=turn.stages.get().pk, owner="here")

    services.cancel(run=turn)
    assert turn.state == State.RUNNING
    assert lease.renew(run=held)
    lease.cancelled(run=held)

    turn.refresh_from_db()
    assert turn.state == State.CANCELLED


def test_does_not_go_on_when_the_stage_was_faster_than_the_cancel(turn: Run) -> None:
    held = lease.claim(run_id=turn.stages.get().pk, owner="here")
    services.cancel(run=turn)

    lease.publish(run=held, result={}, digest="d" * 64, files={})

    turn.refresh_from_db()
    assert turn.state == State.CANCELLED
    assert turn.stages.get().state == State.SUCCEEDED


def test_does_not_go_on_after_a_stage_that_was_faster_than_its_own_cancel(turn: Run) -> None:
    held = lease.claim(run_id=turn.stages.get().pk, owner="here")
    services.cancel(run=turn.stages.get())

    lease.publish(run=held, result={}, digest="d" * 64, files={})

    turn.refresh_from_db()
    assert turn.state == State.CANCELLED


def test_cancelling_a_stage_ends_the_turn(turn: Run) -> None:
    services.cancel(run=turn.stages.get())

    turn.refresh_from_db()
    assert turn.state == State.CANCELLED


def test_waits_for_a_run_that_was_asked_for_by_itself(turn: Run) -> None:
    alone = RunFactory(kind=Kind.SCORE, snapshot=turn.snapshot)
    finish(stage(turn, Kind.SCORER))

    turn.refresh_from_db()
    assert turn.stages.count() == 1
    assert turn.progress["message"] == f"Waiting for score run {alone.pk} to end"

    finish(alone)
    services.sweep()

    assert stage(turn, Kind.SCORE).state == State.QUEUED


def test_can_be_cancelled_while_it_waits(turn: Run) -> None:
    RunFactory(kind=Kind.SCORE, snapshot=turn.snapshot)
    finish(stage(turn, Kind.SCORER))
    turn.refresh_from_db()

    services.cancel(run=turn)

    assert turn.state == State.CANCELLED


def test_ends_with_a_stage_that_the_sweep_gave_up(turn: Run) -> None:
    Run.objects.filter(turn=turn).update(state=State.RUNNING, attempt=5)

    services.sweep()

    turn.refresh_from_db()
    assert (turn.state, turn.error_code) == (State.FAILED, "worker_lost")


def test_sweeping_a_healthy_turn_changes_nothing(turn: Run) -> None:
    services.sweep()
    services.sweep()

    turn.refresh_from_db()
    assert turn.state == State.RUNNING
    assert turn.stages.count() == 1


@pytest.mark.django_db(transaction=True)
def test_finishing_cancelling_and_sweeping_at_once_never_deadlock(
    project: Project, now: datetime
) -> None:
    rate_something(project)
    config = options.resolve(Kind.TURN, {}, paths_allowed=False)
    for _ in range(10):
        turn = services.request_run(
            project=project, kind=Kind.TURN, config=config, by=None, now=now
        ).run
        held = lease.claim(run_id=turn.stages.get().pk, owner="here")
        publish = partial(lease.publish, run=held, result={}, digest="d" * 64, files={})
        acts = iter([publish, partial(services.cancel, run=turn), services.sweep, services.sweep])

        answers = at_once(4, lambda acts=acts: next(acts)())

        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        turn.refresh_from_db()
        assert turn.state == State.CANCELLED
        assert not turn.stages.filter(state__in=[State.QUEUED, State.RUNNING]).exists()
