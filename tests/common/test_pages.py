from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import clear_url_caches, path
from rest_framework.views import APIView

from annotation_site import urls

PROBLEM = "application/problem+json"


@pytest.fixture
def built(settings, tmp_path):
    settings.FRONTEND_BUILD = tmp_path
    (tmp_path / "index.html").write_text("<!doctype html><title>Crest</title>")


class TestHealth:
    def test_is_well(self, client):
        assert client.get("/healthz").json() == {"status": "ok"}


class TestSinglePage:
    @pytest.mark.usefixtures("built")
    @pytest.mark.parametrize(
        "address", ["/", "/login", "/p/pilot/rate", "/p/pilot/runs/7", "/apis"]
    )
    def test_answers_every_address_of_its_own(self, client, address):
        answer = client.get(address)

        assert answer.status_code == HTTPStatus.OK
        assert b"<title>Crest" in answer.content
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]

    @pytest.mark.usefixtures("built")
    @pytest.mark.parametrize(
        "address", ["/api", "/api/", "/api/v1/none", "/static/x.js", "/assets/x.js"]
    )
    def test_does_not_stand_in_for_anything_else(self, client, address):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND

    def test_says_that_it_is_not_built(self, client, settings, tmp_path):
        settings.FRONTEND_BUILD = tmp_path / "none"

        answer = client.get("/")

        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert b"make" in answer.content

    @pytest.mark.usefixtures("built")
    def test_only_answers(self, client):
        assert client.post("/p/pilot").status_code == HTTPStatus.METHOD_NOT_ALLOWED


class Broken(APIView):
    permission_classes = ()

    def get(self, _request):
        raise ZeroDivisionError


class TestErrors:
    @pytest.fixture
    def client(self, monkeypatch):
        """A visitor who sees what a visitor would, also of a view that breaks."""
        broken = [path("api/v1/broken", Broken.as_view()), path("broken", Broken.as_view())]
        monkeypatch.setattr(urls, "urlpatterns", [*broken, *urls.urlpatterns])
        clear_url_caches()
        yield Client(raise_request_exception=False)
        monkeypatch.undo()
        clear_url_caches()

    def test_of_the_api_are_problems(self, client):
        broken, missing = client.get("/api/v1/broken"), client.get("/api/v1/none")

        assert (broken.status_code, missing.status_code) == (500, 404)
        assert broken.headers["Content-Type"] == missing.headers["Content-Type"] == PROBLEM
        assert broken.json()["type"] == "server-error"
        assert missing.json()["type"] == "not-found"

    def test_elsewhere_are_plain_text(self, client):
        answer = client.get("/broken")

        assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
        assert answer.headers["Content-Type"].startswith("text/plain")

    def test_tell_nothing_of_the_inside(self, client):
        assert b"ZeroDivision" not in client.get("/api/v1/broken").content

    def test_include_a_host_that_is_not_ours(self, client):
        answer = client.get("/api/v1/session", headers={"Host": "evil.example"})

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.headers["Content-Type"] == PROBLEM


class TestSchema:
    def test_is_open_to_everyone(self, client):
        schema = client.get("/api/v1/schema").json()

        assert schema["info"]["title"] == "Crest"
        assert {"/api/v1/session", "/api/v1/projects/{slug}/videos"} <= schema["paths"].keys()
