"""A scorer that has learnt challenges the champion, on the captions that both were tested on."""

import threading
from typing import Any

import pytest
from django.db import connection

from annotation_site.accounts.models import Project, User
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job
from annotation_site.loop import policies, trials
from annotation_site.loop.models import Rule, Trial
from annotation_site.loop.refusals import AlreadyChampion, NotAChallenger
from annotation_site.runs import options, services
from annotation_site.runs.models import Kind, Run, State
from scorer import snapshot
from scorer.evaluation import tested
from tests.factories import ProjectFactory, UserFactory
from tests.loop.factories import (
    frozen,
    rate_much,
    scorer,
    upside_down,
    wrong_of_the_camera,
)
from tests.runs.factories import RunFactory, SnapshotFactory, rate_something, succeeded

pytestmark = pytest.mark.django_db


def tried(run: Run) -> dict[str, Any]:
    """What its end asks for, done."""
    trials.ask_for_one(run=run)
    asked = Job.objects.filter(kind=trials.JOB, payload__run=run.pk).latest("pk")
    return jobs.perform(asked.pk).result


def champions() -> set[int]:
    return set(Run.objects.filter(champion=True).values_list("pk", flat=True))


def test_the_first_is_champion(project: Project) -> None:
    first = scorer(frozen(project), rate_much(project, 5))

    assert tried(first) == {"promoted": True, "grounds": "first"}
    assert champions() == {first.pk}


class TestAgainstAChampion:
    @pytest.fixture
    def given(self, project: Project) -> dict[int, int]:
        return rate_much(project)

    def test_a_better_one_takes_its_place(self, project: Project, given: dict[int, int]) -> None:
        snapshot = frozen(project)
        bad, good = scorer(snapshot, given, upside_down), scorer(snapshot, given)
        tried(bad)

        assert tried(good) == {"promoted": True, "grounds": "better"}
        assert champions() == {good.pk}
        trial = Trial.objects.get(challenger=good)
        assert trial.champion == bad
        average = trial.comparison["average"]["srcc"]
        assert average["one"] == pytest.approx(-average["other"])
        assert 0 < average["difference"]["low"] < average["difference"]["high"] <= 2
        assert trial.comparison["captions"] == trial.comparison["videos"] < 60

    def test_a_worse_one_does_not(self, project: Project, given: dict[int, int]) -> None:
        snapshot = frozen(project)
        good, bad = scorer(snapshot, given), scorer(snapshot, given, upside_down)
        tried(good)

        assert tried(bad) == {"promoted": False, "grounds": "worse"}
        assert champions() == {good.pk}

    def test_one_that_is_worse_on_one_dimension_does_not(
        self, project: Project, given: dict[int, int]
    ) -> None:
        snapshot = frozen(project)
        policies.change(project=project, rule=Rule.NOT_WORSE)
        tried(scorer(snapshot, given))

        # The average is worse as well, and that is said first.
        of_the_camera = scorer(snapshot, given, wrong_of_the_camera)
        assert tried(of_the_camera) == {"promoted": False, "grounds": "worse"}

    def test_equals_are_undecided_and_the_rule_has_the_word(
        self, project: Project, given: dict[int, int]
    ) -> None:
        snapshot = frozen(project)
        tried(scorer(snapshot, given))

        assert tried(scorer(snapshot, given)) == {"promoted": False, "grounds": "undecided"}
        policies.change(project=project, rule=Rule.NOT_WORSE)
        assert tried(scorer(snapshot, given)) == {"promoted": True, "grounds": "not-worse"}
        policies.change(project=project, rule=Rule.BY_HAND)
        assert tried(scorer(snapshot, given)) == {"promoted": False, "grounds": "left-to-people"}

    def test_only_captions_count_that_both_were_tested_on(
        self, project: Project, given: dict[int, int]
    ) -> None:
        old = scorer(frozen(project), given)
        tried(old)
        more = rate_much(project, 20)

        tried(scorer(frozen(project), given | more))

        held_out = snapshot.read(old.snapshot.directory).examples("test")
        assert Trial.objects.latest("pk").comparison["captions"] == sum(map(len, held_out.values()))
        assert more

    def test_nothing_in_common_promotes_nobody(self, project: Project) -> None:
        first = scorer(frozen(project), rate_much(project, 5))
        tried(first)
        silent = succeeded(Kind.SCORER, first.snapshot)  # from before the words were kept

        assert tried(silent) == {"promoted": False, "grounds": "nothing-in-common"}

    def test_what_is_damaged_is_not_taken_for_silence(
        self, project: Project, given: dict[int, int]
    ) -> None:
        snapshot = frozen(project)
        champion, challenger = scorer(snapshot, given), scorer(snapshot, given)
        tried(champion)
        (champion.directory / tested.FILE).write_text("")

        trials.ask_for_one(run=challenger)
        job = jobs.perform(Job.objects.latest("pk").pk)

        assert (job.state, job.problem["type"]) == ("failed", "damaged")
        assert not challenger.trials.exists()

    def test_done_twice_is_decided_once(self, project: Project, given: dict[int, int]) -> None:
        run = scorer(frozen(project), given)
        tried(run)
        assert tried(run) == {"promoted": True, "grounds": "first"}
        assert Trial.objects.count() == 1


