"""What a browser hears of a run, from the real server."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx  # noqa: TID251 - a test's own browser
import pytest
from django.conf import settings
from django.db import connection
from rest_framework.test import APIClient

from annotation_site.accounts.models import Role, User
from annotation_site.runs import events, lease, services
from annotation_site.runs.models import Metric, Run
from tests.runs.factories import RunFactory, SnapshotFactory

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 60


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """Serves this test's database; its address."""
    there = connection.settings_dict
    url = f"postgresql://{there['USER']}@/{there['NAME']}?host={there['HOST']}"
    log = tmp_path_factory.mktemp("server") / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "annotation_site.asgi:application", "--port", "0"],
            env={
                **os.environ,
                "CREST_DATABASE_URL": url,
                "CREST_DATA": str(settings.DATA.root),
                "CREST_DATABASE_POOL": "1",  # who waits with it in hand stops everybody
            },
            stdout=file,
            stderr=file,
        )
    try:
        yield eventually(lambda: _address(log, process))
    finally:
        process.terminate()
        process.wait(SECONDS)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    said = log.read_text()
    assert process.poll() is None, said
    return said.partition("running on ")[2].split(" ")[0]


def eventually(look: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found


@dataclass
class Page:
    """A browser's page that watches a run."""

    lines: Iterator[str]
    headers: httpx.Headers

    def next(self, name: str) -> Any:
        """The data of the next event, which must be of that name."""
        event = self.block()
        assert event.get("event") == name, event
        return json.loads(event["data"])

    def block(self) -> dict[str, str]:
        block: dict[str, str] = {}
        for line in self.lines:
            if not line:
                return block
            name, _, value = line.partition(": ")
            block[name] = value
        return block

    def ended(self) -> bool:
        return self.block() == {}


@pytest.fixture
def run() -> Run:
    return RunFactory(snapshot=SnapshotFactory())


@pytest.fixture
def watch(
    server: str,
    run: Run,
    member: Callable[..., User],
    client_for: Callable[[User], APIClient],
) -> Iterator[Callable[..., Page]]:
    """`watch()` opens another page; closing the browser closes them all."""
    signed_in = client_for(member(Role.RESEARCHER, project=run.project))
    cookies = {name: morsel.value for name, morsel in signed_in.cookies.items()}
    opened: list[httpx.Response] = []
    with httpx.Client(base_url=server, cookies=cookies, timeout=SECONDS) as browser:

        def open_page(*, after: int | None = None) -> Page:
            headers = {"Accept": "text/event-stream"}
            if after is not None:
                headers["Last-Event-ID"] = str(after)
            request = browser.build_request("GET", address(run), headers=headers)
            answer = browser.send(request, stream=True)
            opened.append(answer)
            assert answer.status_code == 200
            return Page(answer.iter_lines(), answer.headers)

        yield open_page
        for answer in opened:
            answer.close()
    eventually(lambda: listeners() == 0)


def address(run: Run) -> str:
    return f"/api/v1/projects/{run.project.slug}/runs/{run.pk}/events"


def listeners() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = %s",
            [events.LISTENER],
        )
        return int(cursor.fetchone()[0])


def test_tells_the_whole_life_of_a_run(watch: Callable[..., Page], run: Run) -> None:
    page = watch()

    assert page.headers["content-type"] == "text/event-stream"
    assert page.headers["cache-control"] == "no-store"
    assert page.next("run")["state"] == "queued"
    held = lease.claim(run_id=run.pk, owner="here")
    assert page.next("run")["state"] == "running"
    lease.renew(run=held, progress={"done": 1, "total": 2, "message": "half"})
    assert page.next("run")["progress"] == {"done": 1, "total": 2, "message": "half"}
    lease.renew(run=held, step=1, metrics={"loss": 0.5})
    assert page.next("metric") == [{"name": "loss", "step": 1, "value": 0.5}]
    lease.publish(run=held, result={"srcc": 0.5}, digest="d" * 64, files={})
    last = page.next("run")
    assert (last["state"], last["result"]) == ("succeeded", {"srcc": 0.5})
    assert page.ended()


