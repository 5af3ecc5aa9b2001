import re
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from rest_framework.test import APIClient

from annotation_site.accounts.attempts import PER_NAME_AND_ADDRESS
from annotation_site.accounts.models import Role, User
from tests.factories import MembershipFactory, ProjectFactory, UserFactory

PASSWORD = "correct horse battery"


@pytest.fixture
def anna(project) -> User:
    user = UserFactory(username="anna")
    user.set_password(PASSWORD)
    user.save()
    MembershipFactory(project=project, user=user, role=Role.RESEARCHER)
    MembershipFactory(project=project, user=user, role=Role.ADMIN)
    return user


def sign_in(client: APIClient, username: str = "anna", password: str = PASSWORD):
    return client.post(
        "/api/v1/session", {"username": username, "password": password}, format="json"
    )


@pytest.mark.usefixtures("anna")
class TestSession:
    def test_is_nobody_s_at_first(self):
        answer = APIClient().get("/api/v1/session")

        assert answer.json() == {
            "user": None,
            "memberships": [],
            "organisations": [],
            "providers": [],
        }
        assert "csrftoken" in answer.cookies

    def test_says_who_you_are_and_what_you_may(self, anna, project):
        client = APIClient()

        answer = sign_in(client)

        assert answer.status_code == HTTPStatus.OK
        assert answer.json() == {
            "user": {
                "id": anna.pk,
                "username": "anna",
                "name": "",
                "language": "",
                "preferences": {},
            },
            "memberships": [
                {
                    "project": {"slug": project.slug, "name": project.name, "archived": False},
                    "roles": ["admin", "researcher"],
                    "paused": False,
                }
            ],
            "organisations": [
                {
                    "slug": project.organisation.slug,
                    "name": project.organisation.name,
                    "owner": False,
                }
            ],
            "providers": [],
        }
        assert client.get("/api/v1/session").json() == answer.json()

    @pytest.mark.parametrize(
        ("username", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)]
    )
    def test_answers_the_same_to_everyone_who_is_wrong(self, username, password, monkeypatch):
        gone = UserFactory(username="gone", is_active=False)
        gone.set_password(PASSWORD)
        gone.save()
        hashed = []
        encode = PBKDF2PasswordHasher.encode
        monkeypatch.setattr(
            PBKDF2PasswordHasher,
            "encode",
            lambda *args, **more: hashed.append(1) or encode(*args, **more),
        )

        answer = sign_in(APIClient(), username, password)

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.json() == {
            "type": "wrong-credentials",
            "title": "There is no account with this name and password.",
            "status": 400,
        }
        assert hashed == [1]  # and takes as long: hashing is what takes the time

    def test_stops_listening_to_guesses(self):
        client = APIClient()
        for _ in range(PER_NAME_AND_ADDRESS):
            sign_in(client, password="guess")

        answer = sign_in(client)

        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert answer.json()["type"] == "too-many-attempts"
        assert 0 < int(answer.headers["Retry-After"]) <= 901

    def test_gets_a_new_key_when_somebody_signs_in(self):
        client = APIClient()
        other = UserFactory()
        client.force_login(other)
        before = client.cookies["sessionid"].value

        sign_in(client)

        assert client.cookies["sessionid"].value != before
        assert client.cookies["sessionid"]["httponly"]

    def test_ends(self):
        client = APIClient()
        sign_in(client)
        key = client.cookies["sessionid"].value

        assert client.delete("/api/v1/session").status_code == HTTPStatus.NO_CONTENT

        client.cookies["sessionid"] = key
        assert client.get("/api/v1/session").json()["user"] is None

    def test_cannot_be_begun_or_ended_by_another_site(self):
        client = APIClient(enforce_csrf_checks=True)
        assert sign_in(client).status_code == HTTPStatus.FORBIDDEN

        token = client.get("/api/v1/session").cookies["csrftoken"].value
        client.credentials(HTTP_X_CSRFTOKEN=token)
        assert sign_in(client).status_code == HTTPStatus.OK

        client.credentials()
        answer = client.delete("/api/v1/session")
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert client.get("/api/v1/session").json()["user"] is not None

    @pytest.mark.parametrize(
        "given", [{}, {"username": "anna"}, {"username": ["a"], "password": {}}, [], "x", None]
    )
    def test_refuses_half_credentials(self, given):
        answer = APIClient().post("/api/v1/session", given, format="json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.json()["type"] == "invalid"


class TestProjects:
    def test_costs_three_queries(self, client_for, anna, project, django_assert_num_queries):
        client = client_for(anna)

        with django_assert_num_queries(3):  # session, person, memberships with the project
            client.get(f"/api/v1/projects/{project.slug}")

    def test_tells_nobody_which_others_there_are(self, client_for, anna):
        client = client_for(anna)

        others = client.get(f"/api/v1/projects/{ProjectFactory().slug}")
        none = client.get("/api/v1/projects/nowhere")

        assert others.status_code == none.status_code == HTTPStatus.NOT_FOUND
        assert others.json() == none.json()
        assert re.search("not a member", none.json()["title"])

    def test_asks_who_you_are_first(self, client_for, project):
        answer = client_for(None).get(f"/api/v1/projects/{project.slug}")

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