class TestByHand:
    @pytest.fixture
    def somebody(self) -> User:
        return UserFactory()

    def test_the_reason_is_kept(self, project: Project, somebody: User) -> None:
        snapshot = SnapshotFactory(project=project)
        first, second = succeeded(Kind.SCORER, snapshot), succeeded(Kind.SCORER, snapshot)
        trials.promote(run=first, by=somebody, reason="To begin with.")

        trial = trials.promote(run=second, by=somebody, reason="Kinder to verbs.")

        assert champions() == {second.pk}
        assert (trial.champion, trial.by, trial.reason) == (first, somebody, "Kinder to verbs.")

    def test_only_a_finished_scorer_and_only_once(self, project: Project, somebody: User) -> None:
        snapshot = SnapshotFactory(project=project)
        selection, waiting = succeeded(Kind.SELECT, snapshot), RunFactory(snapshot=snapshot)
        for run in (selection, waiting):
            with pytest.raises(NotAChallenger):
                trials.promote(run=run, by=somebody, reason="I like it.")
        first = succeeded(Kind.SCORER, snapshot)
        trials.promote(run=first, by=somebody, reason="I like it.")
        with pytest.raises(AlreadyChampion):
            trials.promote(run=first, by=somebody, reason="I like it.")

    def test_others_build_on_the_champion(self, project: Project, somebody: User) -> None:
        snapshot = SnapshotFactory(project=project)
        old, _newest = succeeded(Kind.SCORER, snapshot), succeeded(Kind.SCORER, snapshot)
        trials.promote(run=old, by=somebody, reason="I like it.")

        begun = services.request_run(
            project=project,
            kind=Kind.SCORE,
            config=options.resolve(Kind.SCORE, {}, paths_allowed=False),
            by=somebody,
            now=snapshot.created_at,
        )

        assert [run.pk for run in begun.run.parents.all()] == [old.pk]

    def test_another_projects_champion_stays(self, project: Project, somebody: User) -> None:
        theirs = succeeded(Kind.SCORER, SnapshotFactory(project=ProjectFactory()))
        trials.promote(run=theirs, by=somebody, reason="Ours.")
        mine = succeeded(Kind.SCORER, SnapshotFactory(project=project))
        trials.promote(run=mine, by=somebody, reason="Mine.")
        assert champions() == {theirs.pk, mine.pk}


@pytest.mark.parametrize(
    ("kind", "state"),
    [(Kind.SELECT, State.SUCCEEDED), (Kind.SCORER, State.FAILED), (Kind.SCORER, State.CANCELLED)],
)
def test_nothing_else_challenges(project: Project, kind: Kind, state: State) -> None:
    snapshot = SnapshotFactory(project=project)
    trials.ask_for_one(run=RunFactory(kind=kind, state=state, snapshot=snapshot))
    assert not Job.objects.filter(kind=trials.JOB).exists()


def test_a_reproduction_does_not_challenge_its_original(project: Project) -> None:
    original = succeeded(Kind.SCORER, SnapshotFactory(project=project))
    again = succeeded(Kind.SCORER, original.snapshot)
    again.reproduces = original
    trials.ask_for_one(run=again)
    assert not Job.objects.filter(kind=trials.JOB).exists()


@pytest.mark.django_db(transaction=True)
def test_many_promotions_at_once_leave_one_champion() -> None:
    snapshot, somebody = SnapshotFactory(), UserFactory()
    runs = [succeeded(Kind.SCORER, snapshot) for _ in range(6)]

    def promote(run: Run) -> None:
        trials.promote(run=run, by=somebody, reason="Me.")
        connection.close()

    threads = [threading.Thread(target=promote, args=[run]) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(champions()) == 1
    assert Trial.objects.count() == len(runs)
    assert rate_something(snapshot.project)  # and the project can go on
