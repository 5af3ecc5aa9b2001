"""Claim: many annotators ask at once, each place is lent once, and nobody queues for the project.

    python -m benchmarks.claims [--items N] [--ratings N] [--repeats N]

Beside the queue stands the one that most people would write first: lock the project's row, count
the slots of each item, take the first item that has too few. Both are submitted to in the same
way, and each repeat runs both, one after the other, on fresh projects, on a Postgres of its own
that syncs to disk. The threads share the cores of one Python: trust the ratio, not the rates.
"""

import argparse
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import django

from annotation_site.common.embedded import Postgres
from annotation_site.common.paths import DataDirectory

HOME = tempfile.TemporaryDirectory(prefix="crest-")
ROOT = Path(HOME.name)
SERVER = Postgres(
    home=ROOT / "postgres", sockets=DataDirectory(ROOT).sockets, log=ROOT / "postgres.log"
)
os.environ["CREST_DATA"] = HOME.name
os.environ["CREST_DATABASE_URL"] = SERVER.url()
os.environ["DJANGO_SETTINGS_MODULE"] = "annotation_site.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - settings first
from django.db import connection, transaction  # noqa: E402
from django.db.models import Count, F, Q  # noqa: E402
from django.db.models.functions import Now  # noqa: E402

from annotation_site.accounts.models import Membership, Organisation, Project, Role, User  # noqa: E402
from annotation_site.catalog.models import Caption, Captioner, Video  # noqa: E402
from annotation_site.rating import answers, claims  # noqa: E402
from annotation_site.rating.models import Item, Slot  # noqa: E402
from scorer.rubric import Dimension  # noqa: E402

THREADS = (1, 8)
LEVELS = {dimension.value: 4 for dimension in Dimension}
EVIDENCE = {"watched": [[0, 10]], "seconds_visible": 10, "rate": 1, "changes": 0}

Claim = Callable[[Project, User], Slot]


def crest(project: Project, annotator: User) -> Slot:
    return claims.claim(project=project, annotator=annotator)


@transaction.atomic
def naive(project: Project, annotator: User) -> Slot:
    """One claim of a project at a time, and the slots counted at each."""
    Project.objects.select_for_update().get(pk=project.pk)
    counted = Item.objects.filter(project=project).annotate(held=Count("slots"))
    free = counted.filter(held__lt=F("overlap")).exclude(slots__annotator=annotator)
    item = free.order_by("-tier", "shuffle")[0]
    Item.objects.filter(pk=item.pk).update(n_open=F("n_open") + 1)
    return Slot.objects.create(
        item=item,
        annotator=annotator,
        state=Slot.State.LEASED,
        leased_at=Now(),
        lease_until=Now() + timedelta(minutes=10),
    )


def fill(items: int, annotators: int) -> tuple[Project, list[User]]:
    """Make a project with so many captions to rate, and people to rate them."""
    mark = uuid.uuid4().hex
    organisation = Organisation.objects.create(slug=mark, name=mark)
    project = Project.objects.create(organisation=organisation, slug=mark, name=mark)
    captioner = Captioner.objects.create(project=project, name="somebody")
    shape = {"seconds": 10, "width": 1, "height": 1, "fps": 1, "source_bytes": 1}
    videos = Video.objects.bulk_create(
        Video(project=project, sha256=f"{n:064}", **shape) for n in range(items)
    )
    captions = Caption.objects.bulk_create(
        Caption(video=video, captioner=captioner, text="A dog.", text_sha256="0" * 64)
        for video in videos
    )
    claims.open_items(project=project, caption_ids=[caption.pk for caption in captions])
    users = [User.objects.create(username=f"{mark[:20]}-{n}") for n in range(annotators)]
    for user in users:
        Membership.objects.create(project=project, user=user, role=Role.ANNOTATOR)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return project, users


@dataclass(frozen=True, kw_only=True)
class Measured:
    per_second: float
    errors: int
    """Items lent more often than their overlap says, or whose counters are wrong."""


def measure(claim: Claim, *, items: int, threads: int, ratings: int) -> Measured:
    project, users = fill(items, threads)
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda user: rate(claim, project, user, ratings // threads), users))
    took = time.perf_counter() - began
    return Measured(per_second=ratings / took, errors=wrong(project))


def rate(claim: Claim, project: Project, annotator: User, times: int) -> None:
    try:
        for _ in range(times):
            slot = claim(project, annotator)
            answers.submit(
                project=project,
                slot_id=slot.pk,
                annotator=annotator,
                client_key=uuid.uuid4(),
                levels=LEVELS,
                evidence=EVIDENCE,
            )
    finally:
        connection.close()


def wrong(project: Project) -> int:
    counted = Item.objects.filter(project=project).annotate(lent=Count("slots"))
    right = Q(lent__lte=F("overlap"), n_open=F("lent"), n_done=F("lent"))
    return counted.exclude(right).count()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--ratings", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    SERVER.start()
    try:
        call_command("migrate", verbosity=0)
        for threads in THREADS:
            compare(given, threads)
        connection.close()
    finally:
        SERVER.stop()
        HOME.cleanup()


def compare(given: argparse.Namespace, threads: int) -> None:
    found: dict[str, list[Measured]] = {"crest": [], "naive": []}
    for _ in range(given.repeats):
        for name, claim in (("crest", crest), ("naive", naive)):
            found[name].append(
                measure(claim, items=given.items, threads=threads, ratings=given.ratings)
            )
    for name, runs in found.items():
        rates = sorted(round(run.per_second) for run in runs)
        errors = sum(run.errors for run in runs)
        print(f"{threads} threads, {name}: {rates} claims and submits a second, {errors} errors")
    pairs = zip(found["crest"], found["naive"], strict=True)
    ratio = statistics.median(ours.per_second / theirs.per_second for ours, theirs in pairs)
    print(f"{threads} threads, {given.items} items: {ratio:.1f} times the naive queue")


if __name__ == "__main__":
    main()
