"""The loop that runs itself: what is asked for, when, and in whose name."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from annotation_site.accounts.models import Project
from annotation_site.loop import policies, selectors, trials
from annotation_site.loop.driving import drive
from annotation_site.runs import lifecycle
from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind, Run, State
from tests.factories import ProjectFactory, UserFactory
from tests.loop.factories import CURVE, frozen, rate_much, scorer
from tests.runs.factories import RunFactory, SnapshotFactory, rate_something, succeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> datetime:
    """Runs are asked for by the database's clock."""
    return timezone.now()  # noqa: TID251 - the edge


def enabled(project: Project, **given: Any) -> None:
    policies.change(project=project, enabled=True, **given)


def test_a_project_without_a_policy_stays_as_it_is(project: Project, clock: datetime) -> None:
    rate_much(project, 5)
    assert drive(clock) == []


class TestRetraining:
    def test_begins_after_so_many_ratings(self, project: Project, clock: datetime) -> None:
        enabled(project, after_ratings=5, options={"scorer": {"steps": 7}})
        rate_much(project, 4)
        assert drive(clock) == []

        rate_something(project)
        (begun,) = drive(clock)

        assert begun.created
        assert (begun.run.kind, begun.run.requested_by) == (Kind.SCORER, None)
        assert begun.run.config["steps"] == 7
        assert begun.run.snapshot.judgments == 25

    def test_once_however_often_one_looks(self, project: Project, clock: datetime) -> None:
        enabled(project, after_ratings=1)
        rate_something(project)
        drive(clock)
        assert drive(clock) == []
        assert Run.objects.count() == 1

    def test_only_ratings_later_than_the_last_snapshot_count(
        self, project: Project, clock: datetime
    ) -> None:
        rate_much(project, 5)  # on the first of September
        learnt = scorer(frozen(project), {})
        learnt.snapshot.as_of = clock
        learnt.snapshot.save()
        enabled(project, after_ratings=1)

        assert selectors.facts_of(project, clock).new_ratings == 0
        assert drive(clock) == []

    def test_what_stopped_is_not_begun_again(self, project: Project, clock: datetime) -> None:
        enabled(project, after_ratings=1)
        rate_something(project)
        (begun,) = drive(clock)
        lifecycle.end(begun.run, State.FAILED, when=Q(), error_detail="It broke.")

        assert drive(clock) == []
        assert selectors.facts_of(project, clock).stopped == begun.run.pk

    def test_what_a_person_cancelled_of_their_own_stops_nothing(
        self, project: Project, clock: datetime
    ) -> None:
        rate_something(project)
        theirs = RunFactory(
            snapshot__project=project, requested_by=UserFactory(), state=State.CANCELLED
        )
        assert selectors.facts_of(theirs.project, clock).stopped is None

    def test_the_budget_counts_a_week_of_work_on_gpus(
        self, project: Project, clock: datetime
    ) -> None:
        snapshot = SnapshotFactory(project=project)
        for kind, ended in (
            (Kind.SCORER, clock - timedelta(days=6)),
            (Kind.SCORER, clock - timedelta(days=8)),
            (Kind.SELECT, clock),
        ):
            RunFactory(
                kind=kind,
                snapshot=snapshot,
                state=State.SUCCEEDED,
                finished_at=ended,
                worked_seconds=1800,
            )
        assert selectors.facts_of(project, clock).worked_hours == pytest.approx(0.5)

    def test_what_one_project_lacks_holds_up_no_other(
        self, project: Project, clock: datetime
    ) -> None:
        empty = ProjectFactory()
        champion = succeeded(Kind.SCORER, SnapshotFactory(project=empty))
        trials.promote(run=champion, by=UserFactory(), reason="Try.")
        enabled(empty, goes_on_until="score", options={"score": {"batch": 0}})  # of an old version
        enabled(project, after_ratings=1)
        rate_something(project)

        assert [one.run.project for one in drive(clock)] == [project]


class TestGoingOn:
    @pytest.fixture
    def champion(self, project: Project) -> Run:
        rate_much(project, 5)
        run = scorer(frozen(project), {})
        trials.promote(run=run, by=UserFactory(), reason="Good.")
        run.refresh_from_db()
        return run

    def test_a_turn_on_the_champion_as_far_as_the_policy_says(
        self, project: Project, champion: Run, clock: datetime
    ) -> None:
        enabled(project, goes_on_until="select", options={"select": {"threshold": 3.0}})

        (begun,) = drive(clock)

        turn = begun.run
        assert (turn.kind, turn.snapshot) == (Kind.TURN, champion.snapshot)
        first = turn.stages.get()
        assert first.kind == Kind.SCORE
        assert list(first.parents.all()) == [champion]
        lifecycle.end(first, State.SUCCEEDED, when=Q(), result={"captions": 5})
        second = turn.stages.get(kind=Kind.SELECT)
        assert second.config["threshold"] == 3.0
        lifecycle.end(second, State.SUCCEEDED, when=Q(), result={"selected": 2})
        turn.refresh_from_db()
        assert (turn.state, turn.result) == (State.SUCCEEDED, {"selected": 2})
        assert turn.progress["total"] == TURN.index(Kind.SELECT) + 1

    def test_whatever_was_wished_of_the_champion_while_it_learnt(
        self, project: Project, champion: Run, clock: datetime
    ) -> None:
        """Somebody may cancel a run just as it ends well."""
        Run.objects.filter(pk=champion.pk).update(cancel_requested=True)
        enabled(project, goes_on_until="score")
        (begun,) = drive(clock)
        assert begun.run.state == State.RUNNING
        assert begun.run.stages.get().kind == Kind.SCORE

    def test_once(self, project: Project, champion: Run, clock: datetime) -> None:
        enabled(project, goes_on_until="score")
        (begun,) = drive(clock)
        lifecycle.end(begun.run.stages.get(), State.SUCCEEDED, when=Q())

        assert drive(clock) == []
        assert champion.children.filter(kind=Kind.TURN).count() == 1

    def test_what_ratings_are_worth_is_told_by_the_champion(
        self, project: Project, champion: Run, clock: datetime
    ) -> None:
        assert champion.result["curve"] == CURVE
        gain = selectors.gain_of(*selectors.curve_of(champion), more=100)
        assert gain is not None
        assert gain.value == pytest.approx(2 / 400**0.5 - 2 / 500**0.5)
        enabled(project, least_gain=gain.value / 50)
        rate_much(project, 1)
        facts = selectors.facts_of(project, clock)
        assert facts.gain is not None
