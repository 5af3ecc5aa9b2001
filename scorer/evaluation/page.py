"""The report as one HTML page that needs no network: figures, and the pictures behind them."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from scorer.html import document

JSON = Mapping[str, Any]

NAMES: Final[Mapping[str, str]] = {
    "srcc": "SRCC",
    "plcc": "PLCC",
    "tau_b": "Kendall's tau-b",
    "qwk": "Quadratic kappa",
    "mae": "Mean absolute error",
    "pairs": "Pairs of a video in order",
    "pairs_with_ties": "Pairs, ties counted",
    "f1_involved": "F1, involved",
    "f1_not_involved": "F1, not involved",
    "ece": "Calibration error",
    "regret": "Selection regret, levels",
    "regret_random": "Regret of a random choice",
}
REASONS: Final[Mapping[str, str]] = {
    "undefined": "undefined: too little varies",
    "one-video": "one video only: no interval",
    "too-sparse": "too sparse for an interval",
    "all-alike": "all videos say the same: no interval",
}
SIDE: Final = 160
MARGIN: Final = 24


def page(report: JSON, *, title: str) -> str:
    """HTML of a report's JSON."""
    about = (
        f"<p>{report['captions']} captions of {report['videos']} videos that it never learnt from."
        " In brackets 95 % intervals over videos; the ceiling is one person, drawn by lot for each"
        " caption, against the others.</p>"
    )
    dimensions = (
        part for name, of_one in report["dimensions"].items() for part in _of(name, of_one)
    )
    return document(title, [about, *_average(report), *dimensions])


def _average(report: JSON) -> Iterable[str]:
    yield "<h2>On average over the dimensions</h2>"
    yield _table(report["average"], report["average_ceiling"])
    yield "<h2>Choosing by the mean of the involved dimensions</h2>"
    yield _table(report["overall"], {})


def _of(name: str, of_one: JSON) -> Iterable[str]:
    yield f"<h2>{escape(name.capitalize())} <small>{of_one['captions']} captions</small></h2>"
    yield _table(of_one["figures"], of_one["ceiling"])
    yield '<div class="plots">'
    yield _figure("Human level by predicted level; darker: more captions", _density(of_one))
    yield _figure("Share of people by the scorer's confidence", _reliability(of_one))
    yield "</div>"
    yield _confusion(of_one["confusion"])


def _table(figures: JSON, ceiling: JSON) -> str:
    rows = "".join(
        f'<tr><th scope="row">{NAMES[name]}</th><td>{text(value)}</td>'
        f"<td>{text(ceiling[name]) if name in ceiling else ''}</td></tr>"
        for name, value in figures.items()
    )
    head = '<tr><th scope="col">Figure</th><th scope="col">Scorer</th><th scope="col">Ceiling</th>'
    return f'<div class="wide"><table><thead>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def text(value: JSON) -> str:
    """A figure as it is read: `0.71 [0.66, 0.75]`, or why there is none."""
    if value["value"] is None:
        return REASONS[value["reason"]]
    if value["low"] is None:
        return f"{value['value']:.3f} ({REASONS[value['reason']]})"
    return f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}]"


def _confusion(counts: Sequence[Sequence[int]]) -> str:
    head = "".join(f'<th scope="col">says {level}</th>' for level in range(len(counts)))
    rows = "".join(
        f'<tr><th scope="row">People say {level}</th>'
        + "".join(f"<td>{count}</td>" for count in row)
        + "</tr>"
        for level, row in enumerate(counts)
    )
    return f'<div class="wide"><table><tr><td></td>{head}</tr>{rows}</table></div>'


def _figure(caption: str, picture: str) -> str:
    size = SIDE + 2 * MARGIN
    said = escape(caption)
    return (
        f'<figure><svg viewBox="0 0 {size} {size}" role="img" aria-label="{said}">{picture}</svg>'
        f"<figcaption>{said}</figcaption></figure>"
    )


def _place(x: float, y: float, low: float, high: float) -> tuple[float, float]:
    scale = SIDE / (high - low)
    return MARGIN + (x - low) * scale, MARGIN + SIDE - (y - low) * scale


def _frame(low: float, high: float) -> str:
    (x0, y0), (x1, y1) = _place(low, low, low, high), _place(high, high, low, high)
    marks = "".join(
        f'<text x="{_place(at, low, low, high)[0]:.0f}" y="{y0 + 12:.0f}">{at:g}</text>'
        f'<text x="{x0 - 16:.0f}" y="{_place(low, at, low, high)[1]:.0f}">{at:g}</text>'
        for at in (low, (low + high) / 2, high)
    )
    return f'<path class="axis" d="M{x0} {y1}V{y0}H{x1}M{x0} {y0}L{x1} {y1}"/>{marks}'


def _density(of_one: JSON) -> str:
    most = max((count for _, _, count in of_one["density"]), default=1)
    cell = SIDE / 16
    marks = []
    for level, human, count in of_one["density"]:
        x, y = _place(level, human, 1, 5)
        marks.append(
            f'<rect class="mark" x="{x - cell / 2:.1f}" y="{y - cell / 2:.1f}" width="{cell:.1f}"'
            f' height="{cell:.1f}" opacity="{0.15 + 0.85 * count / most:.2f}"/>'
        )
    return _frame(1, 5) + "".join(marks)


def _reliability(of_one: JSON) -> str:
    most = max((row["captions"] for row in of_one["reliability"]), default=1)
    marks = []
    for row in of_one["reliability"]:
        x, y = _place(row["confidence"], row["share"], 0, 1)
        radius = 2 + 6 * (row["captions"] / most) ** 0.5
        marks.append(f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    return _frame(0, 1) + "".join(marks)
