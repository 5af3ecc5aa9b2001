"""A run that is done once more leaves the same files, or says which are not."""

import pytest

from annotation_site.runs import reproduction
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import AnotherIsActive, NotReproducible
from tests.factories import UserFactory
from tests.runs.factories import RunFactory, SnapshotFactory, succeeded
from tests.training.test_tasks import selection
from training import tasks

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["selection"]


@pytest.fixture
def original(selection: Run) -> Run:
    tasks.run(run_id=selection.pk)
    selection.refresh_from_db()
    return selection


def test_the_same_inputs_give_the_same_files(original: Run) -> None:
    again = reproduction.reproduce(run=original, by=UserFactory())
    assert again.reproduces == original
    assert (again.config, again.snapshot) == (original.config, original.snapshot)
    assert list(again.parents.all()) == list(original.parents.all())
    assert reproduction.compared(again) is None  # it is not over

    tasks.run(run_id=again.pk)

    again.refresh_from_db()
    found = reproduction.compared(again)
    assert found is not None
    assert found.agrees
    assert found.same == ["selection.jsonl"]
    assert again.result == original.result


def test_what_differs_is_named(original: Run) -> None:
    again = reproduction.reproduce(run=original, by=None)
    tasks.run(run_id=again.pk)
    again.refresh_from_db()
    original.artifacts.filter(name="selection.jsonl").update(sha256="0" * 64)
    original.artifacts.create(name="lost.json", sha256="1" * 64, bytes=1)
    again.artifacts.create(name="found.json", sha256="1" * 64, bytes=1)

    found = reproduction.compared(again)

    assert found is not None
    assert not found.agrees
    assert (found.same, found.different) == ([], ["selection.jsonl"])
    assert (found.missing, found.new) == (["lost.json"], ["found.json"])


def test_asking_twice_gives_the_same_run(original: Run) -> None:
    first, second = (reproduction.reproduce(run=original, by=None) for _ in range(2))
    assert first == second


def test_waits_for_no_other_run_of_its_kind(original: Run) -> None:
    other = RunFactory(kind=Kind.SELECT, snapshot=original.snapshot)
    with pytest.raises(AnotherIsActive):
        reproduction.reproduce(run=original, by=None)
    assert other.reproductions.count() == 0


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED, State.RUNNING])
def test_only_what_succeeded_can_be_done_once_more(state: State) -> None:
    with pytest.raises(NotReproducible):
        reproduction.reproduce(run=RunFactory(state=state), by=None)


def test_a_turn_is_reproduced_stage_by_stage() -> None:
    with pytest.raises(NotReproducible):
        reproduction.reproduce(run=succeeded(Kind.TURN, SnapshotFactory()), by=None)
