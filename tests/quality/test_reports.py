"""The report: computed by a job, of what is data, and kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.services import perform
from annotation_site.quality import checks, kept, reports
from annotation_site.quality.models import Dispute
from annotation_site.quality.overview import overview
from annotation_site.quality.records import records
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Item, Protocol, Purpose, RubricVersion, Slot
from scorer.agreement import agreement
from scorer.rubric import Dimension
from tests.factories import ItemFactory, MembershipFactory, UserFactory
from tests.rating.factories import LEVELS, answer, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]

GIVEN = {0: (4, 5, 4), 1: (2, 1, 2), 2: (0, 0, 0), 3: (5, 5, 4), 4: (0, 3, 0), 5: (1, 2, 2)}
"""Levels of the camera by three annotators, video by video."""


@pytest.fixture
def people(member: Callable[..., User]) -> list[User]:
    return [member(Role.ANNOTATOR) for _ in range(3)]


@pytest.fixture
def rated(project: Project, people: list[User]) -> list[Item]:
    items = ItemFactory.create_batch(len(GIVEN), caption__video__project=project, overlap=3)
    for item, levels in zip(items, GIVEN.values(), strict=True):
        for annotator, level in zip(people, levels, strict=True):
            give(item, annotator, camera=level)
    return items


def give(item: Item, annotator: User, **levels: int) -> None:
    given = {dimension.value: levels.get(dimension, 4) for dimension in Dimension}
    slot = claims.reserve(item=item, annotator=annotator)
    answers.submit(**answer(slot, levels=given))


def made(project: Project) -> Job:
    return perform(reports.request(project=project, by=None).pk)


@pytest.mark.usefixtures("rated")
def test_says_what_the_statistics_say_of_the_ratings(project: Project) -> None:
    assert made(project).state == State.SUCCEEDED

    report = reports.newest(project)
    assert report is not None
    camera = report.body["dimensions"]["camera"]
    expected = agreement(reports.ratings_of(project, Dimension.CAMERA).all)
    assert camera["level"]["alpha"]["value"] == pytest.approx(expected.level.alpha.value)
    assert camera["level"]["alpha"]["value"] > 0.7
    assert camera["applicability"]["exact"]["value"] == pytest.approx(16 / 18)
    # On all else everybody said 4: there is nothing to agree on beyond chance.
    assert report.body["dimensions"]["object"]["level"]["alpha"] == {
        "value": None, "low": None, "high": None, "reason": "no-variation", "units": 6, "videos": 6,
    }  # fmt: skip


@pytest.mark.usefixtures("rated")
def test_says_what_each_annotator_is_like_beside_the_plain_means(
    project: Project, people: list[User]
) -> None:
    made(project)

    report = reports.newest(project)
    assert report is not None
    rows = {row["annotator"]: row for row in report.body["dimensions"]["camera"]["annotators"]}
    assert set(rows) == {person.pk for person in people}
    second = rows[people[1].pk]
    assert (second["ratings"], second["levels"]) == (6, 5)
    assert second["plain_involved"] == pytest.approx(5 / 6)
    assert second["plain_level"] == pytest.approx((5 + 1 + 5 + 3 + 2) / 5)
    assert second["bias_sd"] > 0


def test_leaves_out_what_is_no_data(
    project: Project, rated: list[Item], people: list[User], now: datetime
) -> None:
    check = checks.make(
        project=project, caption_id=rated[0].caption_id, purpose=Purpose.GOLD, levels=LEVELS,
        notes={}, by=None, now=now,
    )  # fmt: skip
    give(check.item, people[0], camera=0)

    assert len(reports.ratings_of(project, Dimension.CAMERA).all) == 18


def test_takes_everybodys_last_word(
    project: Project, rated: list[Item], people: list[User]
) -> None:
    slot = rated[4].slots.get(annotator=people[1])
    given = answer(slot, levels={**LEVELS, "camera": 0})
    del given["evidence"]
    answers.revise(**given)

    ratings = reports.ratings_of(project, Dimension.CAMERA).all

    assert sorted(ratings.level[ratings.item == rated[4].pk]) == [0, 0, 0]


def test_of_nothing_says_why_there_is_nothing(project: Project) -> None:
    made(project)

    report = reports.newest(project)
    assert report is not None
    assert report.body["dimensions"]["camera"]["level"]["alpha"]["reason"] == "no-ratings"
    assert report.body["dimensions"]["camera"]["annotators"] == []


class TestRubricVersions:
    """Levels given under other words are not compared with one another."""

    @pytest.fixture
    def reworded(
        self,
        project: Project,
        rated: list[Item],  # noqa: ARG002 - under version 1
        people: list[User],
        now: datetime,
    ) -> Project:
        """Two captions more, rated under version 2."""
        admin = UserFactory()
        RubricVersion.objects.create(
            project=project, number=2, texts=words(), by=admin, made_at=now
        )
        Protocol.objects.update_or_create(project=project, defaults={"rubric_version": 2})
        project.refresh_from_db()
        for item in ItemFactory.create_batch(2, caption__video__project=project, overlap=3):
            for annotator, level in zip(people, (5, 1, 5), strict=True):
                give(item, annotator, camera=level)
        return project

    def test_have_figures_of_their_own(self, reworded: Project, client_for: Any) -> None:
        made(reworded)
        client = client_for(MembershipFactory(project=reworded, role=Role.RESEARCHER).user)
        url = f"/api/v1/projects/{reworded.slug}/quality/report"

        def ratings(query: str = "") -> tuple[int, int]:
            report = client.get(f"{url}{query}").json()["report"]
            assert report["rubrics"] == [
                {"version": 1, "ratings": 18},
                {"version": 2, "ratings": 6},
            ]
            return report["rubric"], report["dimensions"][3]["applicability"]["ratings"]

        assert ratings() == ratings("?rubric=2") == (2, 6)
        assert ratings("?rubric=1") == (1, 18)
        assert client.get(f"{url}?rubric=3").json()["type"] == "not-reported-on"
        assert client.get(f"{url}?rubric=none").status_code == 400
        audit = f"/api/v1/projects/{reworded.slug}/quality/audit"
        found = [client.get(f"{audit}{query}").json()["results"] for query in ("", "?rubric=1")]
        assert [len(items) for items in found] == [0, 2]
        assert client.get(f"{audit}?rubric=3").status_code == 404

    def test_are_disputed_each_by_itself(self, reworded: Project, rated: list[Item]) -> None:
        made(reworded)

        disputed = Dispute.objects.filter(project=reworded).order_by("-pk")
        assert [row.width for row in disputed] == sorted(
            (row.width for row in disputed), reverse=True
        )
        assert set(disputed.values_list("item", flat=True)) >= {rated[4].pk}

    def test_are_shown_from_the_newest_that_was_rated_under(self, project: Project) -> None:
        assert reports.shown_version(project, {1: 18, 2: 0}) == 1
        assert reports.shown_version(project, {1: 0}) == 1


class TestLarge:
    """What takes long to add up is the report's, and the rest is of now."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kept, "AT_ONCE", 0)

    @pytest.mark.usefixtures("rated")
    def test_a_report_is_as_good_as_adding_up(
        self, project: Project, people: list[User], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made(project)

        def both() -> tuple[Any, ...]:
            rows = records(project)
            shown = overview(project=project, viewer=people[0], staff=True)
            as_of = {shown.pop("as_of"), *(row.pop("as_of") for row in rows)}
            return rows, shown, as_of

        *from_report, made_at = both()
        monkeypatch.setattr(kept, "AT_ONCE", 1000)
        *now, never = both()
        assert from_report == now
        report = reports.newest(project)
        assert report is not None
        assert (made_at, never) == ({report.made_at}, {None})

    @pytest.mark.usefixtures("rated")
    def test_without_a_report_everything_is_of_now(self, project: Project) -> None:
        assert {row["as_of"] for row in records(project)} == {None}


def test_keeps_the_newest_ones(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "KEPT", 2)
    numbers = [made(project).result["report"] for _ in range(3)]

    assert list(project.quality_reports.order_by("pk").values_list("pk", flat=True)) == numbers[1:]


class TestApi:
    @pytest.fixture
    def ask(
        self, project: Project, member: Callable[..., User], client_for: Callable[[User], APIClient]
    ) -> Callable[[str], dict]:
        client = client_for(member(Role.RESEARCHER))

        def send(method: str) -> dict:
            return getattr(client, method)(f"/api/v1/projects/{project.slug}/quality/report").json()

        return send

    @pytest.mark.usefixtures("rated")
    def test_from_none_over_the_job_to_the_report(
        self, ask: Callable[[str], dict], people: list[User]
    ) -> None:
        assert ask("get") == {"report": None, "stale": True, "job": None}

        job = ask("post")["job"]
        assert (ask("post")["job"]["id"], job["state"]) == (job["id"], "queued")
        perform(job["id"])

        now = ask("get")
        assert (now["stale"], now["job"]) == (False, None)
        assert [one["dimension"] for one in now["report"]["dimensions"]] == list(Dimension)
        camera = now["report"]["dimensions"][3]
        assert [row["username"] for row in camera["annotators"]] == sorted(
            person.username for person in people
        )

    def test_is_stale_once_somebody_rates(
        self,
        project: Project,
        rated: list[Item],
        ask: Callable[[str], dict],
        member: Callable[..., User],
    ) -> None:
        made(project)
        Item.objects.filter(pk=rated[0].pk).update(overlap=4)
        give(Item.objects.get(pk=rated[0].pk), member(Role.ANNOTATOR), camera=3)

        assert ask("get")["stale"] is True

    def test_says_that_the_last_one_failed(
        self, project: Project, ask: Callable[[str], dict], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(reports, "dimension_report", broken)
        with pytest.raises(ZeroDivisionError):
            made(project)

        assert ask("get")["job"]["problem"]["type"] == "server-error"

    @pytest.mark.usefixtures("rated")
    def test_tells_how_far_the_project_has_come(
        self, project: Project, ask: Callable[[str], dict]
    ) -> None:
        ItemFactory(caption__video__project=project, overlap=2)
        ItemFactory(caption__video__project=project, overlap=2, withdrawn=True)
        made(project)

        progress = ask("get")["report"]["progress"]
        counts = {"items": 7, "finished": 6, "ratings": 18, "remaining": 2}
        assert progress.items() >= {"days": [18], **counts}.items()
        assert progress["tiers"] == [{"tier": 0, **counts}]
        assert len(progress["captioners"]) == 7
        assert progress["forecast"] == {
            "window": 0, "per_day": None, "end": None, "earliest": None, "latest": None,
            "reason": "new",
        }  # fmt: skip

    @pytest.mark.usefixtures("rated")
    def test_counts_days_back_from_now(self, project: Project, ask: Callable[[str], dict]) -> None:
        ItemFactory(caption__video__project=project, overlap=9)
        slots = Slot.objects.filter(item__project=project).order_by("pk")
        for ago, slot in enumerate(slots[:6]):
            slot.submitted_at -= timedelta(days=ago)
            slot.save()
        made(project)

        state = ask("get")["report"]
        assert state["progress"]["days"] == [1, 1, 1, 1, 1, 13]
        forecast = state["progress"]["forecast"]
        assert (forecast["window"], forecast["per_day"]) == (5, 17 / 5)
        assert forecast["earliest"] < forecast["end"]
        assert forecast["reason"] is None

    @pytest.mark.usefixtures("rated")
    def test_lays_zeros_beside_those_of_others(
        self, project: Project, ask: Callable[[str], dict], people: list[User]
    ) -> None:
        made(project)

        camera = ask("get")["report"]["dimensions"][3]["involvement"]
        assert (camera["ratings"], camera["zeros"]) == (18, 5)
        rows = {row["username"]: row for row in camera["annotators"]}
        assert rows[people[1].username]["difference"] == pytest.approx(-1 / 6)
        assert {row["name"] for row in camera["captioners"]} == set(
            project.captioners.values_list("name", flat=True)
        )

    def test_shows_reports_that_knew_less(
        self, project: Project, ask: Callable[[str], dict]
    ) -> None:
        made(project)
        report = reports.newest(project)
        assert report is not None
        del report.body["progress"]
        for found in report.body["dimensions"].values():
            del found["involvement"]
        report.save()

        shown = ask("get")["report"]
        assert shown["progress"] is shown["dimensions"][0]["involvement"] is None


class TestAudit:
    @pytest.fixture
    def ask(
        self, project: Project, member: Callable[..., User], client_for: Callable[[User], APIClient]
    ) -> Callable[[], list[dict]]:
        client = client_for(member(Role.RESEARCHER))
        return lambda: client.get(f"/api/v1/projects/{project.slug}/quality/audit").json()[
            "results"
        ]

    def test_is_empty_before_the_first_report(self, ask: Callable[[], list[dict]]) -> None:
        assert ask() == []

    def test_shows_what_everybody_said_of_what_was_drawn(
        self, project: Project, rated: list[Item], people: list[User], ask: Callable[[], list[dict]]
    ) -> None:
        made(project)

        rows = {row["item"]: row for row in ask()}
        assert set(rows) == {rated[2].pk, rated[4].pk}
        row = rows[rated[4].pk]
        assert row["dimension"] == "camera"
        assert row["given"] == [
            {"annotator": person.username, "level": level}
            for person, level in zip(people, GIVEN[4], strict=True)
        ]
        assert row["captioner"] == rated[4].caption.captioner.name
        assert rated[4].caption.video.sha256 in row["video_url"]

    def test_asks_as_often_whatever_the_number(
        self,
        project: Project,
        rated: list[Item],
        ask: Callable[[], list[dict]],
        django_assert_max_num_queries: Callable,
    ) -> None:
        made(project)
        Item.objects.filter(pk=rated[2].pk).update(withdrawn=True)

        with django_assert_max_num_queries(8):
            assert [row["item"] for row in ask()] == [rated[4].pk]
