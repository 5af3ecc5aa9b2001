"""Every page, at a desk and on a phone, in light and in dark: nothing that axe objects to.

After all journeys, whose platform it shares, so that the pages have something to show.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.journey import api, send, sign_in, violations
from tests.functional.platform import Platform
from tests.functional.routes import routes

pytestmark = pytest.mark.journey

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
OF_ANNOTATORS: Final = ("/p/:slug", "/p/:slug/rate", "/p/:slug/vote")
OF_RESEARCHERS: Final = ("/p/:slug", "/p/:slug/runs", "/p/:slug/runs/:run", "/p/:slug/leaderboard")
OF_NOBODY: Final = ("/login", "/invitations/:token")
"""Without signing in."""
NOT_OF_ADMINS: Final = ("/login", "/p/:slug/rate", "/p/:slug/vote", "/p/:slug/runs/:run")
"""The last one is looked at by a researcher, run for run."""
ALL: Final = tuple(routes())
PAGES: Final = {
    "annotator": OF_ANNOTATORS,
    "admin": tuple(page for page in ALL if page not in NOT_OF_ADMINS),
    "researcher": OF_RESEARCHERS,
    "nobody": OF_NOBODY,
}


class Visitor(NamedTuple):
    role: str
    cookies: Path | None
    pages: list[str]


def test_every_page_is_looked_at():
    assert {page for pages in PAGES.values() for page in pages} == set(ALL)
    assert len(ALL) == len(set(ALL)) > 30


@pytest.fixture(scope="module", params=PAGES)
def visitor(request, browser: Browser, platform: Platform) -> Visitor:
    """Signed in once a role: doing it for each look would be refused as guessing."""
    role = request.param
    context = browser.new_context(base_url=platform.address)
    page = context.new_page()
    sign_in(page, platform, "admin" if role == "nobody" else role)
    found = [address for route in PAGES[role] for address in _addresses(page, route)]
    cookies = platform.data / f"{role}-session.json"
    context.storage_state(path=cookies)
    context.close()
    return Visitor(role, None if role == "nobody" else cookies, found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_and_nothing_overflows(browser, platform, visitor, size, scheme):
    context = browser.new_context(
        base_url=platform.address,
        viewport=SIZES[size],
        color_scheme=scheme,
        reduced_motion="reduce",
        storage_state=visitor.cookies,
        bypass_csp=True,  # axe is not of the site; its own policy holds in the journey
    )
    page = context.new_page()
    for path in visitor.pages:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        expect(page.get_by_text("Loading", exact=True)).to_have_count(0)
        expect(page.get_by_role("heading", name="There is nothing here")).to_have_count(0)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def _addresses(page: Page, route: str) -> list[str]:
    """Where such a page is found: each of the runs, and one of everything else."""
    unknown = re.search(r":(?!slug)\w+", route)
    project = route.replace("/o/:slug", "/o/default").replace(":slug", "demo")
    if unknown is None:
        return [project]
    return [project.replace(unknown[0], str(one)) for one in FINDERS[unknown[0]](page)]


def _runs(page: Page) -> list[int]:
    return [run["id"] for run in api(page, "runs")["results"]]


def _annotator(page: Page) -> list[int]:
    """Whoever has rated most, so that their page has most to show."""
    found = api(page, "standings")["results"]
    return [max(found, key=lambda row: row["ratings"])["annotator"]["id"]]


def _item(page: Page) -> list[int]:
    [annotator] = _annotator(page)
    return [api(page, f"standings/{annotator}/ratings")["results"][0]["item"]]


def _comparison(page: Page) -> list[int]:
    captioners = [row["name"] for row in api(page, "captioners")["results"]]
    return _one(page, "comparisons", {"name": "Which?", "captioners": captioners, "videos": 1})


def _webhook(page: Page) -> list[int]:
    wish = {"url": "https://hooks.example.org/crest", "types": ["import.ended"]}
    return _one(page, "webhooks", wish)


def _invitation(page: Page) -> list[str]:
    link: str = send(page, "invitations", {"role": "annotator"})["link"]
    return [link.rsplit("/", 1)[1]]


def _one(page: Page, noun: str, wish: dict[str, Any]) -> list[int]:
    """One that a journey has left; made where none has."""
    there = api(page, noun)["results"]
    return [(there[0] if there else send(page, noun, wish))["id"]]


FINDERS: Final[dict[str, Callable[[Page], list[Any]]]] = {
    ":run": _runs,
    ":annotator": _annotator,
    ":item": _item,
    ":snapshot": lambda page: _one(page, "snapshots", {"filters": {}}),
    ":comparison": _comparison,
    ":webhook": _webhook,
    ":token": _invitation,
}
