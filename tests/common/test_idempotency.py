"""Asked twice under one key, done once."""

import json
import threading
import uuid

import pytest
from django.db import connection
from django.urls import get_resolver
from rest_framework.response import Response

from annotation_site.accounts import letters
from annotation_site.accounts.models import Invitation, Role
from annotation_site.common import idempotency
from annotation_site.common.clock import seconds_from_now
from annotation_site.common.idempotency import HEADER, REPLAYED, idempotent
from annotation_site.common.models import KeptAnswer
from tests.security.routes import views

pytestmark = pytest.mark.django_db

EXEMPT = {
    "session": "signing in twice is signing in",
    "profile/password": "the old password is no longer right the second time",
    "invitations/<str:token>": "works once by itself, and whoever asks has no account yet",
    "archive": "archived twice is archived",
    "videos": "a video is known by its content; and it takes minutes",
    "captions": "a caption is known by its content; and it takes minutes",
    "imports": "rows are known by their content; the body is a file of up to a gigabyte",
    "imports/files": "as with imports",
    "imports/preview": "changes nothing",
    "uploads": "one begun twice expires; files asked for twice are one import, and then gone",
    "slots": "gives whoever holds a slot the same one",
    "submission": "has its client_key",
    "revision": "has its client_key",
    "vote": "has its client_key",
    "heartbeat": "held twice is held",
    "skip": "skipped twice is skipped",
    "resolve": "resolved twice is resolved",
    "restore": "restored twice is restored",
    "twins/suggestion": "changes nothing",
    "standings/<int:member>": "decided twice is decided",
    "snapshots/preview": "changes nothing",
    "cancel": "cancelled twice is refused",
    "reproduce": "while the reproduction goes on, it is the answer again",
}
"""Requests that need no key, and why: how their addresses end."""


def test_every_post_takes_a_key_or_needs_none():
    posts = {
        route: view.cls.post
        for route, view in views(get_resolver(), "")
        if hasattr(getattr(view, "cls", None), "post")
    }
    without = {route for route, post in posts.items() if not hasattr(post, "idempotent")}
    for route in without:
        assert any(route.endswith(f"/{end}") for end in EXEMPT), f"decide about {route}"
    for end in EXEMPT:
        assert any(route.endswith(f"/{end}") for route in without), end


@pytest.fixture
def admin(project, member, client_for):  # noqa: ARG001
    return client_for(member(Role.ADMIN))


@pytest.fixture
def invitations(project):
    return f"/api/v1/projects/{project.slug}/invitations"


def post(client, address, body, key):
    return client.post(address, body, format="json", headers={HEADER: key})


class TestTheSameKey:
    def test_and_body_get_the_same_answer(self, admin, invitations):
        key = str(uuid.uuid4())

        first = post(admin, invitations, {"role": "annotator"}, key)
        again = post(admin, invitations, {"role": "annotator"}, key)

        assert first.status_code == again.status_code == 201
        assert first.json() == again.json()
        assert REPLAYED not in first.headers
        assert again.headers[REPLAYED] == "true"
        assert Invitation.objects.count() == 1

    def test_and_another_body_or_address_are_refused(self, project, admin, invitations):
        key = str(uuid.uuid4())
        post(admin, invitations, {"role": "annotator"}, key)

        for address, body in (
            (invitations, {"role": "admin"}),
            (f"/api/v1/projects/{project.slug}/comparisons", {"role": "annotator"}),
        ):
            refused = post(admin, address, body, key)
            assert refused.status_code == 422
            assert refused.json()["type"] == "key-used-otherwise"
        assert Invitation.objects.count() == 1

    def test_of_another_person_is_another_key(self, project, admin, member, client_for):
        address = f"/api/v1/projects/{project.slug}/invitations"
        post(admin, address, {"role": "annotator"}, "one")

        other = post(client_for(member(Role.ADMIN)), address, {"role": "admin"}, "one")

        assert other.status_code == 201
        assert other.json()["role"] == "admin"

    def test_may_be_used_again_where_it_was_refused(self, admin, invitations):
        assert post(admin, invitations, {"role": "emperor"}, "one").status_code == 400
        assert post(admin, invitations, {"role": "admin"}, "one").status_code == 201

    def test_is_forgotten_after_a_day(self, admin, invitations):
        post(admin, invitations, {"role": "annotator"}, "one")
        KeptAnswer.objects.update(created_at=seconds_from_now(-25 * 3600))

        assert REPLAYED not in post(admin, invitations, {"role": "annotator"}, "one").headers
        assert Invitation.objects.count() == 2

    def test_shows_a_secret_again_that_the_database_does_not_have(self, admin, invitations):
        link = post(admin, invitations, {"role": "annotator"}, "one").json()["link"]

        assert link not in KeptAnswer.objects.get().sealed_body
        assert post(admin, invitations, {"role": "annotator"}, "one").json()["link"] == link


