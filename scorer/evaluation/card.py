"""The model card beside the weights, as the Hugging Face hub reads it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from scorer.evaluation.beside import (
    FIGURES,
    NO_TWINS,
    OF_TWINS,
    baseline_rows,
    twin_rows,
    twins_note,
)
from scorer.evaluation.page import intervals
from scorer.evaluation.words import BASELINES, NAMES, text

LIMITS: Final = """\
## Limits

It has learnt what these annotators said of these captions. It says nothing about dimensions that
they were not asked for, about captioners or footage unlike theirs, or about harm. Levels are
expectations given that a dimension is involved; whether it is involved is a probability of its own.
Do not rank people by it.
"""


def card(result: Mapping[str, Any], *, snapshot: str) -> str:
    """Markdown of a training's result. The licence is left to whoever publishes it."""
    report = result["report"]
    about = {
        "library_name": "crest",
        "base_model": result["model"],
        "pipeline_tag": "video-text-to-text",
        "tags": ["video-captioning", "caption-scoring", "crest"],
    }
    front = "\n".join(f"{key}: {json.dumps(value)}" for key, value in about.items())
    figures = "\n".join(
        f"| {NAMES[name]} | {text(value)} | {_ceiling(report, name)} |"
        for name, value in report["average"].items()
    )
    dimensions = "\n".join(
        f"| {name} | {text(of_one['figures']['srcc'])} | {text(of_one['figures']['mae'])} |"
        for name, of_one in report["dimensions"].items()
    )
    return f"""\
---
{front}
---

# A scorer of video captions

It rates a caption of a video on five dimensions (object, feature, action, camera, background): the
probability of each level from 1 (totally incorrect) to 5 (totally correct), and of 0, not involved.

```python
from pathlib import Path
from scorer.scorer import Scorer

Scorer.load(Path("this directory")).score(Path("clip.mp4"), ["A red kite climbs over a beach."])
```

## How it was made

- Base model: `{result["model"]}`, read by {result["readout"]}.
- Learnt from {result["train_judgments"]} judgments of {result["train_captions"]} captions, snapshot
  `{snapshot}`.
- Adapted by Crest; the settings stand in `scorer.json` and `manifest.json`.

## How well it agrees with people

{report["captions"]} captions of {report["videos"]} videos that it never learnt from.
{intervals(report)} The ceiling is one person against the others on the same captions.

| Mean over dimensions | Scorer | Ceiling |
|---|---|---|
{figures}

| Dimension | SRCC | Mean absolute error |
|---|---|---|
{dimensions}

{"".join(_beside(result))}{LIMITS}"""


def _beside(result: Mapping[str, Any]) -> Iterable[str]:
    if result.get("baselines"):
        yield "## Beside it\n\nWhat a scorer must beat on the same captions.\n\n"
        yield _table(["", *(NAMES[name] for name in FIGURES)], baseline_rows(result))
        yield "".join("- {}: {}.\n".format(*BASELINES[name]) for name in result["baselines"]) + "\n"
    if "twins" in result:
        twins = result["twins"]
        yield "## Degraded twins\n\n"
        yield f"{twins_note(twins) if twins['twins'] else NO_TWINS}\n\n"
        if twins["twins"]:
            head = ["Made wrong", "Twins", *map(str.capitalize, OF_TWINS)]
            yield _table(head, twin_rows(twins))


def _table(head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    lines = [head, ["---"] * len(head), *([name, *cells] for name, cells in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _ceiling(report: Mapping[str, Any], name: str) -> str:
    return text(report["average_ceiling"][name]) if name in report["average_ceiling"] else ""
