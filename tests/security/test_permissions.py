"""Every address, every method, everybody: held against the table in `matrix.py`."""

import uuid
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from annotation_site.accounts.tokens import create_token
from tests.security.matrix import ACTORS, EVERYONE, ORGANISATION, PROJECT, SIGNED_IN, TABLE
from tests.security.routes import METHODS, routes
from tests.security.rows import contents, counts, every_field
from tests.security.world import ABSENT, Answer, World, address, ask, browser, read

pytestmark = pytest.mark.django_db

each_address = pytest.mark.parametrize("key", TABLE, ids=" ".join)
BELOW_A_PROJECT = [key for key in TABLE if key[0].startswith(PROJECT)]
each_address_below_a_project = pytest.mark.parametrize("key", BELOW_A_PROJECT, ids=" ".join)

OBJECTS = (
    "sha256",
    "slot",
    "item",
    "snapshot",
    "run",
    "name",
    "member",
    "invitation",
    "check",
    "webhook",
)
OF_AN_OBJECT = [key for key in TABLE if any(f":{name}>" in key[0] for name in OBJECTS)]
each_address_of_an_object = pytest.mark.parametrize("key", OF_AN_OBJECT, ids=" ".join)

UNSAFE = [key for key in TABLE if key[1] != "GET"]
SAFE = [key for key in TABLE if key[1] == "GET"]


def refusal(actor: str, key: tuple[str, str]) -> int:
    """What somebody who may not is answered."""
    if actor not in SIGNED_IN:
        return 401
    return 404 if actor == "stranger" and key[0].startswith((PROJECT, ORGANISATION)) else 403


def test_the_table_lists_every_address_and_method() -> None:
    assert set(TABLE) == routes()


@each_address
def test_lets_in_whom_the_table_says(world: World, key: tuple[str, str]) -> None:
    rule = TABLE[key]
    expected = {
        actor: rule.status if actor in rule.who else refusal(actor, key) for actor in ACTORS
    }
    found = {actor: ask(browser(world.people[actor]), key, world.here).status for actor in ACTORS}
    assert found == expected


@each_address_below_a_project
def test_a_stranger_cannot_tell_a_project_from_none(world: World, key: tuple[str, str]) -> None:
    stranger = browser(world.people["stranger"])
    found = ask(stranger, key, world.here)
    assert found.status == 404
    assert found == ask(stranger, key, {**world.here, "slug": ABSENT["slug"]})
    assert found == ask(stranger, key, ABSENT)


@each_address_of_an_object
def test_what_is_not_yours_looks_like_what_is_not_there(world: World, key: tuple[str, str]) -> None:
    mine = browser(world.people["annotator" if ":slot>" in key[0] else "all roles"])
    absent = ask(mine, key, {**ABSENT, "slug": world.here["slug"]})
    assert absent.status == 404
    assert absent == ask(mine, key, {**world.elsewhere, "slug": world.here["slug"]})
    assert absent == ask(mine, key, {**ABSENT, **world.of_another, "slug": world.here["slug"]})


@each_address_of_an_object
def test_nor_does_a_member_reach_it_at_home(world: World, key: tuple[str, str]) -> None:
    assert ask(browser(world.people["all roles"]), key, world.elsewhere).status == 404


@pytest.mark.parametrize("key", SAFE, ids=" ".join)
def test_asked_for_the_head_alone_lets_in_the_same(world: World, key: tuple[str, str]) -> None:
    where = address(key[0], TABLE[key], world.here)
    for actor in ACTORS:
        client = browser(world.people[actor])
        assert read(client.head(where)).status == read(client.get(where)).status


@each_address_below_a_project
def test_asked_what_one_may_tells_nobody_anything(world: World, key: tuple[str, str]) -> None:
    route, rule = key[0], TABLE[key]

    def options(actor: str, names: dict[str, Any]) -> Answer:
        return read(browser(world.people[actor]).options(address(route, rule, names)))

    assert {options(actor, world.here).status for actor in EVERYONE} == {403}
    assert options("anonymous", world.here).status == 401
    assert options("stranger", world.here) == options("stranger", ABSENT)


@pytest.mark.parametrize("route", sorted({route for route, _ in TABLE}))
def test_refuses_every_other_method(world: World, route: str) -> None:
    client = browser(world.people["all roles"])
    listed = {key for key in TABLE if key[0] == route}
    others = {method for method in METHODS if (route, method) not in listed}
    where = address(route, TABLE[min(listed)], world.here)
    found = {method: client.generic(method, where).status_code for method in others}
    assert set(found.values()) <= {403, 405}


@pytest.mark.parametrize("key", UNSAFE, ids=" ".join)
def test_does_nothing_for_another_site(world: World, key: tuple[str, str]) -> None:
    client = browser(world.people["annotator" if ":slot>" in key[0] else "all roles"], strict=True)
    forged = ask(client, key, world.here)
    assert forged.status == 403
    assert b"CSRF" in forged.content

    client.get("/api/v1/session")
    token = client.cookies["csrftoken"].value
    assert ask(client, key, world.here, **{"X-CSRFToken": token}).status == TABLE[key].status


@pytest.mark.parametrize("key", UNSAFE, ids=" ".join)
def test_takes_in_nothing_but_what_it_asks_for(world: World, key: tuple[str, str]) -> None:
    rule = TABLE[key]
    same_key = {"client_key": str(uuid.UUID(int=1))}

    def left_behind(more: dict[str, str]) -> tuple[int, Counter[str]]:
        sent = {**more, **rule.body(), **same_key}
        with transaction.atomic():
            client = browser(world.people["annotator" if ":slot>" in key[0] else "all roles"])
            act = getattr(client, key[1].lower())
            answer = act(address(key[0], rule, world.here), data=sent, format=rule.form)
            found = contents()
            transaction.set_rollback(True)
        return answer.status_code, found

    assert left_behind(every_field()) == left_behind({})


@pytest.mark.parametrize("key", SAFE, ids=" ".join)
def test_reading_writes_nothing(world: World, key: tuple[str, str]) -> None:
    client = browser(world.people["all roles"])
    # The slot here is the annotator's; this reader has one of their own.
    where = address(key[0], TABLE[key], {**world.here, **world.of_another})
    before = counts()
    for _ in range(2):
        assert read(client.get(where)).status == TABLE[key].status
    assert counts() == before + Counter(TABLE[key].notes)


def test_a_token_is_worth_nothing_once_its_owner_is_deactivated(world: World) -> None:
    owner = world.people["annotator"]
    token, _ = create_token(user=owner, name="nightly")
    client = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert client.get("/api/v1/projects").status_code == 200
    owner.is_active = False
    owner.save()
    assert client.get("/api/v1/projects").status_code == 401
