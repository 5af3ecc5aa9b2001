"""Taking in a captions file: every line of it, or none, with the reason for each that is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import islice
from typing import IO, Any, Literal

from django.db import OperationalError

from annotation_site.accounts.models import Project
from annotation_site.catalog import caption_lines
from annotation_site.catalog.caption_lines import CaptionLine, Problem
from annotation_site.catalog.models import Caption, Captioner, Video, VideoName
from annotation_site.catalog.signals import captions_added
from annotation_site.common.refusals import Conflict

BATCH = 1000
REPORTED = 100
"""So many problems of a file are listed; a person mends the cause of the first few."""

Outcome = Literal["accepted", "skipped", "refused"]


class AnotherImport(Conflict):
    """Captions are being imported into this project at this moment. Try again soon."""


class FileChanged(Conflict):
    """The file was changed while it was being read. Nothing of it was imported."""


@dataclass(slots=True, kw_only=True)
class CaptionsReport:
    """What became of a captions file: all of it was taken, or nothing."""

    name: str
    outcome: Outcome = "accepted"
    reason: str = ""
    lines: int = 0
    accepted: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    """Why it is refused, line by line."""
    skips: list[Problem] = field(default_factory=list)
    """Lines that were passed over, and why."""

    @property
    def report(self) -> dict[str, Any]:
        return {"kind": "captions", **asdict(self)}

    def skip(self, line: int, reason: str) -> None:
        self.skipped += 1
        if len(self.skips) < REPORTED:
            self.skips.append(Problem(line=line, reason=reason))

    def refuse(self, reason: str) -> None:
        self.outcome, self.reason = "refused", reason
        self.accepted, self.skipped, self.skips = 0, 0, []


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the files that came along with the captions are called."""

    videos: Mapping[str, Video] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


class _Names:
    """What a video is called: the ids of the contents that came in under a name."""

    def __init__(self, project: Project, given: Given) -> None:
        self._refused = given.refused
        self._ids: dict[str, set[int]] = {}
        rows = VideoName.objects.filter(video__project=project).values_list("name", "video_id")
        for name, video_id in rows.iterator():
            self._ids.setdefault(name, set()).add(video_id)
        self._ids |= {name: {video.pk} for name, video in given.videos.items()}

    def find(self, name: str) -> int | None:
        """Find the one video of that name; None if it was refused just now; else a ValueError."""
        if name in self._refused:
            return None
        found = self._ids.get(name, set())
        if len(found) > 1:
            raise ValueError(f'Two different videos are called "{name}".')
        if not found:
            raise ValueError(f'There is no video called "{name}".')
        return next(iter(found))

    def why_refused(self, name: str) -> str:
        return f"Its video was refused: {self._refused[name]}"


def import_captions(
    *, project: Project, lines: IO[bytes], name: str, given: Given
) -> CaptionsReport:
    """Read the file twice: to be sure of every line, then to store it a batch at a time.

    So a file of any length needs the memory of one batch.
    """
    _one_import_at_a_time(project)
    names = _Names(project, given)
    report = CaptionsReport(name=name)
    _check(lines, names, report)
    if report.outcome == "accepted":
        _store(lines, names, report, project)
    return report


def _one_import_at_a_time(project: Project) -> None:
    """Hold the project's row; not its key, which the new rows refer to."""
    try:
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    except OperationalError as error:  # the wait for the lock has a limit
        raise AnotherImport from error


def _check(lines: IO[bytes], names: _Names, report: CaptionsReport) -> None:
    broken = 0
    for row in caption_lines.read(lines):
        report.lines += 1
        problem = row if isinstance(row, Problem) else _unknown_video(row, names)
        if problem is not None:
            broken += 1
            if len(report.problems) < REPORTED:
                report.problems.append(problem)
    if broken:
        report.refuse(f"{broken} of {report.lines} lines cannot be imported, so nothing was.")
    elif report.lines == 0:
        report.refuse("There are no captions in the file.")


def _unknown_video(row: CaptionLine, names: _Names) -> Problem | None:
    try:
        names.find(row.video)
    except ValueError as error:
        return Problem(line=row.line, reason=str(error))
    return None


def _store(lines: IO[bytes], names: _Names, report: CaptionsReport, project: Project) -> None:
    rows = _whole(caption_lines.read(lines))
    while batch := list(islice(rows, BATCH)):
        fresh = _new_captions(batch, names, report, _captioners(batch, project))
        stored = Caption.objects.bulk_create(fresh)
        report.accepted += len(stored)
        captions_added.send(
            sender=Caption, project=project, caption_ids=[caption.pk for caption in stored]
        )


def _whole(rows: Iterable[CaptionLine | Problem]) -> Iterator[CaptionLine]:
    for row in rows:
        if isinstance(row, Problem):
            raise FileChanged
        yield row


def _captioners(batch: list[CaptionLine], project: Project) -> dict[str, int]:
    sources = {row.source for row in batch}
    rows = [Captioner(project=project, name=source) for source in sorted(sources)]
    Captioner.objects.bulk_create(rows, ignore_conflicts=True)
    known = Captioner.objects.filter(project=project, name__in=sources)
    return dict(known.values_list("name", "pk"))


def _new_captions(
    batch: list[CaptionLine], names: _Names, report: CaptionsReport, captioners: dict[str, int]
) -> list[Caption]:
    """Choose the lines that say something new; note of the others why they do not."""
    captions = {row.line: _caption(row, names, captioners) for row in batch}
    seen = _stored_already(caption for caption in captions.values() if caption is not None)
    fresh = []
    for row in batch:
        caption = captions[row.line]
        if caption is None:
            report.skip(row.line, names.why_refused(row.video))
        elif _key(caption) in seen:
            report.skip(row.line, "This caption is already here.")
        else:
            seen.add(_key(caption))
            fresh.append(caption)
    return fresh


def _caption(row: CaptionLine, names: _Names, captioners: dict[str, int]) -> Caption | None:
    video_id = names.find(row.video)
    if video_id is None:
        return None
    return Caption(
        video_id=video_id,
        captioner_id=captioners[row.source],
        kind=row.kind,
        text=row.caption,
        text_sha256=sha256(row.caption.encode()).hexdigest(),
    )


_Key = tuple[int, int, str, str]


def _key(caption: Caption) -> _Key:
    return (caption.video_id, caption.captioner_id, caption.kind, caption.text_sha256)


def _stored_already(captions: Iterable[Caption]) -> set[_Key]:
    texts = {caption.text_sha256 for caption in captions}
    rows = Caption.objects.filter(text_sha256__in=texts)
    return set(rows.values_list("video_id", "captioner_id", "kind", "text_sha256"))
