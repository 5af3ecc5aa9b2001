"""Taking in a captions file: every line of it, or none, with the reason for each that is wrong."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import islice
from typing import IO, Any, Literal

from django.db import OperationalError

from annotation_site.accounts.models import Project
from annotation_site.catalog import caption_lines
from annotation_site.catalog.caption_lines import CaptionLine, Layout
from annotation_site.catalog.external_ids import ExternalIds
from annotation_site.catalog.models import Caption, Captioner
from annotation_site.catalog.names import Given, Names
from annotation_site.catalog.records import Problem
from annotation_site.catalog.signals import captions_added
from annotation_site.common.planner import Growth
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
    """What became of a file of captions or ratings, all or nothing, or of many files."""

    name: str
    kind: Literal["captions", "ratings", "files"] = "captions"
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
        return asdict(self)

    def skip(self, line: int, reason: str) -> None:
        self.skipped += 1
        if len(self.skips) < REPORTED:
            self.skips.append(Problem(line=line, reason=reason))

    def refuse(self, reason: str) -> None:
        self.outcome, self.reason = "refused", reason
        self.accepted, self.skipped, self.skips = 0, 0, []


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one line."""

    line: int
    outcome: Outcome
    reason: str = ""


OnFate = Callable[[Fate], None]
"""Is told of each line that is wrong; if there is none, of each line that is taken or skipped."""


def _tell_nobody(_: Fate) -> None:
    pass


def import_captions(
    *,
    project: Project,
    lines: IO[bytes],
    name: str,
    given: Given,
    layout: Layout | None = None,
    on_fate: OnFate = _tell_nobody,
) -> CaptionsReport:
    """Read the file twice: to be sure of every line, then to store it a batch at a time.

    So a file of any length needs the memory of one batch.
    """
    one_import_at_a_time(project)
    names = Names(project, given)
    report = CaptionsReport(name=name)
    _check(caption_lines.read(lines, layout), names, ExternalIds(project), report, on_fate)
    if report.outcome == "accepted":
        _store(_whole(caption_lines.read(lines, layout)), names, report, project, on_fate)
    return report


def one_import_at_a_time(project: Project) -> None:
    """Hold the project's row; not its key, which the new rows refer to."""
    try:
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    except OperationalError as error:  # the wait for the lock has a limit
        raise AnotherImport from error


def _check(
    rows: Iterator[CaptionLine | Problem],
    names: Names,
    external_ids: ExternalIds,
    report: CaptionsReport,
    on_fate: OnFate,
) -> None:
    broken = 0
    while batch := list(islice(rows, BATCH)):
        report.lines += len(batch)
        for problem in _problems(batch, names, external_ids):
            broken += 1
            on_fate(Fate(line=problem.line, outcome="refused", reason=problem.reason))
            if len(report.problems) < REPORTED:
                report.problems.append(problem)
    if broken:
        report.refuse(f"{broken} of {report.lines} lines cannot be imported, so nothing was.")
    elif report.lines == 0:
        report.refuse("There are no captions in the file.")


def _problems(
    batch: list[CaptionLine | Problem], names: Names, external_ids: ExternalIds
) -> Iterator[Problem]:
    external_ids.look_up(row for row in batch if isinstance(row, CaptionLine))
    for row in batch:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            video = names.find(row.video)
            external_ids.add(row, video)
        except ValueError as error:
            yield Problem(line=row.line, reason=str(error))


def _store(
    rows: Iterator[CaptionLine],
    names: Names,
    report: CaptionsReport,
    project: Project,
    on_fate: OnFate,
) -> None:
    growth = Growth()
    while batch := list(islice(rows, BATCH)):
        chosen = _new_captions(batch, names, captioners_called(batch, project))
        for row, reason in zip(batch, chosen.reasons, strict=True):
            if reason:
                report.skip(row.line, reason)
            outcome: Outcome = "skipped" if reason else "accepted"
            on_fate(Fate(line=row.line, outcome=outcome, reason=reason))
        stored = Caption.objects.bulk_create(chosen.fresh)
        report.accepted += len(stored)
        captions_added.send(
            sender=Caption, project=project, caption_ids=[caption.pk for caption in stored]
        )
        growth.add(len(stored))


def _whole(rows: Iterable[CaptionLine | Problem]) -> Iterator[CaptionLine]:
    for row in rows:
        if isinstance(row, Problem):
            raise FileChanged
        yield row


def captioners_called(batch: Iterable[CaptionLine], project: Project) -> dict[str, int]:
    """The ids of those who wrote these captions, by name; who is new is written down."""
    sources = {row.source for row in batch}
    rows = [Captioner(project=project, name=source) for source in sorted(sources)]
    Captioner.objects.bulk_create(rows, ignore_conflicts=True)
    known = Captioner.objects.filter(project=project, name__in=sources)
    return dict(known.values_list("name", "pk"))


def unsaved(video: int, captioner: int, kind: str, text: str, **more: Any) -> Caption:
    """A caption with the hash that tells whether it is here already."""
    return Caption(
        video_id=video,
        captioner_id=captioner,
        kind=kind,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        **more,
    )


def add_new(captions: Sequence[Caption], *, project: Project) -> int:
    """Store those that say something new, and tell of them. Done again, it adds nothing."""
    one_import_at_a_time(project)
    seen = _stored_already(captions)
    fresh = {_key(caption): caption for caption in captions if _key(caption) not in seen}
    stored = Caption.objects.bulk_create(fresh.values())
    if stored:
        captions_added.send(
            sender=Caption, project=project, caption_ids=[caption.pk for caption in stored]
        )
    return len(stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The captions of a batch that say something new, and for each line why it does not."""

    fresh: list[Caption] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def _new_captions(batch: list[CaptionLine], names: Names, captioners: dict[str, int]) -> _Chosen:
    captions = [_caption(row, names, captioners) for row in batch]
    seen = _stored_already(caption for caption in captions if caption is not None)
    chosen = _Chosen()
    for row, caption in zip(batch, captions, strict=True):
        reason = ""
        if caption is None:
            reason = names.why_refused(row.video)
        elif _key(caption) in seen:
            reason = "This caption is already here."
        else:
            seen.add(_key(caption))
            chosen.fresh.append(caption)
        chosen.reasons.append(reason)
    return chosen


def _caption(row: CaptionLine, names: Names, captioners: dict[str, int]) -> Caption | None:
    video_id = names.find(row.video)
    if video_id is None:
        return None
    author = captioners[row.source]
    return unsaved(video_id, author, row.kind, row.caption, external_id=row.external_id)


_Key = tuple[int, int, str, str]


def _key(caption: Caption) -> _Key:
    return (caption.video_id, caption.captioner_id, caption.kind, caption.text_sha256)


def _stored_already(captions: Iterable[Caption]) -> set[_Key]:
    texts = {caption.text_sha256 for caption in captions}
    rows = Caption.objects.filter(text_sha256__in=texts)
    return set(rows.values_list("video_id", "captioner_id", "kind", "text_sha256"))
