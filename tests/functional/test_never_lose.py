"""No answer is lost and none is counted twice, whatever happens between the key and the database.

Each journey breaks something on the way of an answer, and then looks into the database: one level
for each dimension of each caption that was answered, no more and no less.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route, expect

from annotation_site.common.paths import DataDirectory
from tests.functional.journey import sign_in
from tests.functional.platform import Platform, descendants, eventually

pytestmark = pytest.mark.journey

DIMENSIONS = {"action", "background", "camera", "feature", "object"}
DAY = 86_400
# At twice the speed a clip counts as watched; only faster ones do not.
FAST = """localStorage.setItem('crest.preferences', JSON.stringify({ rate: 2 }))"""


class Desk:
    """The browser of one annotator, and what it has tried to submit."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.context.add_init_script(FAST)
        self.submissions: list[int] = []
        self.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if found := re.search(r"/slots/(\d+)/submission$", request.url):
            self.submissions.append(int(found[1]))

    @property
    def slots(self) -> set[int]:
        return set(self.submissions)

    def page(self, path: str = "/p/demo/rate") -> Page:
        page = self.context.new_page()
        page.goto(path)
        return page


@pytest.fixture(scope="module")
def cookies(browser: Browser, platform: Platform) -> Path:
    """Signed in once: doing it for each journey would be refused as guessing."""
    context = browser.new_context(base_url=platform.address)
    sign_in(context.new_page(), platform, "annotator")
    path = platform.data / "never-lose.json"
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture
def new_desk(browser: Browser, platform: Platform, cookies: Path) -> Iterator[Callable[[], Desk]]:
    """Another machine of the same annotator, which knows nothing but who it is."""
    made: list[BrowserContext] = []

    def make() -> Desk:
        made.append(browser.new_context(base_url=platform.address, storage_state=cookies))
        return Desk(made[-1])

    yield make
    for context in made:
        context.close()


@pytest.fixture
def desk(new_desk, platform: Platform) -> Desk:
    """One at which nothing is half answered, whatever the journeys before have left."""
    with database(platform) as connection:
        connection.execute("delete from rating_draft")
    return new_desk()


def question(page: Page, number: int) -> Locator:
    return page.get_by_text(f"Question {number} of 5", exact=True)


def caption(page: Page) -> Locator:
    return page.get_by_label("Caption", exact=True)


def answer(page: Page, levels: str = "54301", first: int = 1) -> None:
    """One digit a question, and the clip to its end; all but Enter."""
    for number, digit in enumerate(levels, start=first):
        expect(question(page, number)).to_be_visible()
        page.keyboard.press(digit)
    expect(page.get_by_role("button", name="Submit")).to_be_enabled(timeout=20_000)


def submit(page: Page) -> None:
    """Enter; returns when the next caption is there to be answered."""
    page.keyboard.press("Enter")
    expect(question(page, 1)).to_be_visible()


def save_state(page: Page, text: str) -> None:
    expect(page.locator(".save-state")).to_contain_text(text, timeout=30_000)


def database(platform: Platform) -> psycopg.Connection:
    host = quote(str(DataDirectory(platform.data).sockets))
    return psycopg.connect(f"postgresql://crest@/crest?host={host}")


def look_up(platform: Platform, query: str, *values: object) -> list[tuple]:
    with database(platform) as connection:
        return connection.execute(query, values).fetchall()


def judgments(platform: Platform, slots: set[int]) -> dict[int, list[str]]:
    """The dimensions for which there is a level, as often as there is one."""
    rows = look_up(
        platform,
        "select slot_id, dimension from rating_judgment where slot_id = any(%s) order by 1, 2",
        list(slots),
    )
    return {slot: [dimension for at, dimension in rows if at == slot] for slot in slots}


def assert_each_once(platform: Platform, desk: Desk, count: int) -> None:
    """So many captions were answered, and each has its five levels once, in time."""

    def arrived() -> bool:
        desk.context.pages[0].evaluate("0")  # while Playwright waits for us, it hears of nothing
        found = judgments(platform, desk.slots)
        return len(found) >= count and all(found.values())

    eventually(arrived, seconds=30, what="all has arrived")
    assert len(desk.slots) == count
    assert judgments(platform, desk.slots) == dict.fromkeys(desk.slots, sorted(DIMENSIONS))
    late = look_up(
        platform, "select 1 from rating_slot where id = any(%s) and late", list(desk.slots)
    )
    assert late == []


@contextmanager
def next_is_loaded(page: Page) -> Iterator[None]:
    """Until the clip on the screen and the one after it have come over whole."""
    clips: set[str] = set()

    def is_second(request: Request) -> bool:
        if request.resource_type == "media":
            clips.add(request.url)
        return len(clips) > 1

    with page.expect_request_finished(is_second):
        yield


