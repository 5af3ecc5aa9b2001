"""A blind vote, from the admin's first click to the annotator's keys and back."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.functional.journey import api, sign_in, violations
from tests.functional.platform import Platform, eventually

pytestmark = pytest.mark.journey

NAME = "Which do people like?"


def page_of(context: BrowserContext, platform: Platform, role: str) -> Page:
    page = context.new_page()
    sign_in(page, platform, role)
    return page


def test_an_admin_asks_people_vote_by_keys_and_the_page_says_who_leads(
    browser: Browser, platform: Platform
):
    office, desk = (
        browser.new_context(base_url=platform.address, viewport={"width": 1440, "height": 900})
        for _ in range(2)
    )
    admin = page_of(office, platform, "admin")
    admin.goto("/p/demo/comparisons")
    admin.get_by_role("button", name="New blind vote").click()
    admin.get_by_label("Name").fill(NAME)
    for captioner in ("Cinema", "Plain"):
        admin.get_by_role("checkbox", name=captioner, exact=True).check()
    admin.get_by_label("Videos at the most").fill("3")
    assert violations(admin) == []
    admin.get_by_role("button", name="Start the vote").click()
    expect(admin.get_by_role("link", name=NAME)).to_be_visible()

    page = page_of(desk, platform, "annotator")
    page.goto("/p/demo/vote")
    for key in ("a", "t"):
        expect(page.get_by_text("Choose one of the four answers.")).to_be_visible(timeout=20_000)
        shown = [page.get_by_label(f"Caption {side}").inner_text() for side in "AB"]
        assert violations(page) == []
        page.keyboard.press(key)
        expect(page.get_by_label("Caption A")).not_to_have_text(shown[0], timeout=20_000)

    (made,) = [row for row in api(admin, "comparisons")["results"] if row["name"] == NAME]
    counted = eventually(
        lambda: api(admin, f"comparisons/{made['id']}/votes")["results"], seconds=20, what="votes"
    )
    assert {row["annotator"] for row in counted} == {"annotator"}
    admin.get_by_role("link", name=NAME).click()
    expect(admin.get_by_role("heading", name="Who is preferred")).to_be_visible()
    expect(admin.get_by_role("table", name="Each two against each other")).to_be_visible()
    assert violations(admin) == []
    office.close()
    desk.close()
