"""Imports from a source: every video below a path, then the files of captions, in the background.

Each file is taken in by itself. What a file left and the word that it is done are one transaction,
so after a kill the next worker goes on with the file after it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.db import transaction

from annotation_site.accounts.models import Project, User
from annotation_site.catalog import (
    arrivals,
    imports,
    media,
    recognition,
    services,
    storage,
    uploads,
)
from annotation_site.catalog import sources as known_sources
from annotation_site.catalog.caption_lines import Layout, layout_for
from annotation_site.catalog.captions import Outcome, import_captions
from annotation_site.catalog.gathered import Gathered
from annotation_site.catalog.names import Given
from annotation_site.catalog.records import Record
from annotation_site.catalog.services import VideoOutcome
from annotation_site.catalog.sources import Entry, Source, SourceAway, UnreadableError
from annotation_site.catalog.uploads import Uploaded
from annotation_site.common.refusals import Refusal
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Later, Work

VIDEOS: Final = frozenset((".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".mpeg"))
CAPTIONS: Final = frozenset((".jsonl", ".csv", ".tsv", ".parquet", ".json"))
AGAIN: Final = timedelta(seconds=30)
"""After so long a source that is away is asked again."""


def request(*, project: Project, source: str, path: str, dry_run: bool, by: User) -> Job:
    """Have what lies below the path imported; while that goes on, who asks again is given the same.

    Raises `NoSuchSource` and `BadPath`.
    """
    known_sources.called(source)
    path = known_sources.clean(path)
    name = f"{source}/{path}"
    payload = {
        "file": arrivals.open_account(),
        "name": services.printable(name),
        "source": source,
        "path": path,
        "dry_run": dry_run,
    }
    key = sha256(f"{dry_run} {name}".encode()).hexdigest()
    return jobs.request(project=project, kind=imports.FILES, by=by, payload=payload, key=key)


def request_uploaded(*, project: Project, ids: Sequence[str], by: User, now: datetime) -> Job:
    """Have files imported that came in pieces, as those of a source are. Raises `NotAllHere`."""
    names = uploads.reserve(project=project, ids=ids, now=now)
    payload = {
        "file": arrivals.open_account(),
        "name": services.printable(", ".join(names)),
        "uploads": list(ids),
        "path": "",
        "dry_run": False,
    }
    key = sha256(" ".join(sorted(ids)).encode()).hexdigest()
    return jobs.request(project=project, kind=imports.FILES, by=by, payload=payload, key=key)


def clear_uploads(*, job: Job, **_: object) -> None:
    """Throw away what came in pieces for an import that has ended, however it did."""
    if job.kind == imports.FILES and "uploads" in job.payload:
        uploads.discard(project=job.project, ids=job.payload["uploads"])


@handler(imports.FILES)
def import_files(work: Work) -> dict[str, Any]:
    """Take in what is there. A file that is refused does not stop the others."""
    try:
        return _Gathering(work, _source(work.job)).run()
    except SourceAway:
        if work.job.attempt < work.job.max_attempts:
            raise Later(AGAIN) from None
        raise


def _source(job: Job) -> Source:
    if "uploads" in job.payload:
        return Uploaded(project=job.project, ids=job.payload["uploads"])
    return known_sources.called(job.payload["source"])


class _Gathering:
    """One attempt at a job: it begins behind the last file that is safe."""

    def __init__(self, work: Work, source: Source) -> None:
        self._work = work
        self._source = source
        self._wish = work.job.payload
        self._project = work.job.project
        self._gathered = Gathered.read(work.job.checkpoint)
        self._account = arrivals.Account(self._wish["file"], safe=self._gathered.told_bytes)

    def run(self) -> dict[str, Any]:
        total = sum(_is_wanted(entry) for entry in self._entries(after=""))
        for stage, take in (("videos", self._take_video), ("captions", self._take_captions)):
            for entry in self._left(stage):
                self._work.progress(done=self._gathered.lines, total=total, note=stage)
                self._take(entry, take)
        return self._finish()

    def _entries(self, *, after: str) -> Iterator[Entry]:
        return self._source.entries(self._wish["path"], after=after)

    def _left(self, stage: str) -> Iterator[Entry]:
        """What is still to be taken in of a stage; none if a later one has begun."""
        gathered = self._gathered
        if gathered.stage == "captions" and stage == "videos":
            return
        if gathered.stage != stage:
            gathered.stage, gathered.after = stage, ""
        kinds = VIDEOS if stage == "videos" else CAPTIONS
        for entry in self._entries(after=gathered.after):
            if _kind(entry) in kinds:
                yield entry

    def _take(self, entry: Entry, take: Callable[[Entry, Path], None]) -> None:
        limit = media.MAX_BYTES if _kind(entry) in VIDEOS else arrivals.MAX_BYTES
        if entry.size > limit:
            self._tell(entry, "refused", f"The file is larger than {limit >> 20:,} MiB.")
        elif self._wish["dry_run"]:
            self._tell(entry, "accepted", "It would be looked at.")
        else:
            self._fetch_and(entry, take)

    def _fetch_and(self, entry: Entry, take: Callable[[Entry, Path], None]) -> None:
        with storage.workplace() as place:
            try:
                self._source.fetch(entry, place / "fetched")
            except UnreadableError as error:
                self._tell(entry, "refused", str(error))
            else:
                take(entry, place / "fetched")

    def _take_video(self, entry: Entry, path: Path) -> None:
        def settled(outcome: VideoOutcome) -> None:
            self._tell(entry, outcome.outcome, outcome.reason)

        name = entry.name
        services.add_video(project=self._project, path=path, name=name, on_settled=settled)

    def _take_captions(self, entry: Entry, path: Path) -> None:
        with path.open("rb") as lines:
            layout = layout_for(lines, name=entry.name)
            if recognition.recognise(_columns(layout, lines)) != "captions":
                self._tell(entry, "skipped", "It holds no captions. Import it by itself.")
                return
            try:
                with transaction.atomic():
                    imports.wait_for_others()
                    report = import_captions(
                        project=self._project,
                        lines=lines,
                        name=entry.name,
                        given=Given(),
                        layout=layout,
                    )
                    first = next((f" Line {p.line}: {p.reason}" for p in report.problems), "")
                    counts = f"{report.accepted} captions, {report.skipped} already here."
                    self._gathered.captions += report.accepted
                    self._tell(entry, report.outcome, (report.reason or counts) + first)
            except Refusal as refusal:
                self._tell(entry, "refused", refusal.message)

    @transaction.atomic
    def _tell(self, entry: Entry, outcome: Outcome, reason: str) -> None:
        """Write down what became of a file, beside what it left in the caller's transaction."""
        gathered = self._gathered
        gathered.add(path=entry.path, outcome=outcome, reason=reason)
        line = {"line": gathered.lines, "file": entry.path, "outcome": outcome, "reason": reason}
        gathered.told_bytes = self._account.write(line)
        if not self._wish["dry_run"]:
            self._work.checkpoint(gathered.checkpoint)

    def _finish(self) -> dict[str, Any]:
        report = self._gathered.report(name=self._wish["name"])
        if not self._wish["dry_run"] and not self._gathered.recorded:
            job = self._work.job
            with transaction.atomic():
                self._gathered.recorded = True
                services.record(
                    project=job.project, by=job.by, now=job.created_at, reports=[report.report]
                )
                self._work.checkpoint(self._gathered.checkpoint)
        self._account.close()
        more = {"refused": self._gathered.refused, "captions": self._gathered.captions}
        return {**report.report, **more, "dry_run": self._wish["dry_run"]}


def _kind(entry: Entry) -> str:
    return PurePosixPath(entry.path).suffix.lower()


def _is_wanted(entry: Entry) -> bool:
    return _kind(entry) in VIDEOS | CAPTIONS


def _columns(layout: Layout, lines: Any) -> set[str]:
    first = islice(layout.format.read(lines), 5)
    return {name for record in first if isinstance(record, Record) for name in record.fields}
