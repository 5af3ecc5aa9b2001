"""The rating screen as people use it: by keys alone, with keys of their own; and by thumb.

On the journey's platform.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.functional.journey import api, sign_in, violations
from tests.functional.platform import Platform, eventually

pytestmark = pytest.mark.journey

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def cookies(browser: Browser, platform: Platform) -> Path:
    """Signed in once: doing it for each test would be refused as guessing."""
    context = browser.new_context(base_url=platform.address)
    sign_in(context.new_page(), platform, "annotator")
    kept = platform.data / "rating-session.json"
    context.storage_state(path=kept)
    context.close()
    return kept


@pytest.fixture
def context(browser: Browser, platform: Platform, cookies: Path) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=platform.address, viewport=DESK, storage_state=cookies, bypass_csp=False
    )
    yield context
    context.close()


@pytest.fixture
def rating(page: Page, platform: Platform) -> Page:
    """An annotator before a caption, with the keys as they are shipped."""
    page.goto("/p/demo")
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    kept = page.request.patch(
        "/api/v1/profile",
        data={"preferences": {"keys": None}},
        headers={"X-CSRFToken": token, "Referer": platform.address},
    )
    assert kept.ok, kept.text()
    page.goto("/p/demo/rate")
    expect(question(page, 1)).to_be_visible(timeout=15_000)
    return page


@pytest.fixture
def phone(browser: Browser, platform: Platform, cookies: Path) -> Iterator[Page]:
    context = browser.new_context(
        base_url=platform.address, viewport=PHONE, has_touch=True, storage_state=cookies
    )
    page = context.new_page()
    page.goto("/p/demo/rate")
    expect(question(page, 1)).to_be_attached(timeout=15_000)
    yield page
    context.close()


def question(page: Page, number: int) -> Locator:
    return page.get_by_text(f"Question {number} of 5", exact=True)


def summary(page: Page) -> Locator:
    return page.get_by_role("heading", name="Your answers")


def caption(page: Page) -> str:
    return page.get_by_label("Caption", exact=True).inner_text()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus: nothing here needs a mouse."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def answer(page: Page, levels: str) -> None:
    """Five digits, then Enter once enough was watched."""
    for number, digit in enumerate(levels, start=1):
        expect(question(page, number)).to_be_visible()
        page.keyboard.press(digit)
    expect(page.get_by_role("button", name="Submit")).to_be_enabled(timeout=30_000)
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="What you did last")).to_be_visible()


def newest(page: Page) -> dict:
    """The newest of one's own submitted answers, empty before the first has arrived."""
    rows = api(page, "history")["results"]
    nothing: dict = {"levels": {}, "revision": 0}
    return next((row for row in rows if row["state"] == "submitted"), nothing)


