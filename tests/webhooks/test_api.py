"""Webhooks as the page and scripts use them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from annotation_site.accounts.models import Role
from annotation_site.common.pages import _schema
from annotation_site.webhooks import endpoints
from annotation_site.webhooks.models import Delivery, Endpoint
from annotation_site.webhooks.types import CHOICES
from tests.common.servers import say, serving
from tests.common.test_safe_fetch import ODD, PRIVATE
from tests.factories import ProjectFactory

pytestmark = pytest.mark.django_db

GIVEN = {"url": "https://hooks.example/crest", "types": ["answer.recorded"], "description": "Ours"}


@pytest.fixture
def at(project) -> Callable[..., str]:
    return lambda rest="": f"/api/v1/projects/{project.slug}/webhooks{rest}"


@pytest.fixture
def office(client_for, admin) -> Any:
    return client_for(admin)


@pytest.fixture
def send(office, at) -> Callable[..., Any]:
    def ask(method: str, rest: str = "", body: Any = None) -> Any:
        return getattr(office, method)(at(rest), body, format="json")

    return ask


def test_the_secret_is_shown_when_it_is_made_and_never_again(send, admin) -> None:
    made = send("post", body=GIVEN)
    assert made.status_code == 201
    body = made.json()
    secret = body.pop("secret")
    assert secret.startswith("whsec_")
    assert send("get").json() == {"results": [body]}
    assert send("get", f"/{body['id']}").json() == body
    assert (body["off"], body["waiting"], body["created_by"]) == ("", 0, admin.username)
    stored = Endpoint.objects.values().get()
    assert not [value for value in stored.values() if secret in str(value)]
    renewed = send("post", f"/{body['id']}/secret").json()
    assert renewed["secret"] != secret
    assert renewed["former_secret_until"] is not None


def test_is_changed_in_parts_and_removed(send) -> None:
    number = send("post", body=GIVEN).json()["id"]
    changed = send("patch", f"/{number}", {"types": ["run.ended", "answer.recorded"]}).json()
    assert changed["types"] == ["answer.recorded", "run.ended"]
    assert changed["url"] == GIVEN["url"]
    assert send("patch", f"/{number}", {"on": False}).json()["off"] == "by-hand"
    assert send("post", f"/{number}/ping").json()["type"] == "webhook-off"
    assert send("patch", f"/{number}", {"on": True, "description": " a\nb "}).json()["off"] == ""
    assert send("get", f"/{number}").json()["description"] == "a b"
    assert send("delete", f"/{number}").status_code == 204
    assert send("get", f"/{number}").status_code == 404
    assert send("get").json() == {"results": []}


@pytest.mark.parametrize(
    ("change", "status", "kind"),
    [
        ({"types": []}, 422, "nothing-chosen"),
        ({"types": ["ping"]}, 400, "invalid"),
        ({"types": ["answer"]}, 400, "invalid"),
        ({"url": "x" * 2001}, 400, "invalid"),
        ({"description": "x" * 201}, 400, "invalid"),
        ({"url": "https://hooks.example:8443/"}, 422, "address-refused"),
    ],
)
def test_what_makes_no_webhook(send, change: dict[str, Any], status: int, kind: str) -> None:
    refused = send("post", body={**GIVEN, **change})
    assert (refused.status_code, refused.json()["type"]) == (status, kind)
    assert not Endpoint.objects.exists()


def test_there_may_be_twenty(send, project, admin, now) -> None:
    for _ in range(endpoints.MOST):
        endpoints.create(project=project, url=GIVEN["url"], types=CHOICES, by=admin, now=now)
    assert send("post", body=GIVEN).json()["type"] == "too-many-webhooks"


def fields_for_addresses() -> set[tuple[str, str]]:
    """Every field of a request that takes an address, as the schema has them."""
    import json  # noqa: PLC0415 - for this alone

    schema = json.loads(_schema())
    found = set()
    for operations in schema["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media in content.values():
                name = media["schema"].get("$ref", "").rpartition("/")[2]
                properties = schema["components"]["schemas"].get(name, {}).get("properties", {})
                found |= {
                    (operation["operationId"], field)
                    for field, kind in properties.items()
                    if kind.get("format") == "uri"
                }
    return found


def test_these_are_the_fields_for_addresses() -> None:
    assert fields_for_addresses() == {("create_webhook", "url"), ("change_webhook", "url")}


@pytest.mark.parametrize("url", [*ODD, *(f"http://{host}/" for host in PRIVATE)])
def test_each_field_for_an_address_refuses_what_leads_nowhere_public(send, url: str) -> None:
    number = send("post", body=GIVEN).json()["id"]
    refused = [
        send("post", body={**GIVEN, "url": url}).status_code,
        send("patch", f"/{number}", {"url": url}).status_code,
    ]
    assert set(refused) <= {400, 422}
    assert Endpoint.objects.get().url == GIVEN["url"]


def test_the_log_shows_what_was_sent_and_what_came_back(
    send, listen, work_off, django_assert_num_queries
) -> None:
    with serving(say(b"<script>no</script>", status=500)) as server:
        endpoint, _ = listen(server)
        sent = send("post", f"/{endpoint.pk}/ping")
        assert sent.status_code == 202
        assert (sent.json()["state"], sent.json()["attempts"]) == ("waiting", [])
        work_off()
    with django_assert_num_queries(5):  # session, user, membership, the webhook, rows
        (row,) = send("get", f"/{endpoint.pk}/deliveries").json()["results"]
    assert (row["type"], row["state"], row["tries"]) == ("ping", "waiting", 1)
    assert (row["last_status"], row["last_problem"]) == (500, "")
    whole = send("get", f"/{endpoint.pk}/deliveries/{row['id']}").json()
    assert '"type": "ping"' in whole["body"]
    (attempt,) = whole["attempts"]
    assert attempt["response"] == "<script>no</script>"
    assert attempt["headers"]["webhook-id"] == row["event"]


def test_the_log_is_filtered_and_comes_in_pages(send, listen, receiver, work_off) -> None:
    endpoint, _ = listen(receiver)
    for _ in range(51):
        send("post", f"/{endpoint.pk}/ping")
    work_off()
    send("post", f"/{endpoint.pk}/ping")
    rest = f"/{endpoint.pk}/deliveries"
    page = send("get", rest).json()
    assert len(page["results"]) == 50
    more = send("get", f"{rest}?cursor={page['next']}").json()
    assert (len(more["results"]), more["next"]) == (2, None)
    assert len(send("get", f"{rest}?state=waiting").json()["results"]) == 1
    assert send("get", f"{rest}?type=run.ended").json()["results"] == []
    assert send("get", f"{rest}?state=lost").status_code == 400
    assert send("get", f"{rest}?cursor=x").status_code == 422


def test_is_sent_again_under_the_same_id(send, listen, receiver, work_off) -> None:
    endpoint, _ = listen(receiver)
    number = send("post", f"/{endpoint.pk}/ping").json()["id"]
    work_off()
    again = send("post", f"/{endpoint.pk}/deliveries/{number}/redeliver")
    assert (again.status_code, again.json()["state"], again.json()["tries"]) == (202, "waiting", 0)
    work_off()
    ids = {headers["webhook-id"] for headers, _ in receiver.received}
    assert (len(receiver.received), len(ids)) == (2, 1)
    assert len(send("get", f"/{endpoint.pk}/deliveries/{number}").json()["attempts"]) == 2
    send("patch", f"/{endpoint.pk}", {"on": False})
    refused = send("post", f"/{endpoint.pk}/deliveries/{number}/redeliver")
    assert (refused.status_code, refused.json()["type"]) == (409, "webhook-off")


def test_another_webhook_s_deliveries_cannot_be_reached_through_one_s_own(
    *, send, listen, receiver, client_for, member
) -> None:
    """Others' deliveries were what CVAT leaked: each is asked for below its own webhook."""
    mine, _ = listen(receiver)
    theirs, _ = listen(receiver)
    number = endpoints.ping(project=mine.project, number=theirs.pk)
    rest = f"/{mine.pk}/deliveries/{number}"
    assert send("get", rest).status_code == 404
    assert send("post", f"{rest}/redeliver").status_code == 404
    assert send("get", f"/{mine.pk}/deliveries").json()["results"] == []

    elsewhere = ProjectFactory()
    there = client_for(member(Role.ADMIN, project=elsewhere))
    for name, kwargs in (
        ("webhook", {}),
        ("webhook-deliveries", {}),
        ("webhook-delivery", {"delivery": number}),
    ):
        where = reverse(name, kwargs={"slug": elsewhere.slug, "webhook": theirs.pk, **kwargs})
        assert there.get(where).status_code == 404
        where = reverse(name, kwargs={"slug": mine.project.slug, "webhook": theirs.pk, **kwargs})
        assert there.get(where).status_code == 404
    assert Delivery.objects.get().state == Delivery.State.WAITING
