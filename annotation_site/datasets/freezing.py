"""Writes the judgments so far into a directory that never changes again.

Rows are streamed from server-side cursors: memory does not grow with the project. Judgments are
read first, then captions, then videos. All three only ever grow, so whatever a judgment refers to
is in the files read after it, without a lock and without a long transaction.
"""

import errno
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import Min

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption, Video, split_of
from annotation_site.rating.models import Judgment, Purpose
from scorer import manifest, rubric

FORMAT: Final = "crest.snapshot/1"
CHUNK: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A sealed directory, and what is in it."""

    digest: str
    as_of: datetime | None
    videos: int
    captions: int
    judgments: int


def write(*, project: Project, snapshots: Path) -> Frozen:
    """Seal the project's judgments into `snapshots/<digest>`; equal content, equal place."""
    partial = snapshots / f".partial-{secrets.token_hex(8)}"
    partial.mkdir(parents=True)
    try:
        return _write(project, partial, snapshots)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(project: Project, partial: Path, snapshots: Path) -> Frozen:
    newest = _Newest()
    judgments = _write_lines(partial / "judgments.jsonl", newest.watch(_judgments(project)))
    captions = _write_lines(partial / "captions.jsonl", _captions(project))
    videos = _write_lines(partial / "videos.jsonl", _videos(project))
    about = {
        "format": FORMAT,
        "project": project.slug,
        "as_of": newest.instant and newest.instant.isoformat(),
        "rubric": rubric.VERSION,
        "counts": {"videos": videos, "captions": captions, "judgments": judgments},
    }
    digest = manifest.seal(partial, about)
    _publish(partial, snapshots / digest)
    return Frozen(
        digest=digest,
        as_of=newest.instant,
        videos=videos,
        captions=captions,
        judgments=judgments,
    )


def _publish(partial: Path, place: Path) -> None:
    """Move the sealed directory to its place, unless an equal one is there already."""
    try:
        partial.rename(place)
    except OSError as error:  # asked rather than looked up before: two may freeze at once
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise


class _Newest:
    """Remembers the newest instant of the judgments that pass."""

    instant: datetime | None = None

    def watch(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            at = row["judged_at"]
            self.instant = at if self.instant is None else max(self.instant, at)
            yield {**row, "judged_at": at.isoformat()}


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(manifest.canonical(row) + "\n")
            count += 1
    return count


def _judgments(project: Project) -> Iterator[dict[str, Any]]:
    """Each annotator's last word per caption and dimension, by caption, annotator, dimension.

    Practice, gold, twins and repeats judge the annotators and are no data.
    """
    key = ("slot__item__caption_id", "slot__annotator_id", "dimension")
    rows = (
        Judgment.objects.filter(slot__item__project=project, slot__item__purpose=Purpose.RATE)
        .order_by(*key, "-revision")
        .distinct(*key)
        .values_list(*key, "level", "revision", "rubric_version", "judged_at", "slot__late")
    )
    for caption, annotator, dimension, level, revision, version, at, late in rows.iterator(CHUNK):
        yield {
            "caption": caption,
            "annotator": f"a{annotator}",
            "dimension": dimension,
            "level": level,
            "revision": revision,
            "rubric": version,
            "judged_at": at,
            "late": late,
        }


def _captions(project: Project) -> Iterator[dict[str, Any]]:
    rows = Caption.objects.filter(video__project=project).order_by("pk")
    fields = ("pk", "video__sha256", "captioner__name", "kind", "text")
    for caption, video, captioner, kind, text in rows.values_list(*fields).iterator(CHUNK):
        yield {
            "caption": caption,
            "video": video,
            "captioner": captioner,
            "kind": kind,
            "text": text,
        }


def _videos(project: Project) -> Iterator[dict[str, Any]]:
    rows = Video.objects.filter(project=project).annotate(name=Min("names__name"))
    fields = ("sha256", "name", "seconds")
    for sha256, name, seconds in rows.order_by("sha256").values_list(*fields).iterator(CHUNK):
        split = split_of(sha256)
        yield {"video": sha256, "name": name or "", "seconds": seconds, "split": split}