class TestAKey:
    @pytest.mark.parametrize("key", ["", "a" * 256, "schlüssel", "two\tparts"])
    def test_is_refused_where_it_is_none(self, admin, invitations, key):
        refused = post(admin, invitations, {"role": "annotator"}, key)

        assert (refused.status_code, refused.json()["type"]) == (400, "not-a-key")

    def test_gives_nobody_what_they_may_not_have(self, member, client_for, invitations):
        assert post(client_for(None), invitations, {}, "one").status_code == 401
        assert post(client_for(member(Role.ANNOTATOR)), invitations, {}, "one").status_code == 403
        assert not KeptAnswer.objects.exists()

    def test_is_swept_after_a_day(self, admin, invitations):
        post(admin, invitations, {"role": "annotator"}, "old")
        KeptAnswer.objects.update(created_at=seconds_from_now(-25 * 3600))
        post(admin, invitations, {"role": "annotator"}, "new")

        idempotency.sweep()

        assert [kept.key for kept in KeptAnswer.objects.all()] == ["new"]

    def test_leaves_requests_without_one_as_they_were(self, admin, invitations):
        for _ in range(2):
            admin.post(invitations, {"role": "annotator"}, format="json")

        assert Invitation.objects.count() == 2
        assert not KeptAnswer.objects.exists()

    def test_is_in_the_schema(self, client):
        paths = json.loads(client.get("/api/v1/schema").content)["paths"]
        parameters = paths["/api/v1/projects/{slug}/runs"]["post"]["parameters"]
        assert ("header", HEADER) in {(one["in"], one["name"]) for one in parameters}
        elsewhere = paths["/api/v1/projects/{slug}/slots"]["post"]["parameters"]
        assert HEADER not in {one["name"] for one in elsewhere}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two real connections; the first is held in the middle of its work."""

    @pytest.fixture
    def held(self, monkeypatch):
        """`held.inside` is set once the work is done, which then waits for `held.go`."""
        gate = type("Gate", (), {"inside": threading.Event(), "go": threading.Event()})

        def slowly(*_given):
            gate.inside.set()
            assert gate.go.wait(10)

        monkeypatch.setattr(letters, "send", slowly)
        return gate

    def test_the_second_is_told_to_wait_and_then_gets_the_first_ones_answer(
        self, admin, invitations, held
    ):
        address, body = invitations, {"role": "annotator"}
        found = []

        def first():
            try:
                found.append(post(admin, address, body, "one"))
            finally:
                connection.close()

        thread = threading.Thread(target=first)
        thread.start()
        assert held.inside.wait(10)
        meanwhile = post(admin, address, body, "one")
        held.go.set()
        thread.join()

        assert (meanwhile.status_code, meanwhile.json()["type"]) == (409, "still-at-it")
        assert meanwhile.headers["Retry-After"] == "1"
        assert found[0].status_code == 201
        again = post(admin, address, body, "one")
        assert (again.headers[REPLAYED], again.json()) == ("true", found[0].json())
        assert Invitation.objects.count() == 1

    def test_one_that_broke_leaves_neither_work_nor_key(self, admin, invitations, monkeypatch):
        address, body = invitations, {"role": "annotator"}
        admin.raise_request_exception = False
        create = KeptAnswer.objects.create

        def broken(**_given):
            raise RuntimeError

        monkeypatch.setattr(KeptAnswer.objects, "create", broken)
        assert post(admin, address, body, "one").status_code == 500
        assert not Invitation.objects.exists()

        monkeypatch.setattr(KeptAnswer.objects, "create", create)
        assert post(admin, address, body, "one").status_code == 201
        assert Invitation.objects.count() == 1


def test_a_failure_of_the_server_is_not_kept(project, member, rf):  # noqa: ARG001
    class Broken:
        @idempotent
        def post(self, _request):
            return Response({"title": "away"}, status=503)

    request = rf.post("/", {}, content_type="application/json", headers={HEADER: "one"})
    request.user = member(Role.ADMIN)
    assert Broken().post(request).status_code == 503
    assert not KeptAnswer.objects.exists()
