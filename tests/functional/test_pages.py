"""Every page, at a desk and on a phone, in light and in dark: nothing that axe objects to.

After the journey, whose platform it shares, so that the pages have something to show.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.journey import api, sign_in, violations
from tests.functional.platform import Platform

pytestmark = pytest.mark.journey

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = {
    "annotator": ("", "/rate", "/vote"),
    "admin": (
        *("", "/data", "/snapshots", "/runs", "/leaderboard", "/comparisons", "/people"),
        "/adjudicate",
        *("/quality", "/quality/checks", "/quality/twins", "/quality/queue"),
        *("/quality/remarks", "/quality/progress", "/quality/involvement"),
        *(
            "/settings",
            "/settings/rating",
            "/settings/rubric",
            "/settings/webhooks",
            "/settings/audit",
            "/settings/danger",
        ),
    ),
    "researcher": ("", "/runs", "/leaderboard"),
}


class Visitor(NamedTuple):
    role: str
    cookies: Path


@pytest.fixture(scope="module", params=PAGES)
def visitor(request, browser: Browser, platform: Platform) -> Visitor:
    """Signed in once a role: doing it for each look would be refused as guessing."""
    context = browser.new_context(base_url=platform.address)
    sign_in(context.new_page(), platform, request.param)
    cookies = platform.data / f"{request.param}-session.json"
    context.storage_state(path=cookies)
    context.close()
    return Visitor(request.param, cookies)


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
    for path in [*PAGES[visitor.role], *_runs(page, visitor.role)]:
        page.goto(f"/p/demo{path}")
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        expect(page.get_by_text("Loading", exact=True)).to_have_count(0)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    for path in ("/profile", "/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        assert violations(page) == []
    context.close()


def _runs(page: Page, role: str) -> list[str]:
    """The page of each kind of run that the journey has left."""
    if role != "researcher":
        return []
    return [f"/runs/{run['id']}" for run in api(page, "runs")["results"]]
