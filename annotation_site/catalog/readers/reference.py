"""The list of the method's reference code: `[{"video": name, "captions": [text, ...]}]`."""

from collections.abc import Iterator
from typing import IO, Any

from annotation_site.catalog.readers.json_list import entries
from annotation_site.catalog.records import Format, Problem, Record


def read(file: IO[bytes]) -> Iterator[Record | Problem]:
    """A record a caption; `line` is the number of its video in the list.

    `captions` may also be one text, or an object of texts by their kind.
    """
    for found in entries(file):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _captions(*found)


def _captions(number: int, entry: Any) -> Iterator[Record | Problem]:
    if not isinstance(entry, dict):
        yield Problem(line=number, reason='An entry must be {"video": ..., "captions": [...]}.')
        return
    rest = {name: value for name, value in entry.items() if name != "captions"}
    match entry.get("captions"):
        case None:
            yield Record(line=number, fields=rest)  # may say `caption`; else that is the problem
        case list() as texts:
            for text in texts:
                yield Record(line=number, fields={**rest, "caption": text})
        case dict() as by_kind:
            for kind, text in by_kind.items():
                yield Record(line=number, fields={**rest, "caption": text, "kind": kind})
        case text:
            yield Record(line=number, fields={**rest, "caption": text})


FORMAT = Format(
    name="reference",
    about="One JSON list of videos, each with its captions, as the reference code reads it.",
    read=read,
)
