"""The pictures of the report's page, in SVG."""

from collections.abc import Sequence
from html import escape
from math import log
from typing import Final

from scorer.evaluation.words import JSON

SIDE: Final = 160
MARGIN: Final = 24
WIDE: Final = 2 * SIDE
"""Of a line's picture, which is as high as the others."""


def figure(caption: str, picture: str, width: int = SIDE) -> str:
    said = escape(caption)
    box = f"0 0 {width + 2 * MARGIN} {SIDE + 2 * MARGIN}"
    return (
        f'<figure><svg viewBox="{box}" role="img" aria-label="{said}">{picture}</svg>'
        f"<figcaption>{said}</figcaption></figure>"
    )


def density(of_one: JSON) -> str:
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


def reliability(of_one: JSON) -> str:
    most = max((row["captions"] for row in of_one["reliability"]), default=1)
    marks = []
    for row in of_one["reliability"]:
        x, y = _place(row["confidence"], row["share"], 0, 1)
        radius = 2 + 6 * (row["captions"] / most) ** 0.5
        marks.append(f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    return _frame(0, 1) + "".join(marks)


def line(points: Sequence[tuple[float, float]], *, logarithmic: bool = False) -> str:
    """A line through two points or more, in order of x; y goes from its lowest to its highest."""
    across = [log(x) if logarithmic else x for x, _ in points]
    up = [y for _, y in points]
    xs = [_along(x, across, WIDE) for x in across]
    ys = [SIDE + 2 * MARGIN - _along(y, up, SIDE) for y in up]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    dots = "".join(
        f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'
        for x, y in zip(xs, ys, strict=True)
    )
    marks = "".join(
        f'<text x="{place:.0f}" y="{SIDE + MARGIN + 12}" text-anchor="middle">{at:,g}</text>'
        for place, at in ((xs[0], points[0][0]), (xs[-1], points[-1][0]))
    )
    levels = "".join(
        f'<text x="{MARGIN - 3}" y="{SIDE + 2 * MARGIN - _along(y, up, SIDE) + 3:.0f}"'
        f' text-anchor="end">{y:.2f}</text>'
        for y in sorted({min(up), max(up)})
    )
    axis = f'<path class="axis" d="M{MARGIN} {MARGIN}V{MARGIN + SIDE}H{MARGIN + WIDE}"/>'
    return f'{axis}{marks}{levels}<polyline class="line" points="{path}"/>{dots}'


def _along(value: float, values: Sequence[float], length: int) -> float:
    low, high = min(values), max(values)
    return MARGIN + length * ((value - low) / (high - low) if high > low else 0.5)


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
