"""The list that the method's reference code reads: `[{"video": name, "captions": [text, ...]}]`.

It has no place for ratings. Videos are named as they came in, which is how that code finds them.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.reading import Sealed


def entries(snapshot: Sealed) -> Iterator[dict[str, Any]]:
    """Each video that has captions, in order of its content; captions in order of their ids."""
    with snapshot.caption_index() as index:
        for video, captions in index.by_video():
            name = snapshot.videos[video]["name"] or video
            yield {"video": name, "captions": [caption["text"] for caption in captions]}


def json_list(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """A JSON list, one entry a line."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def write(snapshot: Sealed, file: BinaryIO) -> None:
    write_lines(file, json_list(entries(snapshot)))


FORMAT = Format(
    name="reference",
    file="captions.json",
    content_type="application/json",
    about="Videos and their captions as the reference code reads them, without ratings.",
    write=write,
)
