"""Projects made, renamed, reworded and put away in the browser, also while somebody is rating.

On the journey's platform.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.functional.journey import sign_in, violations
from tests.functional.platform import Platform, eventually

pytestmark = pytest.mark.journey

RUBRIC = "/api/v1/projects/demo/rubric"


def visit(browser: Browser, platform: Platform, cookies: Path, **how: str) -> Page:
    context = browser.new_context(
        base_url=platform.address, storage_state=cookies, bypass_csp=True, **how
    )
    return context.new_page()


@pytest.fixture(scope="module")
def cookies(browser: Browser, platform: Platform) -> dict[str, Path]:
    """Signed in once a role: doing it for each test would be refused as guessing."""
    kept = {role: platform.data / f"settings-{role}.json" for role in ("admin", "annotator")}
    for role, path in kept.items():
        context = browser.new_context(base_url=platform.address)
        sign_in(context.new_page(), platform, role)
        context.storage_state(path=path)
        context.close()
    return kept


@pytest.fixture
def admin(browser, platform, cookies) -> Iterator[Page]:
    # Axe would catch colours on their way from one to another.
    page = visit(browser, platform, cookies["admin"], reduced_motion="reduce")
    yield page
    page.context.close()


@pytest.fixture
def annotator(browser, platform, cookies) -> Iterator[Page]:
    page = visit(browser, platform, cookies["annotator"])
    yield page
    page.context.close()


def publish(admin: Page, question: str) -> None:
    """Put the question on objects in other words."""
    admin.goto("/p/demo/settings/rubric")
    admin.get_by_role("button", name="Change the words").click()
    objects = admin.get_by_role("group", name="Objects", exact=True)
    objects.get_by_label("Question").fill(question)
    admin.get_by_label("What you changed, and why").fill("Shorter")
    assert violations(admin) == []
    admin.get_by_role("button", name="Publish as version").click()
    expect(admin.get_by_role("button", name="Change the words")).to_be_visible()


def test_a_project_is_made_moved_and_put_away(admin: Page):
    admin.goto("/")
    admin.get_by_role("button", name="New project").click()
    dialog = admin.get_by_role("dialog", name="New project")
    dialog.get_by_role("button", name="Create the project").click()
    expect(dialog.get_by_text("This is needed.")).to_have_count(2)
    dialog.get_by_label("Name").fill("Größe & Güte")
    expect(dialog.get_by_label("Address")).to_have_value("groesse-guete")
    dialog.get_by_label("Address").fill("demo")
    dialog.get_by_role("button", name="Create the project").click()
    expect(dialog.get_by_text("Another project has, or had, this address.")).to_be_visible()
    assert violations(admin) == []
    dialog.get_by_label("Address").fill("birds")
    dialog.get_by_role("button", name="Create the project").click()
    expect(admin).to_have_url("/p/birds")

    admin.goto("/p/birds/settings")
    admin.get_by_label("Address").fill("insects")
    leaving: list[str] = []

    def stay(dialog: Dialog) -> None:
        leaving.append(dialog.message)
        dialog.dismiss()

    admin.once("dialog", stay)
    admin.get_by_role("link", name="Rating", exact=True).click()
    assert leaving == ["Leave without saving? What you changed here is lost."]
    admin.get_by_role("button", name="Save").click()
    expect(admin).to_have_url("/p/insects/settings")
    admin.goto("/p/birds/settings/danger")
    expect(admin).to_have_url("/p/insects/settings/danger")

    admin.get_by_role("button", name="Archive").click()
    admin.get_by_role("dialog").get_by_role("button", name="Archive").click()
    expect(admin.get_by_text("This project is archived")).to_be_visible()
    assert violations(admin) == []
    admin.goto("/")
    expect(admin.get_by_role("link", name="Größe & Güte")).to_have_count(0)
    admin.get_by_role("button", name="Archived").click()
    expect(admin.get_by_role("link", name="Größe & Güte")).to_be_visible()
    admin.goto("/p/insects/settings/danger")
    admin.get_by_role("button", name="Take it up again").click()
    expect(admin.get_by_text("This project is archived")).to_have_count(0)


def test_a_draft_outlives_other_rules_and_other_words(annotator: Page, admin: Page):
    annotator.goto("/p/demo/rate")
    asked = annotator.locator(".question-text")
    expect(annotator.get_by_text("Question 1 of 5", exact=True)).to_be_visible(timeout=15_000)
    before = asked.inner_text()
    annotator.keyboard.press("4")
    expect(annotator.get_by_text("Question 2 of 5", exact=True)).to_be_visible()
    slot = eventually(lambda: held(annotator), seconds=10, what="the draft is saved")

    publish(admin, "Are the things in the video named?")
    admin.goto("/p/demo/settings/rating")
    admin.get_by_label("Annotators per caption").fill("4")
    admin.get_by_role("checkbox", name="Ask the questions in another order each time").check()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Saved")).to_be_visible()

    annotator.reload()
    expect(annotator.get_by_text("Question 2 of 5", exact=True)).to_be_visible(timeout=15_000)
    annotator.keyboard.press("Backspace")
    expect(asked).to_have_text(before)
    for number in range(1, 6):
        expect(annotator.get_by_text(f"Question {number} of 5", exact=True)).to_be_visible()
        annotator.keyboard.press("4")
    expect(annotator.get_by_role("button", name="Submit")).to_be_enabled(timeout=60_000)
    annotator.keyboard.press("Enter")
    eventually(lambda: submitted(annotator, slot), seconds=20, what="the answer is in")
    shown = annotator.request.get(f"/api/v1/projects/demo/slots/{slot}").json()
    assert shown["protocol"]["random_order"] is False
    assert shown["protocol"]["rubric_version"] == version(annotator) - 1

    admin.goto("/p/demo/settings/rubric")
    expect(admin.get_by_role("heading", name="What changed")).to_be_visible()
    expect(admin.locator(".rubric-changes ins").first).to_contain_text("Are")
    assert violations(admin) == []


def version(page: Page) -> int:
    found: int = page.request.get(RUBRIC).json()["version"]
    return found


def held(page: Page) -> int | None:
    """The caption that has a draft on the server."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    lent = page.request.post(
        "/api/v1/projects/demo/slots",
        data={"beside": []},
        headers={"X-CSRFToken": token, "Referer": page.url},
    ).json()
    return lent["slot"] if lent.get("draft") else None


def submitted(page: Page, slot: int) -> bool:
    shown = page.request.get(f"/api/v1/projects/demo/slots/{slot}").json()
    return shown["submitted"] is not None
