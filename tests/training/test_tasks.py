"""What a message does: the run it names, once, however often it comes."""

from functools import partial

import pytest

from annotation_site.runs.models import Kind, Run, State
from scorer import manifest
from tests.runs.factories import RunFactory, snapshot_of, succeeded
from tests.runs.threads import at_once
from tests.training import world
from training import jsonl, tasks
from training.choosing import SelectConfig
from training.selection import select

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def selection(tmp_path) -> Run:
    """A selection that waits, over a finished scoring."""
    snapshot = snapshot_of(world.write_snapshot(tmp_path / "snapshot"))
    probabilities = {d: [0.0, 0.0, 0.0, 0.0, 0.5, 0.5] for d in world.Dimension}
    scores = [
        {
            "caption": line["caption"],
            "video": line["video"],
            "captioner": line["captioner"],
            "probabilities": probabilities,
            "mean_involved": 4.5,
            "mean_paper": 4.5,
        }
        for line in jsonl.read(snapshot.directory / "captions.jsonl")
    ]
    lines = "".join(manifest.canonical(line) + "\n" for line in scores)
    run = RunFactory(kind=Kind.SELECT, snapshot=snapshot, config={"policy": "best"})
    run.parents.add(succeeded(Kind.SCORE, snapshot, {"scores.jsonl": lines}))
    return run


def test_a_run_is_done_from_its_number_alone(selection: Run) -> None:
    tasks.run(run_id=selection.pk)

    selection.refresh_from_db()
    assert selection.state == State.SUCCEEDED
    assert selection.result["selected"] == 6
    assert len(list(jsonl.read(selection.directory / "selection.jsonl"))) == 6


def test_twenty_messages_at_once_do_it_once(selection: Run) -> None:
    answers = at_once(20, partial(tasks.run, run_id=selection.pk))

    assert answers == [None] * 20
    selection.refresh_from_db()
    assert (selection.state, selection.attempt, selection.fence) == (State.SUCCEEDED, 1, 1)
    assert selection.artifacts.count() == 2


@pytest.mark.parametrize("state", [State.SUCCEEDED, State.FAILED, State.CANCELLED])
def test_a_late_message_changes_nothing(state: State) -> None:
    run = RunFactory(state=state)

    tasks.run(run_id=run.pk)

    run.refresh_from_db()
    assert (run.state, run.attempt) == (state, 0)


def test_a_message_for_nobody_is_nothing() -> None:
    tasks.run(run_id=10**9)


def test_a_newer_senders_words_are_ignored(selection: Run) -> None:
    tasks.run(run_id=selection.pk, colour="red")

    selection.refresh_from_db()
    assert selection.state == State.SUCCEEDED


def test_a_config_that_the_stage_refuses_fails_the_run(selection: Run) -> None:
    Run.objects.filter(pk=selection.pk).update(config={"policy": "mine"})

    with pytest.raises(ValueError, match="mine"):
        tasks.run(run_id=selection.pk)

    selection.refresh_from_db()
    assert selection.state == State.FAILED
    assert "mine" in selection.error_detail


def test_every_stage_can_be_loaded() -> None:
    loaded = [tasks.load(kind) for kind in tasks.STAGES]

    assert (select, SelectConfig) in loaded
    assert set(tasks.STAGES) == set(Kind) - {Kind.TURN}


def test_the_sweep_looks_after_runs_and_slots() -> None:
    run = RunFactory(state=State.RUNNING)

    tasks.sweep()

    run.refresh_from_db()
    assert run.state == State.QUEUED
