from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from knox.models import AuthToken
from rest_framework.test import APIClient

from annotation_site.accounts import tokens
from annotation_site.accounts.models import Membership, Role, User
from tests.factories import UserFactory

TOKENS = "/api/v1/tokens"


def with_token(token: str) -> APIClient:
    return APIClient(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def anna(member) -> User:
    return member(Role.ADMIN)


@pytest.fixture
def page(anna, client_for) -> APIClient:
    return client_for(anna)


def make(page: APIClient, **given) -> dict:
    answer = page.post(TOKENS, {"name": "nightly", **given}, format="json")
    assert answer.status_code == HTTPStatus.CREATED
    return answer.json()


@pytest.fixture
def token(page) -> str:
    return make(page)["token"]


class TestTokens:
    def test_open_the_api(self, token):
        assert with_token(token).get("/api/v1/projects").status_code == HTTPStatus.OK

    def test_are_shown_once_and_listed_by_how_they_begin(self, page):
        made = make(page, name="nightly")
        other = make(page, name="by hand", days=1)

        listed = page.get(TOKENS).json()["results"]

        assert [row["name"] for row in listed] == ["by hand", "nightly"]
        assert made["token"].startswith(made["id"])
        assert other["token"] not in str(listed)
        assert listed[1] == {name: made[name] for name in ("id", "name", "made_at", "expires_at")}

    def test_are_each_for_one_person(self, page, client_for):
        made = make(page)
        other = client_for(UserFactory())

        assert other.get(TOKENS).json()["results"] == []
        assert other.delete(f"{TOKENS}/{made['id']}").status_code == HTTPStatus.NOT_FOUND
        assert with_token(made["token"]).get("/api/v1/projects").status_code == HTTPStatus.OK

    def test_are_listed_without_a_query_for_each(self, page, django_assert_num_queries):
        for number in range(5):
            make(page, name=f"script {number}")

        with django_assert_num_queries(3):  # session, person, tokens
            assert len(page.get(TOKENS).json()["results"]) == 5

    def test_are_not_made_without_end(self, page):
        for number in range(50):
            make(page, name=f"script {number}")

        refused = page.post(TOKENS, {"name": "one more"}, format="json")

        assert (refused.status_code, refused.json()["type"]) == (409, "too-many-tokens")
        assert page.get(TOKENS).json()["next"] is None

    def test_are_kept_only_as_a_digest(self, token):
        (row,) = AuthToken.objects.values_list()
        assert token not in "".join(map(str, row))

    @pytest.mark.parametrize("days", [1, 365])
    def test_last_as_long_as_was_asked(self, page, days):
        make(page, days=days)

        left = AuthToken.objects.get().expiry - datetime.now(UTC)
        assert timedelta(days=days, minutes=-5) < left <= timedelta(days=days)

    @pytest.mark.parametrize(
        "given", [{"days": 0}, {"days": 366}, {"days": "long"}, {"name": ""}, {"name": "x" * 101}]
    )
    def test_are_not_for_ever_and_have_names(self, page, given):
        answer = page.post(TOKENS, {"name": "nightly", **given}, format="json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert not AuthToken.objects.exists()

    def test_end_by_themselves(self, page, token):
        AuthToken.objects.update(expiry=datetime.now(UTC) - timedelta(seconds=1))

        answer = with_token(token).get("/api/v1/projects")

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert page.get(TOKENS).json()["results"] == []

    def test_end_one_by_one(self, page):
        gone, stays = make(page), make(page)

        assert page.delete(f"{TOKENS}/{gone['id']}").status_code == HTTPStatus.NO_CONTENT

        assert with_token(gone["token"]).get("/api/v1/projects").status_code == 401
        assert with_token(stays["token"]).get("/api/v1/projects").status_code == 200
        assert page.delete(f"{TOKENS}/{gone['id']}").json()["type"] == "no-such-token"

    def test_end_all_at_once(self, page, token):
        assert page.delete(TOKENS).status_code == HTTPStatus.NO_CONTENT

        assert with_token(token).get("/api/v1/projects").status_code == HTTPStatus.UNAUTHORIZED

    def test_end_when_their_owner_is_shut_out(self, token):
        User.objects.update(is_active=False)

        assert with_token(token).get("/api/v1/projects").status_code == HTTPStatus.UNAUTHORIZED

    def test_end_when_the_password_changes(self, anna, token):
        anna.set_password("another one")
        anna.save()

        assert with_token(token).get("/api/v1/projects").status_code == HTTPStatus.UNAUTHORIZED

    def test_change_nothing_where_their_owner_is_paused(self, token, project):
        Membership.objects.update(paused_at=datetime.now(UTC))
        place = f"/api/v1/projects/{project.slug}/invitations"

        answer = with_token(token).post(place, {"role": "annotator"}, format="json")

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert answer.json()["type"] == "paused"

    def test_cannot_list_make_or_revoke_others(self, token):
        script = with_token(token)

        for answer in (
            script.get(TOKENS),
            script.post(TOKENS, {"name": "another"}, format="json"),
            script.delete(TOKENS),
            script.delete(f"{TOKENS}/{token[:15]}"),
        ):
            assert answer.status_code == HTTPStatus.FORBIDDEN
            assert answer.json()["type"] == "token-cannot-make-tokens"

    @pytest.mark.parametrize("token", ["", "nonsense", "a b", "\xff\xfe", "ü" * 40, "x" * 10_000])
    @pytest.mark.django_db
    def test_are_no_nonsense(self, token):
        answer = with_token(token).get("/api/v1/projects")

        assert answer.status_code == HTTPStatus.UNAUTHORIZED
        assert answer.headers["Content-Type"] == "application/problem+json"

    @pytest.mark.django_db
    def test_are_for_people_who_signed_in(self):
        assert APIClient().post(TOKENS).status_code == HTTPStatus.UNAUTHORIZED

    def test_made_without_a_name_are_listed_too(self, page, anna):
        AuthToken.objects.create(anna, expiry=timedelta(days=tokens.DAYS))

        assert [row["name"] for row in page.get(TOKENS).json()["results"]] == [""]
