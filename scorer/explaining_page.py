"""An explanation as one HTML page: frames, levels, and the words that the model read."""

import base64
import io
from collections.abc import Iterable
from html import escape
from typing import Final

from PIL import Image

from scorer.explaining import Explanation
from scorer.frames import Pixels
from scorer.html import document
from scorer.likelihood import FLOOR
from scorer.rubric import Dimension

QUALITY: Final = 85
"""Of the frames on the page; the model saw them without loss."""


def page(explained: Explanation) -> str:
    """HTML that shows everything the model was given for this caption."""
    return document("Why this score?", _parts(explained))


def _parts(explained: Explanation) -> Iterable[str]:
    yield f"<blockquote>{escape(explained.caption)}</blockquote>"
    card = explained.card
    by = f"{card.model}, read by {card.readout}, prompt {card.prompt}"
    yield f"<p>{escape(explained.video)}<br><small>{escape(by)}</small></p>"
    yield "<h2>What it saw</h2>"
    yield f'<div class="plots">{"".join(_frames(explained))}</div>'
    yield "<h2>What it says</h2>"
    yield _levels(explained)
    if explained.reading.words:
        yield "<h2>How it finds each word</h2>"
        yield "<p>The more colour a word has, the less the model expected it after what it saw.</p>"
        yield f"<p>{''.join(_words(explained))}</p>"
    yield "<h2>What it read</h2>"
    yield from _texts(explained)


def _frames(explained: Explanation) -> Iterable[str]:
    for number, (frame, second) in enumerate(
        zip(explained.clip.pixels, explained.clip.times, strict=True), start=1
    ):
        about = f"Frame {number}, at {second:.2f} s"
        source = f"data:image/jpeg;base64,{_jpeg(frame)}"
        image = f'<img alt="{about}" src="{source}">'
        yield f"<figure>{image}<figcaption>{about}</figcaption></figure>"


def _jpeg(frame: Pixels) -> str:
    file = io.BytesIO()
    Image.fromarray(frame).save(file, format="JPEG", quality=QUALITY)
    return base64.b64encode(file.getvalue()).decode("ascii")


def _levels(explained: Explanation) -> str:
    score = explained.score
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Dimension", "Level", "Involved", "0", "1", "2", "3", "4", "5")
    )
    rows = "".join(
        f'<tr><th scope="row">{dimension}</th><td>{_level(explained, dimension)}</td>'
        f"<td>{score.involved[dimension]:.2f}</td>"
        + "".join(f"<td>{p:.2f}</td>" for p in probabilities)
        + "</tr>"
        for dimension, probabilities in score.probabilities.items()
    )
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f"<p>Mean over the involved dimensions: {score.mean_involved:.2f}</p>"
    )


def _level(explained: Explanation, dimension: Dimension) -> str:
    level = f"{explained.score.expected[dimension]:.2f}"
    interval = explained.score.intervals.get(dimension)
    return f"{level} [{interval[0]:.2f}, {interval[1]:.2f}]" if interval else level


def _words(explained: Explanation) -> Iterable[str]:
    for text, log_p in explained.reading.words:
        share = round(60 * min(log_p / FLOOR, 1.0))
        shade = f"color-mix(in srgb, var(--mark) {share}%, transparent)"
        yield f'<span style="background: {shade}" title="log p = {log_p:.2f}">{escape(text)}</span>'


def _texts(explained: Explanation) -> Iterable[str]:
    """Each text once, under the dimensions that were read from it."""
    by_text: dict[str, list[Dimension]] = {}
    for dimension, text in explained.reading.texts.items():
        by_text.setdefault(text, []).append(dimension)
    for text, dimensions in by_text.items():
        asked = ", ".join(dimensions)
        yield f"<details><summary>{asked}</summary><pre>{escape(text)}</pre></details>"
