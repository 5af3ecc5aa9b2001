"""Claim: 200 people rate one project of 100,000 captions at once, exactly, for little CPU each.

    python -m benchmarks.annotators [--items N] [--judgments N] [--seconds N] [--levels 1 8 32 200]

The production server, its Postgres (which syncs to disk) and a project with a million judgments;
in front of them people who claim, think and submit over HTTP with the cookies of a browser. Each
level runs twice: saturated (nobody thinks) and paced. Everything is bounded and stays on this
machine. CPU is what the kernel has charged to the server and to Postgres: this driver's own is
left out of it, though it takes its share of the cores, so wall-clock times are upper bounds.
"""

import argparse
import asyncio
import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from annotation_site.common.embedded import Postgres
from annotation_site.common.paths import DataDirectory
from annotation_site.common.ports import is_free
from benchmarks.web_memory import resident_mib

HOST = "127.0.0.1"
HOME = tempfile.TemporaryDirectory(prefix="crest-")
ROOT = Path(HOME.name)
SERVER = Postgres(
    home=ROOT / "postgres", sockets=DataDirectory(ROOT).sockets, log=ROOT / "postgres.log"
)
os.environ["CREST_DATA"] = HOME.name
os.environ["CREST_DATABASE_URL"] = SERVER.url()
os.environ["DJANGO_SETTINGS_MODULE"] = "annotation_site.settings"
django.setup()

from django.conf import settings  # noqa: E402 - settings first
from django.contrib import auth  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from annotation_site.accounts.models import Membership, Organisation, Project, Role, User  # noqa: E402
from scorer.rubric import Dimension  # noqa: E402

SLUG = "load"
DIMENSIONS = [dimension.value for dimension in Dimension]
PEOPLE = 200
OVERLAP = 3
START_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")
THINK = {1: 1.0, 8: 2.0, 32: 2.0, 200: 10.0}
"""Seconds between two items of one person when paced. A ten-second clip allows no less than 10."""

FILL = """
INSERT INTO catalog_video
    (project_id, sha256, seconds, width, height, fps, source_bytes, has_media, created_at)
SELECT {project}, lpad(to_hex(n), 64, '0'), 4, 640, 360, 25, 100000, true, now()
FROM generate_series(1, {videos}) n;

INSERT INTO catalog_captioner (project_id, name)
SELECT {project}, 'captioner-' || n FROM generate_series(1, 3) n;

INSERT INTO catalog_caption
    (video_id, captioner_id, kind, text, text_sha256, external_id, created_at)
SELECT video.id, captioner.id, 'detailed', repeat('A ball rolls over the lawn. ', 12),
    md5(video.id || ' ' || captioner.id) || md5('load'), '', now()
FROM (SELECT id FROM catalog_video WHERE project_id = {project}) video
CROSS JOIN (SELECT id FROM catalog_captioner WHERE project_id = {project}) captioner;

INSERT INTO rating_item
    (project_id, purpose, caption_id, text, tier, tier_reason, inclusion, shuffle,
     overlap, n_open, n_done, withdrawn)
SELECT {project}, 'rate', id, '', 0, 'routine',
    CASE WHEN hashint8(id) % 5 = 0 THEN 0.2 END, (hashint8extended(id, 7) & 1048575) / 1048576.0,
    {overlap}, {rated}, {rated}, false
FROM catalog_caption;

INSERT INTO rating_slot
    (item_id, annotator_id, state, leased_at, submitted_at, late, client_key, skip_reason,
     evidence, signals, revision, swapped)
SELECT item.id, person.id, 'submitted', now() - interval '1 day', now() - interval '1 day',
    false, gen_random_uuid(), '', '{{"watched": [[0, 4]], "seconds_visible": 9}}', '[]', 1, false
FROM rating_item item
CROSS JOIN generate_series(0, {rated} - 1) turn
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_user) person
    ON person.place = (item.id + turn * 77) % {people};

INSERT INTO rating_judgment (slot_id, dimension, level, revision, rubric_version, judged_at)
SELECT slot.id, dimension, 1 + (slot.id % 5), 1, 1, slot.submitted_at
FROM rating_slot slot CROSS JOIN unnest(ARRAY{dimensions}) dimension;
"""

