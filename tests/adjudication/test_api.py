"""Adjudication over HTTP."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.rating.models import Item, Slot

pytestmark = pytest.mark.django_db


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
