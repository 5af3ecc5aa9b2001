"""Imports in the background: a file is kept, and the site's worker takes all of it in, or nothing.

A worker that is killed leaves nothing of the file behind, and the next one begins it again. What
is taken in and the word that it was are one transaction, so it is taken in once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from django.db import connection, transaction

from annotation_site.accounts.models import Project, User
from annotation_site.catalog import arrivals, caption_lines, services
from annotation_site.catalog.caption_lines import Layout, layout_for
from annotation_site.catalog.captions import CaptionsReport, OnFate, import_captions
from annotation_site.catalog.names import Given
from annotation_site.catalog.readers import format_called
from annotation_site.catalog.records import Problem, Record
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Work

KINDS: Final = {"captions": "import", "ratings": "ratings-import"}
"""What a file may hold, and the kind of job that takes it in. Rating has the handler of its own."""

FILES: Final = "files-import"
"""The kind of job that takes in many files from a source."""

JOBS: Final = frozenset({*KINDS.values(), FILES})
"""All kinds of jobs that import something and leave a report of it."""

_TELL_EVERY: Final = 100

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a file is to be imported."""

    what: str = "captions"
    """One of `KINDS`."""

    format: str = ""
    """Blank: as the file begins."""

    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    dry_run: bool = False
    """Do it all, say what became of it, and keep none of it."""

    without_media: bool = False
    """Ratings: a video that is not here is known by its name alone, and nobody is asked of it."""


def request(*, project: Project, file: Path, name: str, wish: Wish, by: User) -> Job:
    """Keep the file and have it imported by the worker."""
    if wish.format:
        format_called(wish.format)
    payload = {
        "file": arrivals.keep(file),
        "name": services.printable(name),
        "format": wish.format,
        "columns": dict(wish.columns),
        "fixed": dict(wish.fixed),
        "dry_run": wish.dry_run,
        "without_media": wish.without_media,
    }
    return jobs.request(project=project, kind=KINDS[wish.what], by=by, payload=payload)


Take = Callable[[IO[bytes], Layout, OnFate], CaptionsReport]
"""Takes a file in and says what became of it. Runs in a transaction."""


def run(work: Work, take: Take, *, names: Names) -> dict[str, Any]:
    """Have the job's file taken in, with its progress told and its report written."""
    wish = work.job.payload
    if "result" in work.job.checkpoint:  # killed after the work was safe, before the job was over
        found: dict[str, Any] = work.job.checkpoint["result"]
        return found
    with arrivals.opened(wish["file"]) as file, arrivals.reporting(wish["file"]) as on_fate:
        layout = layout_for(
            file,
            name=wish["name"],
            format=format_called(wish["format"]) if wish["format"] else None,
            columns=wish["columns"],
            fixed=wish["fixed"],
            names=names,
        )
        read = replace(layout.format, read=_Told(work, layout))
        with transaction.atomic():
            wait_for_others()
            report = take(file, replace(layout, format=read), on_fate)
            result = {**report.report, "format": layout.format.name, "dry_run": wish["dry_run"]}
            _settle(work, result, report)
    return result


def wait_for_others() -> None:
    """Let an import take its turn: nobody looks at a page meanwhile, as they do elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '15min'")


def _settle(work: Work, result: dict[str, Any], report: CaptionsReport) -> None:
    if work.job.payload["dry_run"]:
        transaction.set_rollback(True)
        return
    job = work.job
    services.record(project=job.project, by=job.by, now=job.created_at, reports=[report.report])
    work.checkpoint({"result": result})


class _Told:
    """Reads on behalf of a job and tells how far it is: lines are first checked, then stored."""

    def __init__(self, work: Work, layout: Layout) -> None:
        self._work = work
        self._read = layout.format.read
        self._total: int | None = None

    def __call__(self, file: IO[bytes]) -> Iterator[Record | Problem]:
        total, number = self._total, 0
        note = "checking" if total is None else "storing"
        self._work.progress(done=0, total=total, note=note)
        for number, record in enumerate(self._read(file), start=1):
            yield record
            if number % _TELL_EVERY == 0:
                self._work.progress(done=number, total=total, note=note)
        self._total = number


@handler(KINDS["captions"])
def import_file(work: Work) -> dict[str, Any]:
    take = partial(_take_captions, work.job.project, work.job.payload["name"])
    return run(work, take, names=caption_lines.NAMES)


def _take_captions(
    project: Project, name: str, file: IO[bytes], layout: Layout, on_fate: OnFate
) -> CaptionsReport:
    return import_captions(
        project=project, lines=file, name=name, given=Given(), layout=layout, on_fate=on_fate
    )


def sweep(*, now: datetime) -> None:
    """Throw away files and reports that no job will ever ask for."""
    told = Job.objects.filter(kind__in=JOBS)
    named = told.values_list("payload__file", flat=True)
    arrivals.sweep(known=set(named), waiting=set(named.filter(ended_at=None)), now=now)


def clear(*, job: Job, **_: object) -> None:
    """Throw the file of a job away that has ended, however it did."""
    if job.kind in JOBS and "file" in job.payload:
        transaction.on_commit(partial(arrivals.forget, job.payload["file"]))
