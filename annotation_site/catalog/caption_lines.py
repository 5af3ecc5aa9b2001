"""Captions in a file of any format: each record is a caption, or a problem with its number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Final

from annotation_site.catalog.readers import detect, json_lines
from annotation_site.catalog.records import Format, Problem, Record
from annotation_site.common.refusals import Invalid
from scorer.text import is_storable

DEFAULT_KIND: Final = "detailed"
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "video": ("video", "file_name", "video_name", "filename"),
    "caption": ("caption", "text"),
    "source": ("source", "captioner", "model"),
    "kind": ("kind",),
    "external_id": ("external_id",),
}
"""What a column may be called, for each thing that is told of a caption; the first there counts."""

LONGEST: Final = {
    "video": 255,
    "caption": 20_000,
    "source": 100,
    "kind": 32,
    "external_id": 100,
    "annotator": 100,
    "dimension": 32,
    "when": 40,
}
"""Characters."""


class NoSuchField(Invalid):
    """A record of this kind has no such field."""


class BrokenRecordError(ValueError):
    """The record will not do; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionLine:
    """What `source` wrote about the file called `video`."""

    line: int
    video: str
    source: str
    kind: str
    caption: str
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is to be read."""

    format: Format = json_lines.FORMAT
    columns: Mapping[str, str] = field(default_factory=dict)
    """The column for `video`, `caption`, and so on, where it has another name than the usual."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    """What is the same for the whole file, where a record does not say it."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NAMES)
    """What the columns may be called for each thing that is told."""

    def __post_init__(self) -> None:
        unknown = (self.columns.keys() | self.fixed.keys()) - self.names.keys()
        if unknown:
            raise NoSuchField(fields=sorted(unknown), known=sorted(self.names))

    @property
    def defaults(self) -> Mapping[str, str]:
        return {"kind": DEFAULT_KIND, **self.fixed}

    def column(self, wanted: str, fields: Mapping[str, Any]) -> str:
        """What the wanted is called here; if it is not there at all, what it should be called."""
        if wanted in self.columns:
            return self.columns[wanted]
        return next((name for name in self.names[wanted] if name in fields), wanted)

    def value(self, wanted: str, record: Record) -> Any:
        """What the record says, or the file as a whole; None if neither does."""
        found = record.fields.get(self.column(wanted, record.fields))
        return self.defaults.get(wanted) if found is None else found

    def text(self, wanted: str, record: Record) -> str:
        """The text without space around it. Raises `BrokenRecordError` if it will not do."""
        column = self.column(wanted, record.fields)
        value = record.fields.get(column, self.defaults.get(wanted, record))
        if value is record:
            raise BrokenRecordError(f'"{column}" is missing.')
        return _checked(value, column, longest=LONGEST[wanted])

    def name(self, wanted: str, record: Record) -> str:
        """As `text`, but a number will do, and so will nothing at all."""
        given = self.value(wanted, record)
        if given is None:
            return ""
        if isinstance(given, int) and not isinstance(given, bool):
            return str(given)
        return self.text(wanted, record)


def layout_for(
    file: IO[bytes],
    *,
    name: str,
    format: Format | None = None,  # noqa: A002 - what it is
    columns: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    names: Mapping[str, tuple[str, ...]] = NAMES,
) -> Layout:
    """The layout that is asked for, in the format that the file is in unless one is named."""
    known = format or detect(file, name=name)
    return Layout(format=known, columns=columns or {}, fixed=fixed or {}, names=names)


def read(file: IO[bytes], layout: Layout | None = None) -> Iterator[CaptionLine | Problem]:
    """Read the file from its start."""
    layout = layout or Layout()
    for record in layout.format.read(file):
        yield record if isinstance(record, Problem) else parse(record, layout)


def parse(record: Record, layout: Layout) -> CaptionLine | Problem:
    try:
        return CaptionLine(
            line=record.line,
            video=layout.text("video", record),
            source=layout.text("source", record),
            kind=layout.text("kind", record),
            caption=layout.text("caption", record),
            external_id=layout.name("external_id", record),
        )
    except BrokenRecordError as error:
        return Problem(line=record.line, reason=str(error))


def _checked(value: Any, column: str, *, longest: int) -> str:
    if not isinstance(value, str):
        raise BrokenRecordError(f'"{column}" must be text.')
    text = value.strip()
    if not text:
        raise BrokenRecordError(f'"{column}" is empty.')
    if len(text) > longest:
        raise BrokenRecordError(f'"{column}" is longer than {longest:,} characters.')
    if not is_storable(text):
        raise BrokenRecordError(f'"{column}" has characters that are none.')
    return text