class TestByKeysAlone:
    def test_a_key_is_changed_in_the_help_and_stays_changed(self, rating: Page):
        rating.keyboard.press("?")
        help_drawer = rating.get_by_role("region", name="Rubric and keys")
        expect(help_drawer).to_be_visible()
        tab_to(rating, help_drawer.get_by_role("button", name="Keys", exact=True))
        rating.keyboard.press("Enter")
        tab_to(rating, rating.get_by_role("button", name="Skip, with a reason: S. Change"))
        rating.keyboard.press("Enter")

        rating.keyboard.press("x")
        expect(rating.get_by_role("alert")).to_contain_text("Flag on or off")
        rating.keyboard.press("Enter")
        rating.keyboard.press("k")

        expect(rating.get_by_role("button", name="Skip, with a reason: K. Change")).to_be_visible()
        rating.keyboard.press("Escape")
        expect(help_drawer).to_have_count(0)
        dialog = rating.get_by_role("dialog", name="Skip this caption?")
        rating.keyboard.press("s")
        expect(dialog).to_have_count(0)
        rating.keyboard.press("k")
        expect(dialog).to_be_visible()
        rating.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        eventually(
            lambda: _keys_in_profile(rating) == {"skip": "k"}, seconds=10, what="the profile"
        )

        rating.evaluate("localStorage.clear()")
        rating.reload()

        expect(question(rating, 1)).to_be_visible()
        rating.keyboard.press("k")
        expect(dialog).to_be_visible()

    def test_all_keys_can_be_switched_off_at_once(self, rating: Page):
        rating.keyboard.press("?")
        tab_to(rating, rating.get_by_role("button", name="Keys", exact=True))
        rating.keyboard.press("Enter")
        switch = rating.get_by_role("checkbox", name="Use keys")
        tab_to(rating, switch)
        rating.keyboard.press("Space")
        rating.keyboard.press("Escape")

        rating.keyboard.press("4")
        rating.keyboard.press("?")

        expect(question(rating, 1)).to_be_visible()
        expect(rating.get_by_role("region", name="Rubric and keys")).to_have_count(0)
        tab_to(rating, rating.get_by_role("button", name="Rubric and keys"))
        rating.keyboard.press("Enter")
        tab_to(rating, rating.get_by_role("button", name="Keys", exact=True))
        rating.keyboard.press("Enter")
        tab_to(rating, switch)
        rating.keyboard.press("Space")
        expect(switch).to_be_checked()

    def test_an_answer_is_opened_again_from_the_history_and_revised(self, rating: Page):
        answer(rating, "54321")
        expect(question(rating, 1)).to_be_visible()
        eventually(
            lambda: newest(rating)["levels"].get("camera") == 2, seconds=10, what="the answer"
        )
        before, judgments = newest(rating), api(rating, "progress")["judgments"]
        next_caption = caption(rating)

        rating.keyboard.press("h")
        history = rating.get_by_role("region", name="Your history")
        tab_to(rating, history.get_by_role("button").filter(has_text="Open again").first)
        rating.keyboard.press("Enter")

        expect(rating.get_by_text("You rated this on")).to_be_visible()
        expect(summary(rating)).to_be_visible()
        rating.keyboard.press("c")
        rating.keyboard.press("5")
        expect(summary(rating)).to_be_visible()
        rating.keyboard.press("Enter")

        expect(rating.get_by_text("Revision saved.")).to_be_visible()
        revised = eventually(
            lambda: (row := newest(rating))["revision"] == 2 and row,
            seconds=10,
            what="the revision",
        )
        assert revised["slot"] == before["slot"]
        assert revised["levels"] == before["levels"] | {"camera": 5}
        assert api(rating, "progress")["judgments"] == judgments, "the old ones no longer count"
        expect(question(rating, 1)).to_be_visible()
        assert caption(rating) == next_caption, "back where one was"

    def test_the_last_answer_is_taken_back_with_a_key(self, rating: Page):
        first = caption(rating)
        answer(rating, "11111")
        expect(question(rating, 1)).to_be_visible()

        rating.keyboard.press("z")

        expect(rating.get_by_text("You rated this on")).to_be_visible(timeout=15_000)
        assert caption(rating) == first
        tab_to(rating, rating.get_by_role("button", name="Back to where you were"))
        rating.keyboard.press("Enter")
        expect(question(rating, 1)).to_be_visible()
        assert caption(rating) != first

    def test_a_skip_is_taken_back(self, rating: Page):
        first = caption(rating)
        rating.keyboard.press("s")
        dialog = rating.get_by_role("dialog", name="Skip this caption?")
        expect(dialog.get_by_role("radio")).to_have_count(3)
        rating.keyboard.press("Space")
        rating.keyboard.press("Enter")
        expect(dialog).to_have_count(0)
        expect(rating.get_by_label("Caption", exact=True)).not_to_have_text(first)

        rating.keyboard.press("z")

        expect(rating.get_by_label("Caption", exact=True)).to_have_text(first, timeout=15_000)
        expect(question(rating, 1)).to_be_visible()

    def test_a_flag_and_a_comment_reach_the_server(self, rating: Page):
        flag = rating.get_by_role("button", name="Take the flag back")
        rating.keyboard.press("x")
        expect(flag).to_have_attribute("aria-pressed", "true")
        rating.keyboard.press("n")
        rating.keyboard.type("The sound is missing.")
        rating.keyboard.press("Control+Enter")
        expect(rating.get_by_role("dialog")).to_have_count(0)
        rating.reload()
        expect(flag).to_be_visible()
        expect(
            rating.get_by_role("button", name="Comment to the admins: 1 comment")
        ).to_be_visible()

        rating.keyboard.press("x")

        expect(rating.get_by_role("button", name="Flag for the admins")).to_be_visible()


def _keys_in_profile(page: Page) -> dict:
    answer = page.request.get("/api/v1/profile")
    keys: dict = answer.json()["preferences"].get("keys", {})
    return keys.get("changes", {})


class TestByThumb:
    def test_a_question_fits_on_a_phone_and_five_taps_answer(self, phone: Page):
        for number in range(1, 6):
            expect(question(phone, number)).to_be_attached()
            levels = phone.get_by_role("radio")
            expect(levels).to_have_count(6)
            for level in levels.all():
                box = level.locator("xpath=..").bounding_box()
                assert box is not None
                assert box["height"] >= 44
                assert box["y"] + box["height"] <= PHONE["height"], "no scrolling for a question"
            phone.get_by_text("Mainly correct").tap()
        expect(summary(phone)).to_be_visible()
        submit = phone.get_by_role("button", name="Submit")
        expect(submit).to_be_enabled(timeout=30_000)

        submit.tap()

        expect(question(phone, 1)).to_be_attached()
        phone.get_by_role("button", name="Open it again").tap()
        expect(phone.get_by_text("You rated this on")).to_be_visible(timeout=15_000)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def test_the_history_opens_as_a_sheet_and_makes_way(self, phone: Page):
        phone.get_by_role("button", name="History").tap()
        sheet = phone.get_by_role("region", name="Your history")
        expect(sheet).to_be_visible()

        sheet.get_by_role("button").filter(has_text="Open again").first.tap()

        expect(phone.get_by_text("You rated this on")).to_be_visible()
        expect(sheet).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_the_drawers_and_dialogs(browser, platform, cookies, size, scheme):
    context = browser.new_context(
        base_url=platform.address,
        viewport=size,
        color_scheme=scheme,
        reduced_motion="reduce",
        storage_state=cookies,
        bypass_csp=True,  # axe is not of the site
    )
    page = context.new_page()
    page.goto("/p/demo/rate")
    expect(question(page, 1)).to_be_attached(timeout=15_000)
    for key, title in (("?", "Rubric and keys"), ("h", "Your history")):
        page.keyboard.press(key)
        expect(page.get_by_role("region", name=title)).to_be_visible()
        expect(page.get_by_text("Loading", exact=True)).to_have_count(0)
        assert violations(page) == [], title
        page.keyboard.press("Escape")
    for key, title in (("s", "Skip this caption?"), ("n", "Comment to the admins")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        assert violations(page) == [], title
        page.keyboard.press("Escape")
    context.close()
