"""Adjudication over HTTP."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.jobs.services import perform
from annotation_site.quality import reports
from annotation_site.quality.models import Dispute
from annotation_site.rating.models import Item, Slot
from tests.factories import ItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture
def admin(member: Callable[..., User], client_for: Callable[[User], APIClient]) -> APIClient:
    return client_for(member(Role.ADMIN))


@pytest.fixture
def home(project: Project) -> str:
    return f"/api/v1/projects/{project.slug}/adjudication"


def test_from_the_dispute_to_the_decision(
    disputed: Item, admin: APIClient, home: str, member: Callable[..., User]
) -> None:
    member(Role.ANNOTATOR)

    opened = admin.post(home, {"item": disputed.pk, "reason": "0 or 1?"}, format="json")
    waiting = admin.get(f"{home}?stage=waiting").json()["results"]
    decision = {"levels": {"camera": 1}, "reason": "It pans."}
    decided = admin.post(f"{home}/{disputed.pk}/decisions", decision, format="json")

    assert (opened.status_code, opened.json()["case"]["stage"]) == (201, "waiting")
    assert [(row["item"], row["reason"], row["overlap"]) for row in waiting] == [
        (disputed.pk, "0 or 1?", 3)
    ]
    assert (decided.status_code, decided.json()["decided"]) == (201, {"camera": 1})
    assert admin.get(home).json() == {"results": [], "next": None}


def test_the_author_reads_why_and_not_who(
    project: Project,
    disputed: Item,
    admin: APIClient,
    home: str,
    client_for: Callable[[User], APIClient],
) -> None:
    slot = Slot.objects.filter(item=disputed).earliest("pk")
    sent = {"slot": slot.pk, "reason": "It pans: look again."}
    answer = admin.post(f"{home}/{disputed.pk}/returns", sent, format="json")

    mine = client_for(slot.annotator).get(f"/api/v1/projects/{project.slug}/returned").json()

    assert answer.json()["ratings"][0]["returned"] is True
    assert [(row["slot"], row["reason"]) for row in mine["results"]] == [
        (slot.pk, "It pans: look again.")
    ]
    assert "by" not in mine["results"][0]


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        ({"levels": {"camera": 6}, "reason": "So."}, "levels"),
        ({"levels": {"camera": 1}, "reason": " "}, "reason"),
        ({"levels": {"camera": 1}}, "reason"),
    ],
)
def test_says_what_is_wrong_with_a_decision(
    disputed: Item, admin: APIClient, home: str, sent: dict[str, object], where: str
) -> None:
    answer = admin.post(f"{home}/{disputed.pk}/decisions", sent, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [where])


def test_refuses_a_decision_about_nothing(disputed: Item, admin: APIClient, home: str) -> None:
    sent = {"levels": {}, "reason": "So."}
    answer = admin.post(f"{home}/{disputed.pk}/decisions", sent, format="json")

    assert (answer.status_code, answer.json()["type"]) == (422, "nothing-decided")


def test_refuses_a_stage_that_is_none(admin: APIClient, home: str) -> None:
    assert admin.get(f"{home}?stage=later").status_code == 400


class TestConflicts:
    @pytest.fixture
    def reported(self, project: Project, disputed: Item, rate: Callable[..., User]) -> Item:
        """Two more: one with a quarrel over levels, one with none."""
        for levels in ((5, 3), (4, 4)):
            item = ItemFactory(caption__video__project=project, overlap=2)
            for level in levels:
                rate(item, action=level)
        perform(reports.request(project=project, by=None).pk)
        return disputed

    def test_are_ranked_with_what_everybody_said(
        self, reported: Item, admin: APIClient, home: str
    ) -> None:
        rows = admin.get(f"{home}/conflicts").json()["results"]

        assert [(row["dimension"], row["kind"], row["width"]) for row in rows] == [
            ("camera", "involved", 5.0),
            ("action", "level", 2.0),
        ]
        assert rows[0]["item"] == reported.pk
        assert [given["level"] for given in rows[0]["given"]] == [1, 0]
        assert rows[0]["stage"] is None

    def test_tell_of_their_case(self, reported: Item, admin: APIClient, home: str) -> None:
        decision = {"levels": {"camera": 1}, "reason": "It pans."}
        admin.post(f"{home}/{reported.pk}/decisions", decision, format="json")

        assert admin.get(f"{home}/conflicts").json()["results"][0]["stage"] == "decided"

    @pytest.mark.usefixtures("reported")
    @pytest.mark.parametrize(("asked", "found"), [("camera", 1), ("action", 1), ("object", 0)])
    def test_of_a_dimension(self, admin: APIClient, home: str, asked: str, found: int) -> None:
        assert len(admin.get(f"{home}/conflicts?dimension={asked}").json()["results"]) == found

    def test_of_a_captioner_and_of_an_annotator(
        self, reported: Item, admin: APIClient, home: str
    ) -> None:
        captioner = reported.caption.captioner.name
        annotator = reported.slots.earliest("pk").annotator.username
        for asked in (f"captioner={captioner}", f"annotator={annotator}"):
            rows = admin.get(f"{home}/conflicts?{asked}").json()["results"]
            assert {row["item"] for row in rows} == {reported.pk}, asked

    @pytest.mark.usefixtures("reported")
    def test_are_renewed_by_the_next_report(self, project: Project) -> None:
        assert Dispute.objects.filter(project=project).count() == 2
        perform(reports.request(project=project, by=None).pk)
        assert Dispute.objects.filter(project=project).count() == 2
