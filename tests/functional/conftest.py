"""One platform and one browser for all journeys."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.functional.platform import Platform

CHROMIUM_FLAGS = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Look at all pages when there is most to see on them: after what people did."""
    items.sort(key=lambda item: item.path.name == "test_pages.py")


@pytest.fixture(scope="session")
def platform() -> Iterator[Platform]:
    with tempfile.TemporaryDirectory(prefix="crest-") as directory:
        platform = Platform(Path(directory) / "data")
        platform.data.mkdir()
        try:
            platform.start(seconds=900)
            yield platform
            platform.stop()
        finally:
            if platform.launcher is not None and platform.launcher.poll() is None:
                platform.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CREST_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium: install it, or name one in CREST_CHROMIUM")
    # Chromium's sandbox refuses to run as root.
    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, platform: Platform) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=platform.address, viewport={"width": 1440, "height": 900}, bypass_csp=False
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which an uncaught error fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
