"""Claim: an import of captions streams, and costs a fraction of one row in each transaction.

    python -m benchmarks.imports [--captions N] [--videos N]

Each format goes into a project of its own in a process of its own, which tells its rate and its
peak memory (VmHWM), above what a process takes that only loads the site. The import that most
people would write first, a row a transaction, is given the beginning of the same file. Videos are
small clips, taken in one after the other as imports of folders do it. Postgres syncs to disk.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
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
from django.db import connection, transaction  # noqa: E402

from annotation_site.accounts.models import Organisation, Project  # noqa: E402
from annotation_site.catalog import media, services  # noqa: E402
from annotation_site.catalog.caption_lines import layout_for  # noqa: E402
from annotation_site.catalog.models import Caption, Captioner, Video, VideoName  # noqa: E402
from annotation_site.catalog.signals import captions_added  # noqa: E402

NOW = datetime(2026, 9, 1, tzinfo=UTC)
CAPTIONS = 100  # of a video
NAIVE_ROWS = 2000
FILES = {
    "naive": "captions.jsonl",
    "jsonl": "captions.jsonl",
    "csv": "captions.csv",
    "parquet": "captions.parquet",
    "reference": "reference.json",
    "label-studio": "tasks.json",
}


def rows(captions: int) -> Iterator[dict[str, str]]:
    for n in range(captions):
        yield {
            "video": f"clip-{n // CAPTIONS}.mp4",
            "caption": f"Dog number {n} runs over the lawn. " * 6,
            "source": "somebody",
        }


def write_files(captions: int) -> None:
    """The same captions in every format."""
    import pyarrow as pa  # noqa: PLC0415 - not in the processes that are measured
    import pyarrow.parquet as pq  # noqa: PLC0415

    told = list(rows(captions))
    (ROOT / "captions.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in told))
    with (ROOT / "captions.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, told[0])
        table.writeheader()
        table.writerows(told)
    pq.write_table(pa.Table.from_pylist(told), ROOT / "captions.parquet", row_group_size=10_000)
    entries = [
        {
            "video": told[n]["video"],
            "source": "somebody",
            "captions": [row["caption"] for row in told[n : n + CAPTIONS]],
        }
        for n in range(0, captions, CAPTIONS)
    ]
    (ROOT / "reference.json").write_text(json.dumps(entries))
    (ROOT / "tasks.json").write_text(json.dumps([{"data": row} for row in told]))


def project_with_videos(slug: str, videos: int) -> Project:
    organisation, _ = Organisation.objects.get_or_create(slug="lab", name="Lab")
    project = Project.objects.create(organisation=organisation, slug=slug, name=slug)
    shape = {"seconds": 10, "width": 1, "height": 1, "fps": 1, "source_bytes": 1}
    made = Video.objects.bulk_create(
        Video(project=project, sha256=f"{n:064x}", **shape) for n in range(videos)
    )
    VideoName.objects.bulk_create(
        VideoName(video=video, name=f"clip-{n}.mp4") for n, video in enumerate(made)
    )
    return project


def naive(project: Project, path: Path) -> int:
    """A row, a few queries, a commit."""
    with path.open() as lines:
        for done, line in enumerate(lines):
            if done == NAIVE_ROWS:
                return done
            row = json.loads(line)
            with transaction.atomic():
                name = VideoName.objects.get(video__project=project, name=row["video"])
                captioner, _ = Captioner.objects.get_or_create(project=project, name=row["source"])
                caption, _ = Caption.objects.get_or_create(
                    video_id=name.video_id,
                    captioner=captioner,
                    kind="detailed",
                    text_sha256=sha256(row["caption"].encode()).hexdigest(),
                    defaults={"text": row["caption"]},
                )
                captions_added.send(sender=Caption, project=project, caption_ids=[caption.pk])
    return Caption.objects.filter(video__project=project).count()


def whole(project: Project, path: Path) -> int:
    with path.open("rb") as file:
        report = services.add_captions(
            project=project,
            lines=file,
            name=path.name,
            videos=None,
            by=None,
            now=NOW,
            layout=layout_for(file, name=path.name, fixed={"source": "somebody"}),
        )
    assert report.outcome == "accepted", report.reason
    return report.accepted


def perform(what: str) -> None:
    """Import one file, and print rows, seconds, and the most memory that the process occupied."""
    done = 0
    began = time.perf_counter()
    if what != "nothing":
        take = naive if what == "naive" else whole
        done = take(Project.objects.get(slug=what), ROOT / FILES[what])
    seconds = time.perf_counter() - began
    facts = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(json.dumps([done, seconds, int(facts["VmHWM"].split()[0]) / 1024]))


def measured(name: str) -> tuple[float, float]:
    """Rows a second, and MiB at most."""
    command = [sys.executable, "-m", "benchmarks.imports", "--perform", name]
    done, seconds, mib = json.loads(subprocess.check_output(command))
    return done / seconds, mib


def report(captions: int) -> None:
    _, floor = measured("nothing")
    print(f"{captions} captions of {captions // CAPTIONS} videos; the site takes {floor:.0f} MiB")
    base = 0.0
    for name in FILES:
        project_with_videos(name, captions // CAPTIONS)
        rate, mib = measured(name)
        base = base or rate
        times = rate / base
        print(f"{name:14}{rate:9.0f} captions/s {times:6.1f} x {mib - floor:6.0f} MiB", flush=True)


def report_videos(videos: int) -> None:
    """Each a frame longer than the one before, so that none is known already."""
    project = project_with_videos("videos", 0)
    clips = [ROOT / f"{n}.mp4" for n in range(videos)]
    for n, clip in enumerate(clips):
        picture = f"testsrc2=size=640x360:rate=24:duration={5 + n / 24}"
        command = [media.ffmpeg_program(), "-loglevel", "error", "-f", "lavfi", "-i", picture]
        subprocess.run([*command, "-pix_fmt", "yuv420p", clip], check=True)
    began = time.perf_counter()
    for clip in clips:
        outcome = services.add_video(project=project, path=clip, name=clip.name)
        assert outcome.outcome == "accepted", outcome.reason
    seconds = time.perf_counter() - began
    print(f"{videos} videos of 5 s, 640x360: {videos / seconds:.2f} videos/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captions", type=int, default=100_000)
    parser.add_argument("--videos", type=int, default=10)
    parser.add_argument("--perform", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.perform:
        perform(given.perform)
        return
    SERVER.start()
    try:
        call_command("migrate", verbosity=0)
        write_files(given.captions)
        report(given.captions)
        report_videos(given.videos)
        connection.close()
    finally:
        SERVER.stop()


if __name__ == "__main__":
    main()
