"""The way of people through a fresh platform: rate, turn the loop, look, take the data home.

One story on one platform, told in order: each test begins where the one before ended.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.functional.journey import api, sign_in
from tests.functional.platform import ROOT, Platform, descendants, eventually

pytestmark = pytest.mark.journey

TURN_SECONDS = 900
STAGES = ("scorer", "score", "select", "finetune", "evaluate")


def stages_of_the_turn(page: Page) -> dict[str, dict]:
    turn = api(page, "runs?kind=turn")["results"][0]
    return {stage["kind"]: stage for stage in api(page, f"runs/{turn['id']}")["stages"]}


def stage_in(page: Page, kind: str, state: str) -> dict | None:
    """The stage of the newest turn, once it is in that state; a failed one fails the test."""
    turn = api(page, "runs?kind=turn")["results"][0]
    assert turn["state"] in {"queued", "running", "succeeded"}, turn["error_detail"]
    stage = stages_of_the_turn(page).get(kind)
    return stage if stage is not None and stage["state"] == state else None


def question(page: Page, number: int) -> Locator:
    return page.get_by_text(f"Question {number} of 5", exact=True)


def rate_one(page: Page, levels: str) -> str:
    """Five digits while the clip plays, then Enter. Returns the caption that was rated."""
    expect(question(page, 1)).to_be_visible(timeout=15_000)
    caption = page.get_by_label("Caption").inner_text()
    rated = api(page, "progress")["mine"]
    for number, digit in enumerate(levels, start=1):
        expect(question(page, number)).to_be_visible()
        page.keyboard.press(digit)
    submit = page.get_by_role("button", name="Submit")
    expect(submit).to_be_enabled(timeout=20_000)  # the clip was watched to its end
    page.keyboard.press("Enter")
    eventually(
        lambda: api(page, "progress")["mine"] == rated + 1, seconds=10, what="the rating arrives"
    )
    return caption


class TestJourney:
    def test_an_annotator_rates_three_captions_with_keys_alone(self, page, platform):
        sign_in(page, platform, "annotator")
        start = page.get_by_role("link", name="Start rating")
        start.focus()
        page.keyboard.press("Enter")
        before = api(page, "progress")["mine"]

        captions = [rate_one(page, levels) for levels in ("54301", "12345", "00000")]

        assert len(set(captions)) == 3
        assert api(page, "progress")["mine"] == before + 3

    def test_a_reload_and_a_second_tab_find_the_same_caption_and_the_answers(self, page, platform):
        sign_in(page, platform, "annotator")
        page.goto("/p/demo/rate")
        caption = page.get_by_label("Caption")
        expect(question(page, 1)).to_be_visible()
        page.keyboard.press("4")
        expect(question(page, 2)).to_be_visible()
        before = caption.inner_text()

        page.reload()

        expect(question(page, 2)).to_be_visible()
        assert caption.inner_text() == before
        other = page.context.new_page()
        other.goto("/p/demo/rate")
        expect(other.get_by_label("Caption")).to_have_text(before)

    def test_a_video_can_be_sought(self, page, platform):
        sign_in(page, platform, "annotator")
        page.goto("/p/demo/rate")
        # Asked again and again from here: to let the page itself wait would need its eval.
        eventually(
            lambda: page.evaluate("document.querySelector('video')?.readyState >= 1"),
            seconds=15,
            what="the clip can be played",
        )
        place = page.evaluate(
            """async () => {
                const video = document.querySelector('video')
                video.pause()
                const sought = new Promise(done => video.addEventListener('seeked', done))
                video.currentTime = video.duration * 0.75
                await sought
                return video.currentTime / video.duration
            }"""
        )
        assert place == pytest.approx(0.75, abs=0.01)
        source = page.evaluate("document.querySelector('video').currentSrc")
        part = page.request.get(source, headers={"Range": "bytes=100-199"})
        assert (part.status, len(part.body())) == (206, 100)

    def test_a_turn_survives_the_death_of_its_worker_and_of_the_launcher(self, page, platform):
        sign_in(page, platform, "researcher")
        page.goto("/p/demo/runs")
        page.get_by_role("button", name="Run one turn").first.click()
        eventually(lambda: api(page, "runs?kind=turn")["results"], seconds=10, what="a turn")
        # A second wish is the same turn.
        token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
        again = page.request.post(
            "/api/v1/projects/demo/runs",
            data={"kind": "turn"},
            headers={"X-CSRFToken": token, "Referer": platform.address},
        )
        assert again.status == 200
        assert len(api(page, "runs?kind=turn")["results"]) == 1

        eventually(
            lambda: stage_in(page, "finetune", "running"), seconds=TURN_SECONDS, what="fine-tuning"
        )
        eventually(
            lambda: stages_of_the_turn(page)["finetune"]["progress"].get("done", 0) > 20,
            seconds=TURN_SECONDS,
            what="the fine-tuning is under way",
        )
        for worker in training_workers(platform):
            os.kill(worker, signal.SIGKILL)
        resumed = eventually(
            lambda: taken_again(page, "finetune"), seconds=240, what="another worker takes it"
        )
        assert resumed["attempt"] == 2

        ratings = api(page, "progress")["ratings"]
        platform.kill()
        platform.start(seconds=120)
        assert api(page, "progress")["ratings"] == ratings

        done = eventually(
            lambda: stage_in(page, "evaluate", "succeeded"),
            seconds=TURN_SECONDS,
            what="the turn ends",
            every=1,
        )
        assert done["result"]["captioners"]
        assert {s["state"] for s in stages_of_the_turn(page).values()} == {"succeeded"}
        assert tuple(stages_of_the_turn(page)) == STAGES

    def test_the_run_page_shows_what_the_fine_tuning_did(self, page, platform):
        sign_in(page, platform, "researcher")
        run = stages_of_the_turn(page)["finetune"]
        page.goto(f"/p/demo/runs/{run['id']}")

        expect(page.get_by_text("Succeeded").first).to_be_visible()
        expect(page.get_by_text(run["result"]["weights_sha256"][:8]).first).to_be_visible()
        detail = api(page, f"runs/{run['id']}")
        weights = next(a for a in detail["artifacts"] if a["name"].endswith(".safetensors"))
        with page.expect_download() as download:
            page.evaluate("url => { location.href = url }", weights["url"])
        assert Path(download.value.path()).stat().st_size == weights["bytes"]
        curve = api(page, f"runs/{run['id']}/metrics")["series"]["loss"]
        steps = [step for step, _ in curve]
        assert steps == list(range(steps[0], steps[-1] + 1)), "one value a step, none twice"

    def test_the_leaderboard_has_the_captioner_before_and_after(self, page, platform):
        sign_in(page, platform, "researcher")
        page.goto("/p/demo/leaderboard")

        sources = {row["source"] for row in api(page, "leaderboard")["captioners"]}
        assert sources == {"imported", "base model", "fine-tuned"}
        for row in api(page, "leaderboard")["captioners"]:
            expect(page.get_by_text(row["name"], exact=True).first).to_be_visible()

    def test_the_export_holds_every_judgment_of_its_snapshot(self, page, platform):
        sign_in(page, platform, "researcher")
        page.goto("/p/demo/snapshots")
        page.get_by_role("button", name="Freeze snapshot").first.click()
        page.get_by_role("button", name="Freeze", exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        newest = api(page, "snapshots")["results"][0]
        page.get_by_role("link", name=newest["digest"][:12]).click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Download JSON lines").click()

        lines = Path(download.value.path()).read_text().splitlines()
        assert len(lines) == newest["judgments"] == api(page, "progress")["judgments"]
        assert {json.loads(line)["dimension"] for line in lines} == {
            "object",
            "feature",
            "action",
            "camera",
            "background",
        }

    def test_a_researcher_sees_and_takes_home_the_same_from_a_shell(self, platform, tmp_path):
        login = platform.logins["researcher"]
        site = {"CREST_PASSWORD": login["password"], "CREST_CONFIG": str(tmp_path)}

        def crest(*words: object) -> str:
            typed = [sys.executable, "-m", "crest", *map(str, words)]
            done = subprocess.run(
                typed,
                cwd=ROOT,
                env={**os.environ, **site},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            return done.stdout

        crest("login", platform.address, "--user", login["username"])
        inside = ("-p", "demo", "--json")
        turn = json.loads(crest("run", "list", "--kind", "turn", "--limit", 1, *inside))
        assert turn["state"] == "succeeded"
        told = [
            json.loads(line) for line in crest("run", "watch", turn["id"], *inside).splitlines()
        ]
        assert told[-1]["state"] == "succeeded"
        assert {line.get("event") for line in told} >= {"run"}
        snapshot = json.loads(crest("snapshot", "list", "--limit", 1, *inside))
        into = tmp_path / "ratings.csv"
        crest("snapshot", "export", snapshot["id"], "csv", "-p", "demo", "-o", into)
        assert len(into.read_text().splitlines()) == 1 + snapshot["judgments"]

    def test_an_admin_brings_real_videos_and_hears_of_the_broken_line(
        self, page, platform, shared_data, tmp_path
    ):
        good = shared_data / "videos" / "captions.jsonl"
        lines = good.read_text().splitlines()
        broken = tmp_path / "broken.jsonl"
        broken.write_text("\n".join([lines[0], lines[1], lines[2][:-1], *lines[3:]]) + "\n")
        videos = sorted((shared_data / "videos").glob("*.mp4"))
        sign_in(page, platform, "admin")
        page.goto("/p/demo/data")
        files = page.locator("input[type=file]")
        report = page.get_by_role("list", name="Files")
        background = page.get_by_role("list", name="In the background")
        bring = page.get_by_role("button", name="Import", exact=True)

        files.set_input_files([*videos, broken])

        expect(report.get_by_text("Accepted")).to_have_count(len(videos), timeout=120_000)
        bring.click()
        expect(background.get_by_text("Refused")).to_be_visible(timeout=60_000)
        expect(background.get_by_text("Line 3")).to_be_visible()
        with page.expect_download() as found:
            page.get_by_role("link", name="Lines that are wrong in broken.jsonl").click()
        (wrong,) = found.value.path().read_text().splitlines()
        assert json.loads(wrong)["line"] == 3
        items = api(page, "progress")["items"]

        files.set_input_files([videos[0], good])

        expect(report.get_by_text("Already here", exact=True)).to_be_visible(timeout=60_000)
        page.get_by_role("button", name="Try without importing").click()
        expect(background.get_by_text("Only tried")).to_be_visible(timeout=60_000)
        expect(background.get_by_text(f"{len(lines)} new")).to_have_count(1, timeout=60_000)
        assert api(page, "progress")["items"] == items
        bring.click()
        expect(background.get_by_text(f"{len(lines)} new")).to_have_count(2, timeout=60_000)
        assert api(page, "progress")["items"] == items + len(lines)


def training_workers(platform: Platform) -> list[int]:
    """The worker process of the training queue, told by its command line."""
    assert platform.launcher is not None
    found = []
    for pid in descendants(platform.launcher.pid):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"celery" in b" ".join(command) and b"gpu" in command and b"worker" in command:
            found.append(pid)
    assert found
    return found


def taken_again(page: Page, kind: str) -> dict | None:
    stage = stages_of_the_turn(page)[kind]
    return stage if stage["attempt"] > 1 and stage["state"] in {"running", "succeeded"} else None