def test_says_the_same_as_the_run_itself(
    watch: Callable[..., Page],
    run: Run,
    member: Callable[..., User],
    client_for: Callable[[User], APIClient],
) -> None:
    client = client_for(member(Role.ADMIN, project=run.project))

    shown = client.get(address(run).removesuffix("/events")).json()

    told = watch().next("run")
    assert told == {name: shown[name] for name in told}


def test_goes_on_after_the_last_figure_the_page_saw(watch: Callable[..., Page], run: Run) -> None:
    held = lease.claim(run_id=run.pk, owner="here")
    for step in (1, 2, 3):
        lease.renew(run=held, step=step, metrics={"loss": 1 / step})
    seen = Metric.objects.get(step=2).pk

    page = watch(after=seen)

    page.next("run")
    assert [point["step"] for point in page.next("metric")] == [3]


def test_brings_a_late_page_up_to_date(watch: Callable[..., Page], run: Run) -> None:
    held = lease.claim(run_id=run.pk, owner="here")
    lease.renew(run=held, step=1, metrics={"loss": 0.5, "srcc": 0.25})
    lease.publish(run=held, result={}, digest="d" * 64, files={})

    page = watch()

    assert {point["name"] for point in page.next("metric")} == {"loss", "srcc"}
    assert page.next("run")["state"] == "succeeded"
    assert page.ended()


def test_many_pages_share_one_listening_connection(watch: Callable[..., Page], run: Run) -> None:
    pages = [watch() for _ in range(5)]
    for page in pages:
        page.next("run")
    eventually(lambda: listeners() == 1)

    services.cancel(run=run)

    assert {page.next("run")["state"] for page in pages} == {"cancelled"}
    assert listeners() <= 1


def test_a_page_that_waits_holds_no_connection_of_its_own(
    watch: Callable[..., Page], run: Run
) -> None:
    pages = [watch() for _ in range(5)]
    for page in pages:
        page.next("run")

    def others() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND application_name <> %s",
                [events.LISTENER],
            )
            return int(cursor.fetchone()[0])

    eventually(lambda: others() <= 1)
    assert run.state == "queued"


def test_survives_the_loss_of_its_connection(watch: Callable[..., Page], run: Run) -> None:
    page = watch()
    page.next("run")
    eventually(lambda: listeners() == 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
            [events.LISTENER],
        )

    services.cancel(run=run)

    assert page.next("run")["state"] == "cancelled"


def test_a_stage_is_news_of_its_turn(watch: Callable[..., Page], run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(kind="turn", state="running")
    run.refresh_from_db()
    page = watch()
    page.next("run")

    lease.claim(run_id=RunFactory(snapshot=run.snapshot, turn=run).pk, owner="here")
    services.cancel(run=run)

    assert page.next("run")["cancel_requested"]


def test_refuses_before_it_streams(server: str, run: Run) -> None:
    anonymous = httpx.get(server + address(run), headers={"Accept": "text/event-stream"})

    assert anonymous.status_code == 401
    assert anonymous.headers["content-type"] == "application/problem+json"


def test_keeps_a_silent_connection_open(run: Run) -> None:
    async def listen() -> list[str]:
        told = events.Stream(run.pk, ping_seconds=0.01)
        heard = [await anext(told) for _ in range(3)]
        told.close()
        return heard

    first, *pings = asyncio.run(listen())

    assert first.startswith("event: run\n")
    assert pings == [": ping\n\n"] * 2


def test_nobody_listens_for_a_page_that_went_away_while_it_was_told(run: Run) -> None:
    """Such a stream waits for its reader, not for news: nothing but closing it ends it."""

    async def leave() -> None:
        told = events.Stream(run.pk)
        await anext(told)
        assert not events.hub.is_idle
        await asyncio.to_thread(told.close)
        async with asyncio.timeout(SECONDS):
            while not events.hub.is_idle:  # noqa: ASYNC110 - the hub rings no bell for tests
                await asyncio.sleep(0)

    asyncio.run(leave())
