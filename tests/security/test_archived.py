"""A project that is put away: all of it can be read, and nothing in it changed."""

import json

import pytest

from annotation_site.accounts.models import Project
from tests.runs.factories import THEN
from tests.security.matrix import PROJECT, SNAPSHOT, TABLE
from tests.security.world import World, ask, browser

pytestmark = pytest.mark.django_db

STILL_DONE = {
    (f"{PROJECT}/archive", "POST"),
    (f"{PROJECT}/archive", "DELETE"),
    (f"{SNAPSHOT}/exports/<slug:form>", "POST"),
}
"""Taking it up again; and writing down once more what is there."""

BELOW = [key for key in TABLE if key[0].startswith(PROJECT) and key not in STILL_DONE]


@pytest.fixture
def archived(world: World) -> World:
    Project.objects.filter(slug=world.here["slug"]).update(archived_at=THEN)
    return world


def those_who_may(key: tuple[str, str]) -> str:
    return "annotator" if ":slot>" in key[0] else "all roles"


@pytest.mark.parametrize("key", [key for key in BELOW if key[1] != "GET"], ids=" ".join)
def test_nothing_in_it_is_changed(archived: World, key: tuple[str, str]) -> None:
    found = ask(browser(archived.people[those_who_may(key)]), key, archived.here)
    assert (found.status, json.loads(found.content)["type"]) == (409, "archived")


@pytest.mark.parametrize("key", [key for key in BELOW if key[1] == "GET"], ids=" ".join)
def test_all_of_it_is_read(archived: World, key: tuple[str, str]) -> None:
    found = ask(browser(archived.people[those_who_may(key)]), key, archived.here)
    assert found.status == TABLE[key].status


@pytest.mark.parametrize("key", sorted(STILL_DONE), ids=" ".join)
def test_what_is_still_done(archived: World, key: tuple[str, str]) -> None:
    found = ask(browser(archived.people["all roles"]), key, archived.here)
    assert found.status == TABLE[key].status
