"""Claim: from Enter to the next clip's first frame takes less than 200 ms, for it is there already.

    python -m benchmarks.next_frame [--items N] [--block N] [--address URL --data DIR]

One annotator rates the demo in Chromium with keys alone, watching each clip as the protocol asks.
Beside the page as it is stands the page that asks for each item when its turn comes
(`?ahead=off`), in blocks that take turns, so that a busy machine is busy for both. What is measured
is the time from the key's event to the moment at which the browser expects to show the first frame
of the next clip (`requestVideoFrameCallback`). Of a clip that comes with its first frame decoded
the browser tells the second one only; there, the end of the first paint with it is taken. Without
an address a platform of its own is started, which takes a minute or two.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.functional.platform import ROOT, Platform

WATCH_SECONDS = 60
MODES = {"ahead": "", "not ahead": "?ahead=off"}

# The frame is asked for in the very moment in which its element comes into the page.
LISTEN = """
let enter = null
let known = null
window.frames_seen = []
const see = at => {
  if (enter !== null) window.frames_seen.push(at - enter)
  enter = null
}
addEventListener('keydown', event => { if (event.key === 'Enter') enter = event.timeStamp }, true)
new MutationObserver(() => {
  const video = document.querySelector('video.picture')
  if (!video || video === known) return
  known = video
  const decoded = video.readyState >= video.HAVE_CURRENT_DATA && !video.poster
  if (decoded) requestAnimationFrame(() => requestAnimationFrame(() => see(performance.now())))
  else video.requestVideoFrameCallback((_, frame) => see(frame.expectedDisplayTime))
}).observe(document, { childList: true, subtree: true })
"""


@contextmanager
def platform() -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="crest-") as directory:
        running = Platform(Path(directory) / "data", options=("--no-demo",))
        running.data.mkdir()
        running.start(seconds=120)
        try:
            subprocess.run(
                [sys.executable, "manage.py", "seed_demo", "--no-model", "--videos", "48"],
                cwd=ROOT,
                env={**os.environ, "CREST_DATA": str(running.data)},
                check=True,
            )
            yield running.address, running.data
        finally:
            running.stop()


def sign_in(browser: Browser, address: str, data: Path) -> Page:
    login = json.loads((data / "secrets" / "demo-logins.json").read_text())["annotator"]
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("Username").fill(login["username"])
    page.get_by_label("Password", exact=True).fill(login["password"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def rate(page: Page, mode: str, items: int) -> list[float]:
    """Milliseconds from Enter to the next first frame, for so many items in a row."""
    page.goto(f"/p/demo/rate{MODES[mode]}")
    for done in range(items):
        expect(page.get_by_text("Question 1 of 5", exact=True)).to_be_visible()
        for number in range(1, 6):
            expect(page.get_by_text(f"Question {number} of 5", exact=True)).to_be_visible()
            page.keyboard.press("3")
        submit = page.get_by_role("button", name="Submit")
        expect(submit).to_be_enabled(timeout=WATCH_SECONDS * 1000)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Question 1 of 5", exact=True)).to_be_visible()
        while page.evaluate("window.frames_seen.length") <= done:
            page.wait_for_timeout(20)
    measured: list[float] = page.evaluate("window.frames_seen")
    return measured


def summary(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"median {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms   ({len(times)} items)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=30, help="for each of the two")
    parser.add_argument("--block", type=int, default=5, help="items in a row before taking turns")
    parser.add_argument("--address", help="of a platform with the demo that is up already")
    parser.add_argument("--data", type=Path, help="its data directory")
    options = parser.parse_args()
    chromium = os.environ.get("CREST_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no Chromium: install it, or name one in CREST_CHROMIUM")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []

    def measure(address: str, data: Path) -> dict[str, list[float]]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            page = sign_in(browser, address, data)
            times: dict[str, list[float]] = {mode: [] for mode in MODES}
            while len(times["not ahead"]) < options.items:
                for mode in MODES:
                    times[mode] += rate(page, mode, options.block)
            browser.close()
            return times

    if options.address:
        times = measure(options.address, options.data)
    else:
        with platform() as (address, data):
            times = measure(address, data)
    for mode, measured in times.items():
        print(f"{mode:<10}{summary(measured)}")
    ratio = statistics.median(times["not ahead"]) / statistics.median(times["ahead"])
    print(f"being ahead is {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
