"""What admins do, without a mouse: only Tab, arrows, Space and Enter."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.journey import api, sign_in
from tests.functional.platform import Platform

pytestmark = pytest.mark.journey

MOST_TABS = 200
TABS = ("Agreement", "Progress", "Not involved", "Checks", "Twins", "Queue", "Remarks")


@pytest.fixture(scope="module")
def cookies(browser: Browser, platform: Platform) -> Path:
    """Signed in once: doing it for each test would be refused as guessing."""
    path = platform.data / "keyboard-session.json"
    context = browser.new_context(base_url=platform.address)
    sign_in(context.new_page(), platform, "admin")
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture
def page(browser: Browser, platform: Platform, cookies: Path) -> Iterator[Page]:
    context = browser.new_context(
        base_url=platform.address, storage_state=cookies, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def reach(page: Page, role: str, name: str) -> None:
    """Press Tab until it has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    expect(wanted).to_be_visible(timeout=20_000)
    for _ in range(MOST_TABS):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")


def of_files(page: Page, name: str) -> list[dict]:
    """The imports of a file of that name."""
    found = api(page, "jobs?kind=import")["results"]
    return [job for job in found if job["name"] == name]


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    reach(page, role, name)
    page.keyboard.press(key)


def test_a_file_is_looked_at_tried_and_imported(page: Page, tmp_path: Path):
    [video, *_] = api(page, "videos")["results"]
    row = {"video": video["names"][0], "source": "by-keyboard", "caption": "It comes by the keys."}
    path = tmp_path / "by-the-keys.jsonl"
    path.write_text(json.dumps(row) + "\n")
    # The browser's own dialog stays shut from now on, and not only from the key on.
    page.on("filechooser", lambda _: None)
    page.goto("/p/demo/data")
    reach(page, "button", "Choose files")
    reports = page.get_by_role("link", name=f"Report of every line of {path.name}")
    before = len(of_files(page, path.name))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    press(page, "button", "Try without importing")
    expect(page.get_by_text("Being tried: see below")).to_be_visible(timeout=30_000)
    press(page, "button", "Import")

    expect(page.get_by_role("button", name="Choose files").first).to_be_focused()
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    expect(reports).to_have_count(before + 2, timeout=30_000)


def test_each_tab_of_quality_is_opened(page: Page):
    page.goto("/p/demo/quality")
    for tab in TABS:
        press(page, "link", tab)
        expect(page.get_by_role("link", name=tab, exact=True)).to_have_attribute(
            "aria-current", "page"
        )


def test_a_caption_is_decided(page: Page):
    busiest = max(api(page, "standings")["results"], key=lambda row: row["ratings"])["annotator"]
    [rated, *_] = api(page, f"standings/{busiest['id']}/ratings")["results"]
    page.goto(f"/p/demo/adjudicate/{rated['item']}")

    said = page.get_by_role("paragraph").filter(has_text="By the keys.")
    levels = page.get_by_role("group", name="Background")
    expect(levels).to_be_visible(timeout=20_000)
    before = said.count()
    first = levels.get_by_role("radio").first
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(levels.get_by_role("radio").nth(1)).to_be_checked()
    reach(page, "textbox", "Why?")
    page.keyboard.type("By the keys.")
    press(page, "button", "Decide 1 dimension")
    expect(said).to_have_count(before + 1)


def test_a_snapshot_is_frozen_and_downloaded(page: Page):
    page.goto("/p/demo/snapshots")
    press(page, "button", "Freeze snapshot")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "button", "Freeze")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=30_000)
    [newest, *_] = api(page, "snapshots")["results"]
    press(page, "link", newest["digest"][:12])

    expect(page.get_by_role("heading", name="Exports")).to_be_visible()
    reach(page, "link", "Download CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    lines = Path(download.value.path()).read_text().splitlines()
    assert len(lines) == 1 + newest["judgments"]
    entry = api(page, "audit?kind=download")["results"][0]
    assert entry["about"] == {"snapshot_id": newest["id"], "form": "csv"}


def test_a_dialog_gives_the_focus_back(page: Page):
    page.goto("/p/demo/settings/webhooks")
    press(page, "button", "New webhook")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="New webhook").first).to_be_focused()
