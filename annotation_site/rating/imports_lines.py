"""Ratings in a file of any format: each record holds some, or has a problem with its number.

Wide: a column for each dimension. Long: a column that names the dimension and one with its level.
Label Studio's tasks: an annotation holds the answers of one annotator.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, Final

from django.utils.dateparse import parse_datetime

from annotation_site.catalog import caption_lines
from annotation_site.catalog.caption_lines import BrokenRecordError, CaptionLine, Layout
from annotation_site.catalog.readers.label_studio import ANNOTATIONS
from annotation_site.catalog.records import Problem, Record
from scorer.rubric import LEVELS, Dimension
from scorer.text import is_storable

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **caption_lines.NAMES,
    "video": ("video_name", *caption_lines.NAMES["video"]),  # ours beside a digest called `video`
    "annotator": ("annotator", "rater"),
    "when": ("when", "judged_at", "created_at"),
    "dimension": ("dimension",),
    "level": ("level",),
    **{dimension.value: (dimension.value,) for dimension in Dimension},
}
"""What a column may be called, for each thing that is told of a rating; the first there counts."""

_LEVEL: Final = re.compile(r"\s*([0-5])(?:\.0+)?(?!\S)")
"""A level, alone or before its words: `4`, `4.0`, `4 Mainly correct`."""
_TOP: Final = max(level.value for level in LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """What one annotator answered about one caption: all of it, or one dimension of it."""

    line: int
    caption: CaptionLine | None
    """Null: it is named by its external id alone."""

    external_id: str
    annotator: str
    levels: Mapping[Dimension, int]
    when: datetime | None


def read(file: IO[bytes], layout: Layout) -> Iterator[RatingLine | Problem]:
    for record in layout.format.read(file):
        if isinstance(record, Problem):
            yield record
            continue
        try:
            yield from _lines(record, layout)
        except BrokenRecordError as error:
            yield Problem(line=record.line, reason=str(error))


def _lines(record: Record, layout: Layout) -> Iterator[RatingLine]:
    annotations = record.fields.get(ANNOTATIONS)
    if isinstance(annotations, list):
        for annotation in annotations:
            if isinstance(annotation, dict) and not annotation.get("was_cancelled"):
                yield from _annotated(record, annotation, layout)
        return
    levels = _levels(record, layout)
    if not levels:
        raise BrokenRecordError("There is no level in it.")
    yield _line(record, layout, layout.text("annotator", record), levels, _when(record, layout))


def _line(
    record: Record,
    layout: Layout,
    annotator: str,
    levels: Mapping[Dimension, int],
    when: datetime | None,
) -> RatingLine:
    external_id = layout.name("external_id", record)
    if not is_storable(annotator):
        raise BrokenRecordError("The annotator has characters that are none.")
    caption = caption_lines.parse(record, layout)
    if isinstance(caption, Problem) and not external_id:
        raise BrokenRecordError(caption.reason)
    return RatingLine(
        line=record.line,
        caption=caption if isinstance(caption, CaptionLine) else None,
        external_id=external_id,
        annotator=annotator,
        levels=levels,
        when=when,
    )


def _levels(record: Record, layout: Layout) -> dict[Dimension, int]:
    """The answers that are there. What is absent stays so, unless the layout fixes a level."""
    named = layout.value("dimension", record)
    if named is not None:
        dimension = _dimension(named)
        return {dimension: _level(layout.value("level", record), dimension)}
    given = {dimension: layout.value(dimension.value, record) for dimension in Dimension}
    return {
        dimension: _level(value, dimension)
        for dimension, value in given.items()
        if value is not None and value != ""
    }


def _dimension(given: Any) -> Dimension:
    try:
        return Dimension(str(given).strip().lower())
    except ValueError:
        raise BrokenRecordError(f'"{str(given)[:40]}" is none of our dimensions.') from None


def _level(given: Any, dimension: str) -> int:
    if not isinstance(given, bool):
        if isinstance(given, int | float) and given in range(_TOP + 1):
            return int(given)
        found = _LEVEL.match(given) if isinstance(given, str) else None
        if found:
            return int(found[1])
    raise BrokenRecordError(f'"{dimension}" must be a level from 0 to {_TOP}.')


def _when(record: Record, layout: Layout) -> datetime | None:
    given = layout.value("when", record)
    if given is None or isinstance(given, datetime):
        return given and (given if given.tzinfo else given.replace(tzinfo=UTC))
    return _instant(given)


def _instant(given: Any) -> datetime:
    try:
        found = parse_datetime(given) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None:
        raise BrokenRecordError(f'"{str(given)[:40]}" is no instant, such as 2026-09-01T09:00Z.')
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _annotated(
    record: Record, annotation: Mapping[str, Any], layout: Layout
) -> Iterator[RatingLine]:
    """An annotation of Label Studio. Ours say whose each answer is; else it is who completed it."""
    created = annotation.get("created_at")
    when = None if created is None else _instant(created)
    levels: dict[str, dict[Dimension, int]] = {}
    said_at: dict[str, datetime | None] = {}
    for result in annotation.get("result") or ():
        if not isinstance(result, dict) or result.get("from_name") not in NAMES:
            continue
        dimension = _dimension(result["from_name"])
        meta = result["meta"] if isinstance(result.get("meta"), dict) else {}
        named = str(meta.get("annotator") or _completed_by(annotation))
        annotator = named[: caption_lines.LONGEST["annotator"]]
        levels.setdefault(annotator, {})[dimension] = _level(
            _chosen(result.get("value")), dimension
        )
        own = _instant(meta["judged_at"]) if "judged_at" in meta else when
        said_at[annotator] = _later(said_at.get(annotator), own)
    for annotator, theirs in levels.items():
        yield _line(record, layout, annotator, theirs, said_at[annotator])


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    """An answer is given when the last of its levels is."""
    return max(one, other) if one and other else one or other


def _chosen(value: Any) -> Any:
    match value:
        case {"choices": [chosen]}:
            return chosen
        case {"number": number}:
            return number
        case {"rating": stars}:
            return stars
    return None


def _completed_by(annotation: Mapping[str, Any]) -> str:
    match annotation.get("completed_by"):
        case {"email": str(email)}:
            return email
        case {"id": int(number)} | int(number):
            return f"label-studio-{number}"
    return "label-studio"
