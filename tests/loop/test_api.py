"""The loop over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.loop import trials
from annotation_site.runs.models import Kind, Run
from tests.loop.factories import CURVE, frozen, rate_much, scorer
from tests.runs.factories import SnapshotFactory, succeeded

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(
    member: Callable[[Role], User], client_for: Callable[[User], APIClient]
) -> APIClient:
    return client_for(member(Role.RESEARCHER))


@pytest.fixture
def base(project: Project) -> str:
    return f"/api/v1/projects/{project.slug}"


def figured(value: float) -> dict[str, Any]:
    return {"srcc": {"value": value, "low": value - 0.1, "high": value + 0.1}}


REPORT = {
    "average": figured(0.6),
    "average_ceiling": figured(0.8),
    "dimensions": {"camera": {"captions": 9, "figures": figured(0.5), "ceiling": figured(0.7)}},
}


class TestHowItStands:
    def test_of_an_empty_project(self, researcher: APIClient, base: str) -> None:
        loop = researcher.get(f"{base}/loop").json()

        assert loop["champion"] is None
        assert loop["next"] == {"action": "wait", "why": "off", "facts": {}}
        assert loop["ratings"] == {"all": 0, "new": 0}
        assert loop["value"]["unknown"] == "no-scorer"
        assert [stage["run"] for stage in loop["stages"]] == [None] * 4

    def test_of_one_that_has_gone_round(
        self, researcher: APIClient, base: str, project: Project
    ) -> None:
        given = rate_much(project, 5)
        champion = scorer(frozen(project), given, report=REPORT)
        trials.promote(
            run=champion, by=User.objects.latest("pk"), reason="It is the only one there is."
        )
        snapshot = champion.snapshot
        scored = built(Kind.SCORE, champion, {"captions": 5, "videos": 5})
        built(Kind.SELECT, scored, {"selected": 3, "pool_videos": 4, "threshold": 3.5})
        built(Kind.FINETUNE, succeeded(Kind.SELECT, snapshot), {"captions": 3, "steps": 9})

        loop = researcher.get(f"{base}/loop").json()

        assert loop["champion"]["id"] == champion.pk
        assert loop["champion"]["snapshot"]["digest"] == snapshot.digest
        assert loop["champion"]["ratings"] == 400
        assert loop["champion"]["agreement"] == REPORT
        stages = {stage["kind"]: stage for stage in loop["stages"]}
        assert stages["score"]["figures"] == {"captions": 5.0, "videos": 5.0}
        # Of these two the newer is empty, and what was fine-tuned does not follow from the score.
        assert stages["score"]["current"]
        assert not stages["finetune"]["current"]
        assert stages["evaluate"]["run"] is None
        assert [point["ratings"] for point in loop["value"]["points"]] == [
            step["judgments"] / 5 for step in CURVE
        ]
        assert loop["value"]["gain"]["value"] == pytest.approx(2 / 20 - 2 / 500**0.5)

    def test_takes_as_many_queries_whatever_there_is(
        self, researcher: APIClient, base: str, project: Project
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                researcher.get(f"{base}/loop")
            return len(asked)

        snapshot = SnapshotFactory(project=project)
        for kind in (Kind.SCORER, Kind.SCORE, Kind.EVALUATE):
            built(kind, None, RESULTS[kind], snapshot=snapshot)
        before = queries()
        for kind in (Kind.SCORER, Kind.SCORE, Kind.EVALUATE):
            built(kind, None, RESULTS[kind], snapshot=snapshot)
        rate_much(project, 5)
        assert queries() == before


RESULTS: dict[Kind, dict[str, Any]] = {
    Kind.SCORER: {"train_judgments": 5},
    Kind.SCORE: {"captions": 1, "videos": 1},
    Kind.EVALUATE: {
        "captioners": [
            {"source": "fine-tuned", "mean_involved": {"value": 4.0}},
            {"source": "base model", "mean_involved": {"value": 3.0}},
        ]
    },
}


def built(kind: Kind, on: Run | None, result: dict[str, Any], snapshot: Any = None) -> Run:
    run = succeeded(kind, on.snapshot if on else snapshot)
    run.result = result
    run.save()
    run.parents.set([on] if on else [])
    return run


class TestThePolicy:
    def test_what_is_not_given_stays(self, researcher: APIClient, base: str) -> None:
        researcher.patch(f"{base}/loop/policy", {"after_ratings": 100, "enabled": True}, "json")

        after = researcher.patch(f"{base}/loop/policy", {"every_hours": 24}, "json").json()

        assert (after["enabled"], after["after_ratings"], after["every_hours"]) == (True, 100, 24)
        assert researcher.get(f"{base}/loop/policy").json() == after

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"after_ratings": 0}, "after_ratings"),
            ({"every_hours": "soon"}, "every_hours"),
            ({"least_gain": 3}, "least_gain"),
            ({"rule": "best"}, "rule"),
            ({"goes_on_until": "scorer"}, "goes_on_until"),
            ({"zone": "Mars/Olympus"}, "zone"),
            ({"quiet_from": "22:00"}, "quiet_until"),
            ({"weekly_hours": -1}, "weekly_hours"),
            ({"options": {"scorer": {"steps": 0}}}, "options"),
            ({"options": {"until": "select"}}, "options"),
            ({"options": {"cook": {}}}, "options"),
        ],
    )
    def test_bad_input_names_the_field(
        self, researcher: APIClient, base: str, given: dict[str, Any], field: str
    ) -> None:
        answer = researcher.patch(f"{base}/loop/policy", given, "json")

        assert answer.status_code == 400
        assert field in answer.json()["errors"]

    def test_a_quiet_time_can_be_ended(self, researcher: APIClient, base: str) -> None:
        quiet = {"quiet_from": "22:00", "quiet_until": "06:00", "zone": "Europe/Berlin"}
        assert researcher.patch(f"{base}/loop/policy", quiet, "json").status_code == 200
        none = {"quiet_from": None, "quiet_until": None}
        assert researcher.patch(f"{base}/loop/policy", none, "json").json()["quiet_from"] is None


class TestPromoting:
    def test_is_listed_with_its_reason(
        self, researcher: APIClient, base: str, project: Project
    ) -> None:
        run = succeeded(Kind.SCORER, SnapshotFactory(project=project))

        answer = researcher.post(f"{base}/runs/{run.pk}/promote", {"reason": "Kinder."}, "json")

        assert answer.status_code == 201
        assert researcher.get(f"{base}/loop/trials").json()["results"] == [answer.json()]
        assert answer.json()["reason"] == "Kinder."
        assert researcher.get(f"{base}/runs/{run.pk}").json()["champion"] is True

    @pytest.mark.parametrize("reason", ["", " ", "x" * 2001, None])
    def test_needs_a_reason(
        self, researcher: APIClient, base: str, project: Project, reason: str | None
    ) -> None:
        run = succeeded(Kind.SCORER, SnapshotFactory(project=project))
        answer = researcher.post(f"{base}/runs/{run.pk}/promote", {"reason": reason}, "json")
        assert answer.status_code == 400

    def test_refuses_what_is_no_scorer(
        self, researcher: APIClient, base: str, project: Project
    ) -> None:
        run = succeeded(Kind.SELECT, SnapshotFactory(project=project))
        answer = researcher.post(f"{base}/runs/{run.pk}/promote", {"reason": "Nice."}, "json")
        assert (answer.status_code, answer.json()["type"]) == (409, "not-a-challenger")
