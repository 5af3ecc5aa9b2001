"""The formats that come in: the one list of them, and how a file is known to be in one."""

from collections.abc import Mapping
from typing import IO, Final

from annotation_site.catalog.readers import (
    json_lines,
    label_studio,
    parquet,
    reference,
    separated,
)
from annotation_site.catalog.records import Format, Record
from annotation_site.common.refusals import Invalid

FORMATS: Final[Mapping[str, Format]] = {
    one.name: one
    for one in (
        json_lines.FORMAT,
        separated.FORMAT,
        parquet.FORMAT,
        reference.FORMAT,
        label_studio.FORMAT,
    )
}
_HEAD_BYTES: Final = 1 << 12


class UnknownFormat(Invalid):
    """There is no format of that name that Crest reads."""


def format_called(name: str) -> Format:
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormat(formats=sorted(FORMATS)) from None


def detect(file: IO[bytes], *, name: str) -> Format:
    """Tell a file's format by how it begins, and by its name where that is not enough.

    What is nothing else is taken for JSON lines, whose reader says line by line why it is not.
    """
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    start = head.removeprefix(json_lines.BYTE_ORDER_MARK).lstrip()
    if head.startswith(parquet.MAGIC):
        return parquet.FORMAT
    if start.startswith(b"[") and start[1:].lstrip()[:1] in {b"{", b"]"}:
        return label_studio.FORMAT if _has_tasks(file) else reference.FORMAT
    if start.startswith((b"{", b"[")):
        return json_lines.FORMAT
    return separated.FORMAT if name.lower().endswith((".csv", ".tsv")) else json_lines.FORMAT


def _has_tasks(file: IO[bytes]) -> bool:
    """Whether the list begins with a task: an entry that keeps what it is about in `data`."""
    first = next(iter(label_studio.read(file)), None)
    return isinstance(first, Record)
