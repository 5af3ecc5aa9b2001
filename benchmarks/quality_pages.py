"""Claim: at a million judgments, every quality page answers in under 300 ms.

    python -m benchmarks.quality_pages [--captions N] [--times N]

A project of 100,000 captions, each rated by two of 50 annotators on five dimensions, with gold,
twins, repeats, flags, late answers and cases; made set by set in a Postgres of its own that syncs
to disk. The report is made by the job that makes it on a site. Then every address that the pages
read is asked, over the whole stack but the socket, and beside some stands the way that most people
would write first: what the page shows, computed when it is asked for.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from annotation_site.common.embedded import Postgres
from annotation_site.common.paths import DataDirectory

HOME = tempfile.TemporaryDirectory(prefix="crest-")
ROOT = Path(HOME.name)
SERVER = Postgres(
    home=ROOT / "postgres", sockets=DataDirectory(ROOT).sockets, log=ROOT / "postgres.log"
)
os.environ |= {"CREST_DATA": HOME.name, "CREST_DATABASE_URL": SERVER.url()}
os.environ["DJANGO_SETTINGS_MODULE"] = "annotation_site.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - settings first
from django.db import connection  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402

from annotation_site.accounts.models import (  # noqa: E402
    Membership,
    Organisation,
    Project,
    Role,
    User,
)
from annotation_site.common.clock import DatabaseNow  # noqa: E402
from annotation_site.jobs.models import Job, State  # noqa: E402
from annotation_site.jobs.services import perform  # noqa: E402
from annotation_site.quality import reports  # noqa: E402
from annotation_site.quality.tallies import tallies  # noqa: E402
from annotation_site.rating import oversight, selectors  # noqa: E402
from annotation_site.rating.models import Slot  # noqa: E402
from benchmarks.quality_pages_fill import fill  # noqa: E402
from scorer.agreement import agreement, disputes  # noqa: E402
from scorer.rubric import Dimension  # noqa: E402

SLUG = "large"
PEOPLE = 50
GOAL_MS = 300.0
NAIVE_TIMES = 3

Naive = Callable[[Project], object]


def people() -> Project:
    organisation = Organisation.objects.create(slug="lab", name="Lab")
    project = Project.objects.create(organisation=organisation, slug=SLUG, name="Large")
    annotators = User.objects.bulk_create(User(username=f"person-{n:02}") for n in range(PEOPLE))
    admin = User.objects.create(username="admin")
    Membership.objects.bulk_create(
        [
            *(Membership(project=project, user=one, role=Role.ANNOTATOR) for one in annotators),
            Membership(project=project, user=admin, role=Role.ADMIN),
        ]
    )
    return project


def addresses(client: APIClient) -> Iterator[tuple[str, str, Naive | None]]:
    """What each part of the pages reads, and how it would be found without anything kept."""
    deep = Slot.objects.latest("pk").pk // 2
    conflict = client.get(address("adjudication/conflicts")).json()["results"][0]
    yield "overview: progress", "progress", histograms_now
    yield "report: agreement, progress, model", "quality/report", agreement_now
    yield "annotators", "standings", tallies
    busiest = client.get(address("progress")).json()["annotators"][0]["id"]
    yield "one annotator, the busiest", f"standings/{busiest}", None
    yield "what they rated", f"standings/{busiest}/ratings", None
    yield "audit of not involved", "quality/audit", None
    yield "disagreements", "adjudication/conflicts", disputes_now
    yield "disagreements of a dimension", "adjudication/conflicts?dimension=camera", None
    yield "disagreements of an annotator", "adjudication/conflicts?annotator=person-07", None
    yield "disagreements of a captioner", "adjudication/conflicts?captioner=captioner-1", None
    yield "one of them", f"adjudication/{conflict['item']}", None
    for stage in ("waiting", "ready", "decided"):
        yield f"cases: {stage}", f"adjudication?stage={stage}", None
    yield "queue", "queue", None
    yield "ledger", "ledger", ledger_by_offset
    yield "ledger, in the middle", f"ledger?cursor={deep}", None
    yield "withdrawn", "withdrawn", None
    yield "remarks: open", "remarks?open=1", None
    yield "remarks: open flags", "remarks?open=1&kind=flag", None
    yield "remarks: all", "remarks", None
    for purpose in ("practice", "exam", "gold", "twin"):
        yield f"checks: {purpose}", f"checks?purpose={purpose}", None
    yield "candidates for gold", "candidates?purpose=gold", None
    yield "candidates, searched", "candidates?purpose=gold&search=lawn", None
    yield "candidates, nothing found", "candidates?purpose=gold&search=zebra", None
    yield "examples", "examples", None


def histograms_now(project: Project) -> object:
    return selectors.ratings_by(project), selectors.histograms(project)


def agreement_now(project: Project) -> object:
    return [agreement(reports.ratings_of(project, dimension).all) for dimension in Dimension]


def disputes_now(project: Project) -> object:
    return [disputes(reports.ratings_of(project, one).all, most=50) for one in Dimension]


def ledger_by_offset(project: Project) -> object:
    """The page in the middle, as pages with numbers find it."""
    rows = oversight.ledger(project)
    middle = rows.count() // 2
    return list(rows.order_by("-pk")[middle : middle + 50])


def address(path: str) -> str:
    return f"/api/v1/projects/{SLUG}/{path}"


def milliseconds(ask: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        found.append(1000 * (time.perf_counter() - began))
    return sorted(found)


def get(client: APIClient, path: str) -> None:
    answer = client.get(address(path))
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code} {answer.content[:300]!r}")


def measure(project: Project, times: int) -> list[str]:
    """Print a row for each address; which are slower than the goal."""
    client = APIClient(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="admin"))
    slow = []
    print("| page | median ms | p95 ms | computed when asked for, ms |\n|---|---|---|---|")
    for name, path, naive in addresses(client):
        get(client, path)  # loads code and pages of the database, as the first visitor does
        found = milliseconds(lambda path=path: get(client, path), times)  # type: ignore[misc]
        p95 = found[min(len(found) - 1, int(0.95 * len(found)))]
        beside = ""
        if naive is not None:
            naive_ms = milliseconds(lambda naive=naive: naive(project), NAIVE_TIMES)  # type: ignore[misc]
            beside = f"{statistics.median(naive_ms):.0f}"
        print(f"| {name} | {statistics.median(found):.0f} | {p95:.0f} | {beside} |", flush=True)
        if p95 > GOAL_MS:
            slow.append(name)
    return slow


def told(what: str, act: Callable[[], object]) -> None:
    """Say on the side how long the making took."""
    began = time.perf_counter()
    act()
    print(f"{what}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def make_report(project: Project) -> None:
    now = DatabaseNow()
    job = Job.objects.create(project=project, kind=reports.KIND, created_at=now, due_at=now)
    done = perform(job.pk)
    if done.state != State.SUCCEEDED:
        raise SystemExit(f"no report: {done.problem}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    SERVER.start()
    try:
        call_command("migrate", verbosity=0)
        project = people()
        told("filled", lambda: fill(project, captions=given.captions))
        told("report", lambda: make_report(project))
        ratings = selectors.data().filter(slot__item__project=project).count()
        print(f"{ratings} judgments of {given.captions} captions by {PEOPLE} annotators\n")
        slow = measure(project, given.times)
        connection.close()
    finally:
        SERVER.stop()
        HOME.cleanup()
    if slow:
        raise SystemExit(f"over {GOAL_MS:.0f} ms: {', '.join(slow)}")


if __name__ == "__main__":
    main()
