"""Tasks with annotations as Label Studio imports them, and the labelling interface they fit.

Levels are choices, never Label Studio's `rating`, whose stars begin at 1 and know no "not
involved". Annotators are no accounts there: each is named in the `meta` of what they said.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from annotation_site.datasets.formats.format import Format, write_lines
from annotation_site.datasets.formats.reference import json_list
from annotation_site.datasets.reading import Row, Sealed
from scorer.rubric import LEVELS, NOT_INVOLVED, QUESTIONS

LOCAL_FILES = "/data/local-files/?d="
"""Where Label Studio serves files from its own disk."""
EVEN = 0.5
"""From here on it is likelier than not that a dimension is involved."""


def tasks(snapshot: Sealed) -> Iterator[dict[str, Any]]:
    """A task a caption, rated or not. What the rater model thinks is its prediction."""
    aggregates = snapshot.aggregates()
    for caption, judgments in snapshot.rated():
        by_annotator = groupby(judgments, key=itemgetter("annotator"))
        modelled = aggregates.of(caption["caption"])
        yield {
            "data": _data(caption),
            "annotations": [{"result": [_result(one) for one in own]} for _, own in by_annotator],
            "predictions": [_prediction(modelled, snapshot.manifest["raters"])] if modelled else [],
        }


def _data(caption: Row) -> dict[str, Any]:
    name = caption["video_name"] or f"{caption['video']}.mp4"
    return {
        "video": LOCAL_FILES + quote(name),
        "caption": caption["text"],
        "caption_id": caption["caption"],
        "captioner": caption["captioner"],
        "kind": caption["kind"],
        "sha256": caption["video"],
        "split": caption["split"],
    }


def _result(judgment: Row) -> dict[str, Any]:
    dimension = judgment["dimension"]
    return {
        "id": f"{judgment['annotator']}-{dimension}",
        "type": "choices",
        "from_name": dimension,
        "to_name": "video",
        "value": {"choices": [str(judgment["level"])]},
        "meta": {
            key: judgment[key] for key in ("annotator", "rubric", "revision", "late", "judged_at")
        },
    }


def _prediction(aggregates: list[Row], version: int) -> dict[str, Any]:
    return {
        "model_version": f"crest-raters-{version}",
        "result": [_predicted(one) for one in aggregates],
    }


def _predicted(one: Row) -> dict[str, Any]:
    involved = one["level"] is not None and one["involved"] >= EVEN
    return {
        "id": f"raters-{one['dimension']}",
        "type": "choices",
        "from_name": one["dimension"],
        "to_name": "video",
        "value": {"choices": [str(round(one["level"]) if involved else NOT_INVOLVED)]},
        "meta": {figure: one[figure] for figure in ("involved", "level", "level_sd")},
    }


def interface() -> Iterator[str]:
    """The labelling interface (XML) in whose terms the annotations are."""
    yield "<View>\n"
    yield '  <Video name="video" value="$video"/>\n'
    yield '  <Text name="caption" value="$caption"/>\n'
    for question in QUESTIONS:
        yield f"  <Header value={quoteattr(f'{question.title}: {question.text}')}/>\n"
        name = quoteattr(question.dimension.value)
        yield f'  <Choices name={name} toName="video" choice="single" showInline="true">\n'
        for level in LEVELS:
            shown = quoteattr(f"{level.value} {level.phrase}")
            hint = quoteattr(level.sentence)
            yield f'    <Choice value={shown} alias="{level.value}" hint={hint}/>\n'
        yield "  </Choices>\n"
    yield "</View>\n"


def write(snapshot: Sealed, file: BinaryIO) -> None:
    write_lines(file, json_list(tasks(snapshot)))


def write_interface(_: Sealed, file: BinaryIO) -> None:
    write_lines(file, interface())


FORMAT = Format(
    name="label-studio",
    file="label-studio.json",
    content_type="application/json",
    about="Tasks with annotations for Label Studio; levels are choices.",
    write=write,
    version=2,  # with `judged_at`
)
INTERFACE = Format(
    name="label-studio-interface",
    file="label-studio.xml",
    content_type="application/xml",
    about="The labelling interface that the Label Studio tasks fit: set it before importing them.",
    write=write_interface,
)