class TestNeverLose:
    def test_three_captions_around_a_network_that_is_away(self, desk, platform):
        page = desk.context.new_page()
        with next_is_loaded(page):
            page.goto("/p/demo/rate")
        answer(page)
        desk.context.set_offline(True)
        save_state(page, "Offline")

        submit(page)
        save_state(page, "1 waiting, offline")
        answer(page)
        page.keyboard.press("Enter")
        save_state(page, "2 waiting, offline")
        assert not any(judgments(platform, desk.slots).values())

        desk.context.set_offline(False)
        save_state(page, "Saved")
        answer(page)
        submit(page)
        assert_each_once(platform, desk, 3)

    def test_a_reload_in_the_middle_and_another_machine_go_on_where_it_was(
        self, desk, new_desk, platform
    ):
        page = desk.page()
        expect(question(page, 1)).to_be_visible()
        text = caption(page).inner_text()
        with page.expect_response(re.compile(r"/draft$")) as kept:
            page.keyboard.press("5")
            page.keyboard.press("4")
        assert kept.value.ok

        page.reload()
        expect(question(page, 3)).to_be_visible()
        expect(caption(page)).to_have_text(text)
        other = new_desk()
        elsewhere = other.page()
        expect(question(elsewhere, 3)).to_be_visible()
        expect(caption(elsewhere)).to_have_text(text)

        answer(elsewhere, "301", first=3)
        submit(elsewhere)
        assert_each_once(platform, other, 1)

    def test_a_closed_tab_leaves_nothing_behind(self, desk, platform):
        page = desk.page()
        answer(page)
        desk.context.route("**/submission", lambda route: route.abort())
        submit(page)
        save_state(page, "1 waiting")
        page.close()
        desk.context.unroute("**/submission")
        assert not any(judgments(platform, desk.slots).values())

        desk.page("/")
        assert_each_once(platform, desk, 1)

    def test_a_session_that_ended_asks_for_a_login_and_goes_on(self, desk, platform):
        page = desk.page()
        answer(page)
        desk.context.clear_cookies(name="sessionid")
        page.keyboard.press("Enter")

        login = page.get_by_role("dialog", name="Please sign in again")
        login.get_by_label("Password", exact=True).fill(platform.logins["annotator"]["password"])
        assert not any(judgments(platform, desk.slots).values())
        page.keyboard.press("Enter")
        expect(login).to_have_count(0)

        save_state(page, "Saved")
        expect(question(page, 1)).to_be_visible()
        assert_each_once(platform, desk, 1)

    def test_a_reply_that_is_lost_is_asked_for_again(self, desk, platform):
        page = desk.page()
        answer(page)
        desk.context.route("**/submission", lose_the_reply, times=1)
        submit(page)
        save_state(page, "Saved")
        assert len(desk.submissions) == 2
        assert_each_once(platform, desk, 1)

    def test_a_server_that_is_killed_between_commit_and_reply(self, desk, platform):
        def kill(route: Route) -> None:
            lose_the_reply(route)
            os.kill(web_of(platform), signal.SIGKILL)

        page = desk.page()
        answer(page)
        desk.context.route("**/submission", kill, times=1)
        submit(page)
        save_state(page, "1 waiting, offline")
        save_state(page, "Saved")
        assert_each_once(platform, desk, 1)

    def test_two_tabs_at_the_same_caption(self, desk, platform):
        page, other = desk.page(), desk.page()
        expect(question(other, 1)).to_be_visible()
        page.bring_to_front()
        text = caption(page).inner_text()
        expect(caption(other)).to_have_text(text)
        answer(page)
        submit(page)

        expect(other.get_by_text("Answered in another tab.")).to_be_visible()
        expect(caption(other)).not_to_have_text(text)
        assert_each_once(platform, desk, 1)

    def test_two_machines_at_the_same_caption(self, desk, new_desk, platform):
        page = desk.page()
        expect(question(page, 1)).to_be_visible()
        other = new_desk()
        elsewhere = other.page()
        expect(caption(elsewhere)).to_have_text(caption(page).inner_text())
        answer(page)
        elsewhere.keyboard.press("1")
        expect(elsewhere.get_by_text("Newer answers from another")).to_be_visible()
        answer(elsewhere, "")
        submit(page)
        save_state(page, "Saved")
        elsewhere.keyboard.press("o")
        answer(elsewhere, "2")
        submit(elsewhere)

        expect(elsewhere.get_by_text("This caption had been submitted before")).to_be_visible()
        assert other.slots == desk.slots
        assert_each_once(platform, desk, 1)
        elsewhere.get_by_role("button", name="Dismiss").click()
        expect(elsewhere.get_by_role("alert")).to_have_count(0)

    def test_a_refused_answer_is_named_and_can_be_given_again(self, desk, platform):
        page = desk.page()
        answer(page)
        text = caption(page).inner_text()
        refusal = {"type": "not-watched", "title": "Watch more of the video."}
        desk.context.route(
            "**/submission", lambda route: route.fulfill(status=422, json=refusal), times=1
        )
        submit(page)
        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("Watch more of the video.")
        expect(banner).to_contain_text(text[:40])

        page.reload()
        banner.get_by_role("button", name="Open it again").click()
        expect(caption(page)).to_have_text(text)
        expect(banner).to_have_count(0)
        answer(page, "")
        submit(page)
        assert_each_once(platform, desk, 1)

    @pytest.mark.parametrize("skew", [DAY, -DAY], ids=["a day ahead", "a day behind"])
    def test_a_clock_that_is_wrong(self, desk, platform, skew):
        desk.context.add_init_script(
            f"""{{
                const right = Date.now.bind(Date)
                Date = class extends Date {{
                    constructor(...given) {{
                        super(...(given.length ? given : [right() + {skew * 1000}]))
                    }}
                    static now() {{ return right() + {skew * 1000} }}
                }}
            }}"""
        )
        page = desk.page()
        answer(page)
        submit(page)
        save_state(page, "Saved")
        assert_each_once(platform, desk, 1)
        [(known,)] = look_up(
            platform,
            "select evidence -> 'skew' from rating_slot where id = any(%s)",
            list(desk.slots),
        )
        assert known == pytest.approx(skew, abs=30)


def lose_the_reply(route: Route) -> None:
    """The server gets the answer, and writes it down; what it says is lost."""
    assert route.fetch().status == 201
    route.abort()


def web_of(platform: Platform) -> int:
    assert platform.launcher is not None
    for pid in descendants(platform.launcher.pid):
        if b"uvicorn" in Path(f"/proc/{pid}/cmdline").read_bytes():
            return pid
    raise AssertionError("no web process")
