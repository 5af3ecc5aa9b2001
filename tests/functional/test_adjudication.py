"""A disagreement, from the admin's look at it to its author's second thoughts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.journey import api, sign_in, violations
from tests.functional.platform import Platform, eventually
from tests.functional.test_journey import rate_one

pytestmark = pytest.mark.journey

ADDRESS = "/api/v1/projects/demo/adjudication"
ENOUGH_ITEMS = 400
MOST_CHECKS = 4


def rated_by_the(annotator: Page, admin: Page) -> dict[str, Any]:
    """A caption that the annotator has just rated, as the admin sees it.

    Some of what looks like a rating is a check; of two in a row one is none.
    """
    for _ in range(MOST_CHECKS):
        rate_one(annotator, "43214")
        for item in range(1, ENOUGH_ITEMS):
            answer = admin.request.get(f"{ADDRESS}/{item}")
            story = answer.json() if answer.ok else {"ratings": []}
            if any(rating["annotator"] == "annotator" for rating in story["ratings"]):
                return dict(story)
    raise AssertionError("the annotator has rated nothing")


def test_a_rating_is_sent_back_given_again_and_the_caption_is_decided(
    browser: Browser, platform: Platform
):
    office, desk = (browser.new_context(base_url=platform.address) for _ in range(2))
    admin, annotator = office.new_page(), desk.new_page()
    sign_in(annotator, platform, "annotator")
    annotator.goto("/p/demo/rate")
    sign_in(admin, platform, "admin")
    story = rated_by_the(annotator, admin)

    admin.goto(f"/p/demo/adjudicate/{story['item']}")
    admin.get_by_role("button", name="Send back annotator").click()
    admin.keyboard.type("It pans: look again.")
    assert violations(admin) == []
    admin.get_by_role("dialog").get_by_role("button", name="Send back").press("Enter")
    expect(admin.get_by_text("sent back", exact=True)).to_be_visible()

    annotator.goto("/p/demo/rate")
    expect(annotator.get_by_text("It pans: look again.")).to_be_visible(timeout=20_000)
    annotator.get_by_role("button", name="Look again").press("Enter")
    expect(annotator.get_by_text("You rated this on")).to_be_visible()
    annotator.keyboard.press("c")
    annotator.keyboard.press("5")
    annotator.get_by_role("button", name="Submit revision").press("Enter")
    expect(annotator.get_by_text("Revision saved.")).to_be_visible()
    expect(annotator.get_by_text("It pans: look again.")).to_be_hidden(timeout=20_000)
    eventually(
        lambda: (
            api(admin, "adjudication/" + str(story["item"]))["history"][-1]["kind"] == "revised"
        ),
        seconds=20,
        what="the revision arrives",
    )

    admin.goto(f"/p/demo/adjudicate/{story['item']}")
    expect(admin.get_by_text("rated again", exact=True)).to_be_visible()
    admin.get_by_role("group", name="Camera").get_by_label("5 Totally correct").check()
    admin.get_by_role("button", name="Decide 1 dimension").press("Enter")
    expect(admin.get_by_text("Write why.")).to_be_visible()
    admin.get_by_label("Why?").fill("It pans.")
    admin.get_by_role("button", name="Decide 1 dimension").press("Enter")
    expect(admin.get_by_text("admin decided")).to_be_visible()
    assert violations(admin) == []
    admin.goto("/p/demo/adjudicate?stage=decided")
    expect(admin.get_by_role("link", name=story["caption"][:30])).to_be_visible()
    office.close()
    desk.close()