WRONG = """
SELECT count(*) FROM rating_item item JOIN (
    SELECT item_id, count(*) FILTER (WHERE state IN ('leased', 'submitted')) AS open,
        count(*) FILTER (WHERE state = 'submitted') AS done
    FROM rating_slot GROUP BY item_id
) slots ON slots.item_id = item.id
WHERE slots.open > item.overlap OR slots.open <> item.n_open OR slots.done <> item.n_done
"""


@dataclass
class Person:
    """Somebody with a browser: cookies, one connection, and what they saw."""

    cookies: str
    csrf: str
    port: int
    next_ms: list[float] = field(default_factory=list)
    submit_ms: list[float] = field(default_factory=list)
    submitted: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    async def rate(self, until: float, think: float, dice: random.Random) -> None:
        await self._connect()
        # As people do: not all in step.
        await asyncio.sleep(dice.random() * think)
        while time.monotonic() < until:
            began = time.monotonic()
            if not await self._rate_one():
                break
            spare = think * dice.uniform(0.5, 1.5) - (time.monotonic() - began)
            await asyncio.sleep(max(0.0, spare))
        self.writer.close()

    async def _rate_one(self) -> bool:
        began = time.perf_counter()
        status, slot = await self._ask("slots", {})
        self.next_ms.append(1000 * (time.perf_counter() - began))
        if status != 201:
            self.failures.append(f"claim {status} {slot}")
            return False
        levels = dict.fromkeys(DIMENSIONS, 4)
        evidence = {"watched": [[0, 4]], "seconds_visible": 9, "rate": 1, "changes": 0}
        answer = {"client_key": str(uuid.uuid4()), "levels": levels, "evidence": evidence}
        began = time.perf_counter()
        status, said = await self._ask(f"slots/{slot['slot']}/submission", answer)
        self.submit_ms.append(1000 * (time.perf_counter() - began))
        if status == 201:
            self.submitted.append(slot["slot"])
        else:
            self.failures.append(f"submit {status} {said}")
        return True

    async def _connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(HOST, self.port)

    async def _ask(self, path: str, body: object) -> tuple[int, dict[str, Any]]:
        content = json.dumps(body).encode()
        head = (
            f"POST /api/v1/projects/{SLUG}/{path} HTTP/1.1\r\nHost: {HOST}\r\n"
            f"Cookie: {self.cookies}\r\nX-CSRFToken: {self.csrf}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self.writer.write(head.encode() + content)
        if not (first := await self.reader.readline()):
            # The server lets go of who is silent for long; browsers connect and ask again.
            await self._connect()
            return await self._ask(path, body)
        status = int(first.split()[1])
        length = 0
        while (line := await self.reader.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, json.loads(await self.reader.readexactly(length) or b"{}")


def fill(items: int, judgments: int) -> list[User]:
    """Make the project, its people and its history, set by set in Postgres."""
    people = User.objects.bulk_create(User(username=f"person-{n}") for n in range(PEOPLE))
    organisation = Organisation.objects.create(slug=SLUG, name="Load")
    project = Project.objects.create(organisation=organisation, slug=SLUG, name="Load")
    Membership.objects.bulk_create(
        Membership(project=project, user=user, role=Role.ANNOTATOR) for user in people
    )
    rated = min(OVERLAP - 1, round(judgments / len(DIMENSIONS) / items))
    statements = FILL.format(
        project=project.pk,
        videos=items // 3,
        overlap=OVERLAP,
        rated=rated,
        people=PEOPLE,
        dimensions=DIMENSIONS,
    )
    with connection.cursor() as cursor:
        for statement in statements.strip().split(";\n"):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    return people


def browser(user: User, port: int) -> Person:
    """Sign in, as the site would have it after the password."""
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    csrf = secrets.token_hex(16)
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={csrf}"
    return Person(cookies=cookies, csrf=csrf, port=port)


@contextmanager
def site() -> Iterator[tuple[int, int]]:
    """The web server as the launcher starts it: its port and its process."""
    port = next(port for port in range(18000, 19000) if is_free(HOST, port))
    command = [sys.executable, "-m", "uvicorn", "annotation_site.asgi:application"]
    options = ["--host", HOST, "--port", str(port), "--lifespan", "off", "--no-access-log"]
    process = subprocess.Popen([*command, *options], cwd=Path(__file__).parents[1])
    try:
        end = time.monotonic() + START_SECONDS
        while is_free(HOST, port):
            if time.monotonic() > end or process.poll() is not None:
                raise SystemExit("the site does not start")
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def cpu_seconds(pid: int) -> float:
    """What a process, its living children and those that it has buried were charged."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(ticks) for ticks in fields[11:15]) / TICK
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(cpu_seconds(int(child)) for child in tasks)


def postmaster() -> int:
    return int((ROOT / "postgres" / "postmaster.pid").read_text().split()[0])


@dataclass(frozen=True, kw_only=True)
class Measured:
    people: list[Person]
    seconds: float
    server_cpu: float
    postgres_cpu: float
    lost: int
    wrong: int
    web_mib: float

    def row(self, name: str) -> str:
        ratings = sum(len(person.submitted) for person in self.people)
        slots = [slot for person in self.people for slot in person.submitted]
        failures = [failure for person in self.people for failure in person.failures]
        claims = sorted(ms for person in self.people for ms in person.next_ms)
        submits = sorted(ms for person in self.people for ms in person.submit_ms)
        per_rating = [1000 * cpu / max(ratings, 1) for cpu in (self.server_cpu, self.postgres_cpu)]
        cells = [
            f"{len(self.people)} {name}",
            f"{len(claims) / self.seconds:.0f}",
            f"{len(submits) / self.seconds:.0f}",
            *(f"{quantile(claims, q):.0f}" for q in (0.5, 0.95)),
            *(f"{quantile(submits, q):.0f}" for q in (0.5, 0.95)),
            str(len(slots) - len(set(slots))),
            str(self.lost),
            str(self.wrong),
            str(len(failures)),
            f"{per_rating[0]:.1f} + {per_rating[1]:.1f} = {sum(per_rating):.1f}",
            f"{self.web_mib:.0f}",
        ]
        if failures:
            print(f"failures, such as: {failures[0]}", file=sys.stderr)
        return "| " + " | ".join(cells) + " |"


HEADER = (
    "| annotators | claims/s | submits/s | next p50 ms | p95 | submit p50 ms | p95 | duplicates "
    "| lost | wrong items | refusals | CPU ms per rating: server + Postgres | web MiB |"
)


def quantile(ordered: list[float], q: float) -> float:
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else float("nan")


def measure(people: list[Person], *, web: int, seconds: float, think: float) -> Measured:
    dice = random.Random(len(people))  # noqa: S311 - pauses, not secrets
    before = cpu_seconds(web), cpu_seconds(postmaster())
    began = time.monotonic()

    async def everybody() -> None:
        until = began + seconds
        await asyncio.gather(*(person.rate(until, think, dice) for person in people))

    asyncio.run(everybody())
    took = time.monotonic() - began
    after = cpu_seconds(web), cpu_seconds(postmaster())
    slots = [slot for person in people for slot in person.submitted]
    return Measured(
        people=people,
        seconds=took,
        server_cpu=after[0] - before[0],
        postgres_cpu=after[1] - before[1],
        lost=len(slots) * len(DIMENSIONS) - judgments_of(slots),
        wrong=wrong_items(),
        web_mib=resident_mib(web),
    )


def judgments_of(slots: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rating_judgment WHERE slot_id = ANY(%s)", [slots])
        return int(cursor.fetchone()[0])


def wrong_items() -> int:
    """Items lent more often than their overlap says, or whose counters are not their slots."""
    with connection.cursor() as cursor:
        cursor.execute(WRONG)
        return int(cursor.fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--judgments", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--levels", type=int, nargs="+", default=[1, 8, 32, 200])
    given = parser.parse_args()
    SERVER.start()
    try:
        call_command("migrate", verbosity=0)
        users = fill(given.items, given.judgments)
        with site() as (port, web):
            # The first requests load the code: nobody's time.
            measure([browser(users[0], port)], web=web, seconds=2, think=0)
            print(HEADER, "|---" * HEADER[1:].count("|") + "|", sep="\n")
            for level in given.levels:
                for name, think in (("saturated", 0.0), ("paced", THINK.get(level, 2.0))):
                    people = [browser(user, port) for user in users[:level]]
                    # Long enough for everybody to come round a few times.
                    seconds = max(given.seconds, 3 * think)
                    found = measure(people, web=web, seconds=seconds, think=think)
                    print(found.row(name), flush=True)
        connection.close()
    finally:
        SERVER.stop()
        HOME.cleanup()


if __name__ == "__main__":
    main()
