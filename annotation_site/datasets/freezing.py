"""Writes what is chosen into a directory that never changes again.

Rows are streamed from server-side cursors: memory does not grow with the judgments. Whatever was
added after the instant stays out, so the same instant gives the same bytes, without a lock and
without a long transaction.
"""

import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from annotation_site.catalog.models import VideoName
from annotation_site.datasets import looks, sides
from annotation_site.datasets.aggregates import Aggregates
from annotation_site.datasets.chosen import Chosen
from annotation_site.datasets.publishing import publish
from annotation_site.datasets.sides import Sides
from annotation_site.datasets.splits import SplitRule
from annotation_site.datasets.tally import Tally
from annotation_site.datasets.wordings import Wordings
from scorer import manifest, raters, rubric
from scorer.snapshot import FORMAT, Split

FILES: Final = (
    "judgments",
    "aggregates",
    "rubrics",
    "preferences",
    "decisions",
    "captions",
    "videos",
)
CHUNK: Final = 2000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A sealed directory, and what is in it."""

    digest: str
    as_of: datetime | None
    videos: int
    captions: int
    judgments: int
    preferences: int


def write(
    *, project: str, chosen: Chosen | None, about: Mapping[str, Any], rule: SplitRule, to: Path
) -> Frozen:
    """Seal what is chosen into `to/<digest>`; equal content, equal place. None: nothing is."""
    partial = to / f".partial-{secrets.token_hex(8)}"
    partial.mkdir(parents=True)
    try:
        counts = _write(chosen, rule, partial)
        as_of = chosen.as_of if chosen else None
        facts = {
            **about,
            "format": FORMAT,
            "project": project,
            "as_of": as_of and as_of.astimezone(UTC).isoformat(),
            "rubric": rubric.VERSION,
            "raters": raters.VERSION,
            "split": rule.as_json(),
            **counts,
        }
        digest = manifest.seal(partial, facts)
        publish(partial, to / digest)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    told = ("videos", "captions", "judgments", "preferences")
    return Frozen(digest=digest, as_of=as_of, **{name: counts["counts"][name] for name in told})


def _write(chosen: Chosen | None, rule: SplitRule, to: Path) -> dict[str, Any]:
    where = _sides(chosen, rule) if chosen else Sides()
    tally = Tally(where)
    aggregates = Aggregates()
    rows: dict[str, Iterable[Row]] = dict.fromkeys(FILES, ())
    if chosen:
        wordings = Wordings(chosen.project)
        judgments = wordings.noting(aggregates.noting(_judgments(chosen)))
        rows = {
            "judgments": tally.of("judgments", judgments),
            "aggregates": aggregates.lines(),
            "rubrics": wordings.lines(),
            "preferences": _preferences(chosen),
            "decisions": _decisions(chosen),
            "captions": tally.of_captions(_captions(chosen)),
            "videos": tally.of("videos", _videos(chosen, where.of)),
        }
    counts = {name: _write_lines(to / f"{name}.jsonl", lines) for name, lines in rows.items()}
    _write_lines(to / "leaks.jsonl", tally.leaks())
    return {"counts": counts, "sides": tally.sides, "leaks": tally.leaking}


def _write_lines(path: Path, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(manifest.canonical(row) + "\n")
            count += 1
    return count


def _sides(chosen: Chosen, rule: SplitRule) -> Sides:
    """The sides of all videos of the project: what is left out must not move what is in."""
    oldest_first = chosen.all_videos().order_by("created_at", "pk").values_list("sha256", flat=True)
    videos = list(oldest_first)
    return sides.assign(videos, looks.of_videos(videos), rule)


def _judgments(chosen: Chosen) -> Iterator[tuple[str, Row]]:
    """Each annotator's last word per caption and dimension, by caption, annotator, dimension.

    Practice, gold, twins and repeats judge the annotators and are no data.
    """
    key = ("slot__item__caption_id", "slot__annotator_id", "dimension")
    video = "slot__item__caption__video__sha256"
    fields = (video, "level", "revision", "rubric_version", "judged_at", "slot__late")
    rows = chosen.judgments().order_by(*key, "-revision").distinct(*key).values_list(*key, *fields)
    for caption, annotator, dimension, sha256, *values in rows.iterator(CHUNK):
        level, revision, version, at, late = values
        yield (
            sha256,
            {
                "caption": caption,
                "annotator": f"a{annotator}",
                "dimension": dimension,
                "level": level,
                "revision": revision,
                "rubric": version,
                "judged_at": at.isoformat(),
                "late": late,
            },
        )


def _preferences(chosen: Chosen) -> Iterator[Row]:
    """Each voter's last word per vote, by vote and voter."""
    key = ("slot__item_id", "slot__annotator_id")
    captions = ("slot__item__caption_id", "slot__item__rival_id", "slot__item__comparison__name")
    fields = (*captions, "slot__swapped", "choice", "revision", "judged_at", "slot__late")
    rows = chosen.preferences().order_by(*key, "-revision").distinct(*key)
    for _, annotator, *values in rows.values_list(*key, *fields).iterator(CHUNK):
        caption, rival, comparison, swapped, choice, revision, at, late = values
        yield {
            "caption": caption,
            "rival": rival,
            "comparison": comparison,
            "annotator": f"a{annotator}",
            "choice": choice,
            "rival_first": swapped,
            "revision": revision,
            "judged_at": at.isoformat(),
            "late": late,
        }


def _decisions(chosen: Chosen) -> Iterator[Row]:
    """What stands of what was settled, by caption and dimension. It changes no judgment."""
    key = ("item__caption_id", "dimension")
    rows = chosen.decisions().order_by(*key, "-pk").distinct(*key)
    for caption, dimension, level, reason, by, at in rows.values_list(
        *key, "level", "reason", "by_id", "at"
    ).iterator(CHUNK):
        yield {
            "caption": caption,
            "dimension": dimension,
            "level": level,
            "reason": reason,
            "by": f"a{by}",
            "decided_at": at.isoformat(),
        }


def _captions(chosen: Chosen) -> Iterator[tuple[str, Row]]:
    fields = ("pk", "video__sha256", "captioner__name", "kind", "text")
    rows = chosen.captions().order_by("pk").values_list(*fields)
    for caption, video, captioner, kind, text in rows.iterator(CHUNK):
        yield (
            video,
            {
                "caption": caption,
                "video": video,
                "captioner": captioner,
                "kind": kind,
                "text": text,
            },
        )


def _videos(chosen: Chosen, side_of: Mapping[str, Split]) -> Iterator[tuple[str, Row]]:
    # The first name stays the first, whatever other names the video comes in under later.
    first = VideoName.objects.filter(video=OuterRef("pk")).order_by("pk").values("name")[:1]
    rows = chosen.videos().annotate(name=Subquery(first)).order_by("sha256")
    for sha256, name, seconds in rows.values_list("sha256", "name", "seconds").iterator(CHUNK):
        side = side_of[sha256]
        yield sha256, {"video": sha256, "name": name or "", "seconds": seconds, "split": side}
