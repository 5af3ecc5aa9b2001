"""Tasks of Label Studio, as it imports and as it exports them (JSON, not JSON-MIN)."""

import re
from collections.abc import Iterator
from typing import IO, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from annotation_site.catalog.readers.json_list import entries
from annotation_site.catalog.records import Format, Problem, Record

ANNOTATIONS: Final = "annotations"
_UPLOADED: Final = re.compile(r"/data/upload/(?:\d+/)?[0-9a-f]{8}-(?P<name>[^/]+)$")
"""Label Studio puts eight digits of its own before the name of an uploaded file."""


def read(file: IO[bytes]) -> Iterator[Record | Problem]:
    """A record a task: what is in its `data`, and its annotations as they are."""
    for found in entries(file):
        yield found if isinstance(found, Problem) else _task(*found)


def _task(number: int, entry: Any) -> Record | Problem:
    if not isinstance(entry, dict) or not isinstance(entry.get("data"), dict):
        return Problem(line=number, reason='A task must be {"data": {"video": ..., ...}}.')
    data = dict(entry["data"])
    if isinstance(data.get("video"), str):
        data["video"] = file_name(data["video"])
    annotations = entry.get(ANNOTATIONS)
    if isinstance(annotations, list):
        data[ANNOTATIONS] = annotations
    return Record(line=number, fields=data)


def file_name(address: str) -> str:
    """The name of the file that a task points to: the end of its path, without what was added."""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address, so a name
        return address
    local = parse_qs(parts.query).get("d")
    path = local[0] if local else unquote(parts.path)
    uploaded = _UPLOADED.search(path)
    name = uploaded["name"] if uploaded else path.rpartition("/")[2]
    return name or address


FORMAT = Format(
    name="label-studio",
    about="Tasks of Label Studio (JSON): each task's data says the video and the caption.",
    read=read,
)
