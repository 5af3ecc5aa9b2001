"""The report as one HTML page that needs no network: figures, and the pictures behind them."""

from collections.abc import Iterable, Sequence
from html import escape

from scorer import html
from scorer.evaluation.beside import beside
from scorer.evaluation.pictures import density, figure, reliability
from scorer.evaluation.words import JSON, NAMES, ONE_VIDEO, OVER_VIDEOS, text


def page(result: JSON, *, title: str) -> str:
    """HTML of a training's result, or of any that has a `report`."""
    report = result["report"]
    about = (
        f"<p>{report['captions']} captions of {report['videos']} videos that it never learnt from."
        f" {intervals(report)} The ceiling is one person, drawn by lot for each caption, against"
        " the others.</p>"
    )
    dimensions = (
        part for name, of_one in report["dimensions"].items() for part in _of(name, of_one)
    )
    return html.document(title, [about, *_average(report), *beside(result), *dimensions])


def intervals(report: JSON) -> str:
    """What intervals there are, once for all figures."""
    return ONE_VIDEO if report["videos"] == 1 else OVER_VIDEOS


def _average(report: JSON) -> Iterable[str]:
    yield "<h2>On average over the dimensions</h2>"
    yield _table(report["average"], report["average_ceiling"])
    yield "<h2>Choosing by the mean of the involved dimensions</h2>"
    yield _table(report["overall"], {})


def _of(name: str, of_one: JSON) -> Iterable[str]:
    yield f"<h2>{escape(name.capitalize())} <small>{of_one['captions']} captions</small></h2>"
    yield _table(of_one["figures"], of_one["ceiling"])
    yield '<div class="plots">'
    yield figure("Human level by predicted level; darker: more captions", density(of_one))
    yield figure("Share of people by the scorer's confidence", reliability(of_one))
    yield "</div>"
    yield _confusion(of_one["confusion"])


def _table(figures: JSON, ceiling: JSON) -> str:
    rows = (
        (NAMES[name], [text(value), text(ceiling[name]) if name in ceiling else ""])
        for name, value in figures.items()
    )
    return html.table(["Figure", "Scorer", "Ceiling"], rows)


def _confusion(counts: Sequence[Sequence[int]]) -> str:
    rows = ((f"People say {level}", list(map(str, row))) for level, row in enumerate(counts))
    return html.table(["", *(f"says {level}" for level in range(len(counts)))], rows)
