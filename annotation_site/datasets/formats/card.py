"""The data card (README.md) of a data set: what it is, how it was made, what to mind."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from annotation_site.datasets.formats.tables import Written
from annotation_site.rating.wording import LIBRARY, MAIN_LANGUAGE
from scorer.rubric import LEVELS, Dimension


def written(
    snapshot: Mapping[str, Any],
    digest: str,
    files: Sequence[Written],
    rubrics: Sequence[Mapping[str, Any]],
) -> str:
    """The card of a data set made of these files, out of a snapshot with this manifest.

    `rubrics`: the versions that its judgments were given under; none in older snapshots.
    """
    parts = [
        _front_matter(snapshot, files),
        _about(snapshot, digest),
        _contents(files),
        _rubrics(rubrics),
        _splits(snapshot),
        _mind(),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"


def _front_matter(snapshot: Mapping[str, Any], files: Sequence[Written]) -> Iterator[str]:
    yield "---"
    yield f"pretty_name: {json.dumps('Ratings of ' + snapshot['project'])}"
    yield "tags: [video-captioning, human-feedback, crest]"
    yield "configs:"
    for table, own in groupby(files, key=attrgetter("table.name")):
        yield f"- config_name: {table}"
        if table == "ratings":
            yield "  default: true"
        yield "  data_files:"
        for file in own:
            yield f"  - split: {file.split}"
            yield f"    path: {table}/{file.split}-*.parquet"
    yield "---"


def _about(snapshot: Mapping[str, Any], digest: str) -> Iterator[str]:
    counts = snapshot["counts"]
    yield f"# Ratings of {snapshot['project']}"
    yield ""
    yield "People watched videos and judged captions of them. This is the Crest snapshot"
    yield f"`{digest}`, as of {snapshot['as_of'] or 'no instant: it is empty'}:"
    yield (
        f"{counts['videos']} videos, {counts['captions']} captions, {counts['judgments']} judgments"
        f" and {counts.get('preferences', 0)} votes between two captions."
    )
    yield ""
    yield "`snapshot.json` is its manifest, whose sha256 is that name. What was let in:"
    yield ""
    yield "```json"
    yield json.dumps(snapshot.get("filters", {}), ensure_ascii=False, sort_keys=True)
    yield "```"
    yield ""


def _contents(files: Sequence[Written]) -> Iterator[str]:
    yield "## Contents"
    yield ""
    yield "| configuration | split | rows |"
    yield "|---|---|---|"
    for file in files:
        yield f"| `{file.table.name}` | {file.split} | {file.rows} |"
    yield ""
    yield "- `ratings`: a row a judgment. `annotator` is a pseudonym; of several revisions it is"
    yield "  the last; `late` was given after its time had run out."
    yield "- `items`: a row a caption, rated or not. `<dimension>_votes` counts who chose each"
    yield "  level, 0 to 5. The rater model, which weighs annotators by how they rate, thinks"
    yield "  `<dimension>_involved` likely, and `<dimension>_level` the level if so."
    yield "- `preferences`: a row a vote. `choice` is `caption`, `rival`, `tie` or `both-bad`;"
    yield "  `rival_first` says which was shown first."
    yield ""


def _rubrics(rubrics: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "## Rubric"
    yield ""
    if not rubrics:
        yield from _words(LIBRARY[MAIN_LANGUAGE])
    for one in rubrics:
        if len(rubrics) > 1:
            yield f"### Version {one['version']}"
            yield ""
            if one["note"]:
                yield f"What was changed: {_line(one['note'])}"
                yield ""
        for language, words in one["texts"].items():
            if len(one["texts"]) > 1:
                yield f"In `{language}`:"
                yield ""
            yield from _words(words)
    yield "Level 0 is a category and not the bottom of the scale: leave it out of means."
    if len(rubrics) > 1:
        yield "Each judgment has its `rubric`: levels of different versions may not compare."
    yield ""


def _words(words: Mapping[str, Any]) -> Iterator[str]:
    """The questions and the scale as they were put, each text on a line of its own."""
    for name in Dimension:
        question = words["questions"][name.value]
        yield f"- `{name.value}`: {_line(question['text'])}"
    yield ""
    yield "| level | meaning | |"
    yield "|---|---|---|"
    for level in LEVELS:
        said = words["levels"][str(level.value)]
        yield f"| {level.value} | {_cell(said['phrase'])} | {_cell(said['sentence'])} |"
    yield ""
    if words["guideline"]:
        yield f"Guideline: {_line(words['guideline'])}"
        yield ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _splits(snapshot: Mapping[str, Any]) -> Iterator[str]:
    leaks = snapshot.get("leaks", {})
    yield "## Splits"
    yield ""
    yield "By a hash of the video's content, so that a video stays on its side in every snapshot."
    yield "A video that looks like an older one follows it."
    for name, said in (
        ("followed", "videos follow one that they look like"),
        ("straddling", "videos look like one on another side all the same"),
        ("repeated", "captions' texts stand on more than one side"),
    ):
        yield f"- {leaks.get(name, 'unknown number of')} {said}."
    yield ""


def _mind() -> Iterator[str]:
    yield "## What to mind"
    yield ""
    yield "- Annotators differ; look at their agreement before you average."
    yield "- The videos are not part of the data set; `video` is the sha256 of the file."
    yield "- No licence is stated: whoever publishes the data set chooses one."
    yield "- Practice, known answers and repeats, which judge the annotators, are not in it."
