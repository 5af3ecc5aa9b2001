from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.db import connection
from rest_framework.test import APIClient

from annotation_site.accounts import profiles, tokens
from annotation_site.accounts.attempts import PER_NAME_AND_ADDRESS
from annotation_site.accounts.models import User
from tests.factories import UserFactory

PROFILE = "/api/v1/profile"
PASSWORD = "correct horse battery"


@pytest.fixture
def anna(db) -> User:  # noqa: ARG001 - it opens the database
    user = UserFactory(username="anna")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def page(anna, client_for) -> APIClient:
    return client_for(anna)


@pytest.fixture
def change(page):
    return lambda **given: page.patch(PROFILE, given, format="json")


class TestProfile:
    def test_is_empty_at_first(self, page):
        assert page.get(PROFILE).json() == {
            "username": "anna",
            "display_name": "",
            "email": "",
            "language": "",
            "preferences": {},
            "has_password": True,
        }

    def test_changes_what_is_given(self, change, page):
        change(display_name="Anna A.", email="anna@lab.example")
        answer = change(language="de")

        assert answer.status_code == HTTPStatus.OK
        assert answer.json() == page.get(PROFILE).json()
        assert answer.json()["display_name"] == "Anna A."
        session = page.get("/api/v1/session").json()["user"]
        assert (session["name"], session["language"]) == ("Anna A.", "de")

    def test_names_are_one_line(self, change):
        given = "Anna\r\nBcc: all \x07  A."

        assert change(display_name=given).json()["display_name"] == "Anna Bcc: all A."

    @pytest.mark.parametrize(
        "given",
        [
            {"display_name": "x" * 101},
            {"email": "nobody"},
            {"language": "fr"},
            {"preferences": []},
            {"preferences": "dark"},
            {"preferences": None},
        ],
    )
    def test_refuses_what_is_none(self, change, given):
        assert change(**given).status_code == HTTPStatus.BAD_REQUEST

    def test_is_changed_by_no_token(self, anna):
        secret, _ = tokens.create_token(user=anna, name="nightly")
        script = APIClient(headers={"Authorization": f"Bearer {secret}"})

        assert script.get(PROFILE).status_code == HTTPStatus.OK
        for answer in (
            script.patch(PROFILE, {"email": "thief@x.example"}, format="json"),
            script.post(f"{PROFILE}/password", {"old": PASSWORD, "new": "x" * 12}, format="json"),
        ):
            assert answer.status_code == HTTPStatus.FORBIDDEN
            assert answer.json()["type"] == "not-with-a-token"


class TestPreferences:
    def test_are_the_page_s_own_business(self, change):
        kept = {"theme": "dark", "keys": {"submit": "Enter", "levels": ["0", "1"]}, "speed": 1.5}

        assert change(preferences=kept).json()["preferences"] == kept

    def test_not_named_stay_and_null_takes_away(self, change):
        change(preferences={"theme": "dark", "keys": {"submit": "Enter"}, "hints": False})

        answer = change(preferences={"theme": None, "keys": {"skip": "s"}})

        assert answer.json()["preferences"] == {"keys": {"skip": "s"}, "hints": False}

    def test_come_with_the_session(self, change, page):
        change(preferences={"theme": "dark"})

        person = page.get("/api/v1/session").json()["user"]
        assert person["preferences"] == {"theme": "dark"}

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param(f'{{"a": "{"x" * profiles.MOST_PREFERENCES}"}}', id="long"),
            pytest.param(f'{{"a": {"[" * 6}1{"]" * 6}}}', id="deep"),
            pytest.param(f'{{"a": {"[" * 300}1{"]" * 300}}}', id="very deep"),
        ],
    )
    def test_are_small(self, page, given):
        answer = page.patch(PROFILE, f'{{"preferences": {given}}}', content_type="application/json")

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answer.json()["type"] == "preferences-too-large"

    def test_hold_no_number_that_is_none(self, page):
        given = '{"preferences": {"a": 1e999}}'

        answer = page.patch(PROFILE, given, content_type="application/json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST

    def test_stay_small_bit_by_bit(self, change):
        half = "x" * (profiles.MOST_PREFERENCES // 2)

        assert change(preferences={"a": half}).status_code == HTTPStatus.OK
        assert change(preferences={"b": half}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_may_be_five_levels_deep(self, change):
        assert change(preferences={"a": {"b": [{"c": [1]}]}}).status_code == HTTPStatus.OK

    @pytest.mark.django_db(transaction=True)
    def test_changed_in_many_tabs_at_once_are_all_kept(self, anna):
        def set_one(number: int) -> None:
            try:
                profiles.change(user=anna, preferences={f"key-{number}": number})
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(set_one, range(24)))

        anna.refresh_from_db()
        assert len(anna.preferences) == 24


class TestPassword:
    NEW = "a quite different horse"

    def ask(self, client, old=PASSWORD, new=NEW):
        return client.post(f"{PROFILE}/password", {"old": old, "new": new}, format="json")

    def test_changes_for_whoever_knows_the_old_one(self, page):
        assert self.ask(page).status_code == HTTPStatus.NO_CONTENT

        assert APIClient().login(username="anna", password=self.NEW)
        assert not APIClient().login(username="anna", password=PASSWORD)

    def test_ends_other_sessions_and_tokens_but_not_this_one(self, page, anna, client_for):
        elsewhere = client_for(anna)
        secret, _ = tokens.create_token(user=anna, name="nightly")
        key = page.cookies["sessionid"].value

        self.ask(page)

        assert page.get(PROFILE).status_code == HTTPStatus.OK
        assert page.cookies["sessionid"].value != key
        assert elsewhere.get(PROFILE).status_code == HTTPStatus.UNAUTHORIZED
        script = APIClient(headers={"Authorization": f"Bearer {secret}"})
        assert script.get(PROFILE).status_code == HTTPStatus.UNAUTHORIZED

    def test_stays_for_whoever_does_not(self, page, anna):
        answer = self.ask(page, old="guess")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.json()["type"] == "wrong-password"
        anna.refresh_from_db()
        assert anna.check_password(PASSWORD)

    def test_is_not_to_be_guessed_here_either(self, page):
        for _ in range(PER_NAME_AND_ADDRESS):
            self.ask(page, old="guess")

        assert self.ask(page).status_code == HTTPStatus.TOO_MANY_REQUESTS
        signing_in = {"username": "anna", "password": PASSWORD}
        answer = APIClient().post("/api/v1/session", signing_in, format="json")
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS

    @pytest.mark.parametrize("new", ["short", "password123"])
    def test_must_be_a_good_one(self, page, new):
        answer = self.ask(page, new=new)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert answer.json()["type"] == "poor-password"
        assert answer.json()["field"] == "password"

    def test_is_none_of_those_who_sign_in_elsewhere(self, page, anna, client_for):
        anna.set_unusable_password()
        anna.save()
        page = client_for(anna)

        assert page.get(PROFILE).json()["has_password"] is False
        assert self.ask(page).json()["type"] == "no-password"
