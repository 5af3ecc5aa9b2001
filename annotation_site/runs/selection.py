"""Reading a selection page by page from the file that the run published."""

import json
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from annotation_site.accounts.models import Project
from annotation_site.catalog.links import poster_url, video_url
from annotation_site.catalog.models import Video
from annotation_site.common.api import PAGE_SIZE
from annotation_site.common.refusals import Invalid

FILE: Final = "selection.jsonl"


class Page(NamedTuple):
    lines: list[dict[str, Any]]
    next: str | None


def read_page(path: Path, *, cursor: str | None) -> Page:
    """Some lines from the byte at which the last page ended. The file never changes."""
    with path.open("rb") as file:
        _seek(file, cursor)
        lines = [json.loads(line) for line in islice(file, PAGE_SIZE)]
        more = file.read(1) != b""
        return Page(lines, str(file.tell() - 1) if more else None)


def _seek(file: BinaryIO, cursor: str | None) -> None:
    if cursor is None:
        return
    refusal = Invalid("The cursor is not one that this list gave out.", field="cursor")
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:  # noqa: PLR2004 - bytes
        raise refusal
    file.seek(max(int(cursor) - 1, 0))
    if file.read(1) != b"\n":
        raise refusal


def illustrate(project: Project, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join what the stage wrote with where the browser finds the videos."""
    named = Video.objects.filter(project=project, sha256__in={line["video"] for line in lines})
    seconds = dict(named.values_list("sha256", "seconds"))
    return [_illustrated(project.slug, line, seconds[line["video"]]) for line in lines]


def _illustrated(slug: str, line: dict[str, Any], seconds: float) -> dict[str, Any]:
    sha256 = line["video"]
    return {
        "video": {
            "sha256": sha256,
            "poster_url": poster_url(slug=slug, sha256=sha256),
            "video_url": video_url(slug=slug, sha256=sha256),
            "seconds": seconds,
        },
        "caption": {
            "id": line["caption"],
            "text": line["text"],
            "captioner": line["captioner"],
        },
        "score": line["score"],
        "mean_paper": line["mean_paper"],
        "levels": line["levels"],
    }
