"""`manage.py run`."""

import json
import threading
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotation_site.accounts.models import Project
from annotation_site.runs import lease
from annotation_site.runs.models import Kind, Run, State
from tests.runs.factories import SnapshotFactory, rate_something, succeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(project: Project) -> partial[str]:
    def call(*arguments: str) -> str:
        said = StringIO()
        call_command("run", *arguments, "--project", project.slug, stdout=said)
        return said.getvalue()

    return partial(call)


def test_asks_for_a_run(project: Project, ask: partial[str]) -> None:
    rate_something(project)

    said = ask("scorer", "--model", "/models/mine", "--option", "steps=30", "--option", "seed=3")

    run = Run.objects.get()
    assert said == f"scorer run {run.pk} requested\n"
    assert (run.config["model"], run.config["steps"], run.config["seed"]) == (
        "/models/mine",
        30,
        3,
    )
    assert run.requested_by is None
    assert ask("scorer") == f"scorer run {run.pk} is active already\n"


def test_what_is_given_comes_before_the_preset(project: Project, ask: partial[str]) -> None:
    rate_something(project)

    ask("turn", "--preset", "paper-13b", "--option", "select.threshold=4", "--model", "mine")

    config = Run.objects.get(kind=Kind.TURN).config
    assert (config["select"]["threshold"], config["select"]["budget"]) == (4, 20_000)
    assert (config["finetune"]["model"], config["finetune"]["lora_rank"]) == ("mine", 256)


def test_a_turns_options_name_their_stage(project: Project, ask: partial[str]) -> None:
    rate_something(project)

    ask("turn", "--model", "mine", "--option", "select.policy=best", "--option", "scorer.steps=9")

    config = Run.objects.get(kind=Kind.TURN).config
    assert config["scorer"]["model"] == config["finetune"]["model"] == "mine"
    assert (config["select"]["policy"], config["scorer"]["steps"]) == ("best", 9)


def test_a_run_to_build_on_may_be_named(project: Project, ask: partial[str]) -> None:
    snapshot = SnapshotFactory(project=project)
    older, _ = (succeeded(Kind.SCORER, snapshot) for _ in range(2))

    ask("score", "--on", str(older.pk))

    assert Run.objects.get(kind=Kind.SCORE).parents.get() == older


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["scorer"], "rated"),
        (["score"], "finished run of kind scorer"),
        (["score", "--model", "mine"], "no such option"),
        (["scorer", "--option", "steps=-1"], "steps"),
        (["scorer", "--option", "steps"], "steps"),
        (["turn", "--option", "scorer=1", "--option", "scorer.steps=1"], "scorer"),
    ],
)
def test_says_why_not(ask: partial[str], arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        ask(*arguments)


def test_a_project_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="no project nowhere"):
        call_command("run", "scorer", "--project", "nowhere")


class TestWaiting:
    """Another thread is the worker."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def waiting(self, project: Project) -> None:
        succeeded(Kind.SCORER, SnapshotFactory(project=project))

    def work(self, end: partial[None]) -> threading.Thread:
        def act() -> None:
            try:
                while not (run := Run.objects.filter(kind=Kind.SCORE).first()):
                    threading.Event().wait(0.01)
                held = lease.claim(run_id=run.pk, owner="here")
                lease.renew(run=held, progress={"done": 1, "total": 2, "message": "half"})
                end(run=held)
            finally:
                connection.close()

        thread = threading.Thread(target=act)
        thread.start()
        return thread

    @pytest.mark.usefixtures("waiting")
    def test_shows_the_result(self, ask: partial[str]) -> None:
        worker = self.work(partial(lease.publish, result={"n": 3}, digest="d" * 64, files={}))

        said = ask("score", "--wait")

        worker.join()
        assert json.loads(said[said.index("{") :]) == {"n": 3}
        assert "succeeded, 1 of 2 half" in said

    @pytest.mark.usefixtures("waiting")
    def test_fails_with_the_run(self, ask: partial[str]) -> None:
        worker = self.work(partial(lease.fail, code="disk_full", detail="The disk is full."))

        with pytest.raises(CommandError, match="The disk is full"):
            ask("score", "--wait")

        worker.join()
        assert Run.objects.get(kind=Kind.SCORE).state == State.FAILED
