import json
from http import HTTPStatus

import pytest
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from annotation_site.accounts.models import Project
from annotation_site.common.api import PAGE_SIZE, newest_first
from annotation_site.common.refusals import Conflict, Forbidden, Invalid, Missing, Refusal
from tests.factories import ProjectFactory


class NothingToRate(Missing):
    """No caption is left
    for you to rate."""


class Slow(Refusal):
    """Slower, please."""

    status = 429


def answer_to(error: Exception):
    class View(APIView):
        permission_classes = (AllowAny,)
        authentication_classes = ()

        def get(self, _request):
            raise error

    return View.as_view()(APIRequestFactory().get("/")).render()


class TestProblem:
    def test_tells_a_refusal_by_its_name_and_its_docstring(self):
        answer = answer_to(NothingToRate(why="all-done"))

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content) == {
            "type": "nothing-to-rate",
            "title": "No caption is left for you to rate.",
            "status": 404,
            "why": "all-done",
        }

    @pytest.mark.parametrize(
        ("error", "status"),
        [
            (Refusal(), 400),
            (Forbidden(), 403),
            (Missing(), 404),
            (Conflict(), 409),
            (Invalid(), 422),
        ],
    )
    def test_gives_each_kind_its_status(self, error, status):
        assert answer_to(error).status_code == status

    def test_names_the_fields_that_are_not_valid(self):
        answer = answer_to(ValidationError({"level": ["Too high."]}))

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert json.loads(answer.content)["errors"] == {"level": ["Too high."]}

    def test_tells_the_frameworks_errors_alike(self):
        answer = answer_to(MethodNotAllowed("PUT"))

        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.content)["type"] == "method-not-allowed"

    def test_keeps_the_header_that_says_when_to_come_back(self):
        assert answer_to(Slow(retry_after=7)).headers["Retry-After"] == "7"

    def test_lets_a_bug_be_a_bug(self):
        with pytest.raises(ZeroDivisionError):
            answer_to(ZeroDivisionError())


class TestNewestFirst:
    @pytest.fixture
    def projects(self, db):  # noqa: ARG002 - it opens the database
        return ProjectFactory.create_batch(PAGE_SIZE + 1)

    def page(self, **query: str):
        request = Request(APIRequestFactory().get("/", query))
        return newest_first(request, Project.objects.all(), lambda row: {"id": row.pk}).data

    def test_gives_the_newest_and_the_way_on(self, projects):
        first = self.page()
        second = self.page(cursor=first["next"])

        ids = [row["id"] for row in first["results"] + second["results"]]
        assert ids == [project.pk for project in reversed(projects)]
        assert len(first["results"]) == PAGE_SIZE
        assert second["next"] is None

    def test_stays_in_place_when_something_new_comes(self, projects):
        first = self.page()
        ProjectFactory()

        assert [row["id"] for row in self.page(cursor=first["next"])["results"]] == [projects[0].pk]

    @pytest.mark.parametrize("cursor", ["", "x", "-1", "1.5", "²", "9" * 19, "1 or 1=1", "\0"])
    def test_refuses_a_cursor_that_nobody_gave_out(self, cursor):
        with pytest.raises(Invalid):
            self.page(cursor=cursor)


@pytest.mark.django_db
class TestBodies:
    @pytest.mark.parametrize("body", ["{", '"\\u0000"', "[" * 100_000, '{"username": "\\u0000"}'])
    def test_that_cannot_be_read_are_told_so(self, client, body):
        answer = client.post("/api/v1/session", body, content_type="application/json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.json()["type"] == "parse-error"
        assert answer.headers["Content-Type"] == "application/problem+json"
