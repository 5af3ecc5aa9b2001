"""Claim: freezing and exporting stream, so that memory does not grow with the judgments.

    python -m benchmarks.exports [--judgments N]

Beside freezing and every format stands the export that most people would write first: all rows in
a list. Each runs in a process of its own and tells its rate and its peak memory (VmHWM), above what
a process takes that only loads the site. Postgres is one of its own that syncs to disk.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django

from annotation_site.common.embedded import Postgres
from annotation_site.common.paths import DataDirectory

ROOT = Path(os.environ.get("CREST_DATA") or tempfile.mkdtemp(prefix="crest-"))
SERVER = Postgres(
    home=ROOT / "postgres", sockets=DataDirectory(ROOT).sockets, log=ROOT / "postgres.log"
)
os.environ |= {"CREST_DATA": str(ROOT), "CREST_DATABASE_URL": SERVER.url()}
os.environ["DJANGO_SETTINGS_MODULE"] = "annotation_site.settings"
django.setup()

from django.core.management import call_command  # noqa: E402 - settings first
from django.db import connection  # noqa: E402
from django.db.models import Max  # noqa: E402

from annotation_site.accounts.models import Organisation, Project, User  # noqa: E402
from annotation_site.catalog.models import Caption, Captioner, Video  # noqa: E402
from annotation_site.datasets import services, store  # noqa: E402
from annotation_site.datasets.formats import FORMATS, format_called  # noqa: E402
from annotation_site.datasets.models import Snapshot  # noqa: E402
from annotation_site.rating.models import Item, Judgment, Slot  # noqa: E402
from scorer.rubric import Dimension  # noqa: E402

ANNOTATORS = 3
CAPTIONS = 10  # of a video
CHUNK = 2000  # captions at a time
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def fill(judgments: int) -> None:
    """A project with so many judgments: each caption by three annotators on five dimensions."""
    organisation = Organisation.objects.create(slug="lab", name="Lab")
    project = Project.objects.create(organisation=organisation, slug="large", name="Large")
    captioner = Captioner.objects.create(project=project, name="somebody")
    people = [User.objects.create(username=f"annotator-{n}") for n in range(ANNOTATORS)]
    captions = judgments // (ANNOTATORS * len(Dimension))
    for start in range(0, captions, CHUNK):
        fill_some(captioner, people, range(start, min(start + CHUNK, captions)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_some(captioner: Captioner, people: list[User], numbers: range) -> None:
    project = captioner.project
    shape = {"seconds": 10, "width": 1, "height": 1, "fps": 1, "source_bytes": 1}
    videos = Video.objects.bulk_create(
        Video(project=project, sha256=uuid.uuid4().hex * 2, **shape)
        for _ in range(-(-len(numbers) // CAPTIONS))
    )
    captions = Caption.objects.bulk_create(
        Caption(
            video=videos[n // CAPTIONS],
            captioner=captioner,
            text=f"Dog number {number} runs over the lawn. " * 6,
            text_sha256=f"{number:064}",
        )
        for n, number in enumerate(numbers)
    )
    items = Item.objects.bulk_create(
        Item(project=project, caption=caption, shuffle=0, overlap=3, n_open=3, n_done=3)
        for caption in captions
    )
    slots = Slot.objects.bulk_create(
        Slot(
            item=item,
            annotator=annotator,
            state=Slot.State.SUBMITTED,
            leased_at=NOW,
            submitted_at=NOW,
            client_key=uuid.uuid4(),
            revision=1,
        )
        for item in items
        for annotator in people
    )
    Judgment.objects.bulk_create(
        Judgment(slot=slot, dimension=one, level=slot.pk % 6, rubric_version=1, judged_at=NOW)
        for slot in slots
        for one in Dimension
    )


def naive() -> None:
    """Every judgment with its caption and video, in one list, as JSON."""
    rows = Judgment.objects.select_related(
        "slot__item__caption__video", "slot__item__caption__captioner"
    )
    listed = [
        {
            "caption": row.slot.item.caption_id,
            "video": row.slot.item.caption.video.sha256,
            "captioner": row.slot.item.caption.captioner.name,
            "text": row.slot.item.caption.text,
            "annotator": row.slot.annotator_id,
            "dimension": row.dimension,
            "level": row.level,
            "judged_at": row.judged_at.isoformat(),
        }
        for row in rows
    ]
    with tempfile.TemporaryFile("w") as file:
        json.dump(listed, file)


def freeze() -> None:
    services.freeze(project=Project.objects.get(), by=None, now=NOW)


def perform(what: str) -> None:
    """Do one thing, and print its seconds and the most memory that the process occupied."""
    began = time.perf_counter()
    if what == "naive":
        naive()
    elif what == "freeze":
        freeze()
    elif what != "nothing":
        store.make(Snapshot.objects.get(), format_called(what))
    seconds = time.perf_counter() - began
    facts = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(json.dumps([seconds, int(facts["VmHWM"].split()[0]) / 1024]))


def measured(names: list[str]) -> Iterator[tuple[str, float, float]]:
    for name in names:
        command = [sys.executable, "-m", "benchmarks.exports", "--perform", name]
        seconds, mib = json.loads(subprocess.check_output(command))
        yield name, seconds, mib


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--judgments", type=int, default=1_000_000)
    parser.add_argument("--perform", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.perform:
        perform(given.perform)
        return
    SERVER.start()
    try:
        call_command("migrate", verbosity=0)
        fill(given.judgments)
        report(Judgment.objects.aggregate(most=Max("pk"))["most"])
        connection.close()
    finally:
        SERVER.stop()


def report(judgments: int) -> None:
    floor = 0.0
    for name, seconds, mib in measured(["nothing", "naive", "freeze", *FORMATS]):
        if name == "nothing":
            floor = mib
            print(f"{judgments} judgments; the site alone takes {floor:.0f} MiB")
        else:
            rate = judgments / seconds
            print(f"{name:24}{rate:9.0f} judgments/s  {mib - floor:6.0f} MiB more", flush=True)


if __name__ == "__main__":
    main()
