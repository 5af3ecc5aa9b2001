"""The report: every figure with an interval, beside what one person reaches against the others.

Whole videos are drawn with replacement, the same ones for every dimension and for the ceiling, so
that averages have intervals too.

Shape suffixes: N captions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from scorer.evaluation.columns import Column, Ints, Judged, column, numbered, one_against_the_others
from scorer.evaluation.drawn import Drawn, Values, average
from scorer.evaluation.figures import OF_ROWS, reliability
from scorer.metrics import human_level
from scorer.rubric import Dimension
from scorer.tables import Floats

FORMAT: Final = "crest.evaluation/1"
RESAMPLES: Final = 300
OVERALL: Final = "overall"
"""The mean over a caption's involved dimensions: what selection goes by."""

CELLS: Final = 16
"""Of the density of predicted against human levels, on each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfDimension:
    """What is known of one dimension, or of all together."""

    captions: int
    figures: Values
    ceiling: Values
    """The same, with one person in the scorer's place, on captions that several rated."""

    confusion: list[list[int]]
    """Rows: people's likeliest level, 0 to 5; columns: the scorer's."""

    reliability: list[dict[str, float]]
    density: list[tuple[float, float, int]]
    """Predicted level, human level, captions: the middle of each cell that holds any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    captions: int
    videos: int
    resamples: int
    dimensions: dict[str, OfDimension]
    average: Values
    """Of each figure, over the dimensions that have it."""
    average_ceiling: Values
    overall: Values
    """Pairs and regret by the mean over involved dimensions."""
    format: str = FORMAT

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def evaluate(judged: Sequence[Judged], *, resamples: int = RESAMPLES, seed: int = 0) -> Report:
    """Hold scores against people's votes. The same seed gives the same intervals."""
    number = numbered(judged)
    columns = {d.value: column(judged, d, number) for d in Dimension}
    others = {d: one_against_the_others(of, seed=seed) for d, of in columns.items()}
    drawn = Drawn(len(number), resamples, seed)
    figures = {d: drawn.of_column(of) for d, of in columns.items()}
    people = OF_ROWS.keys() - {"ece"}  # whoever gives one level is always sure of it
    ceilings = {d: drawn.of_column(of, only=people) for d, of in others.items()}
    return Report(
        captions=len(judged),
        videos=len(number),
        resamples=resamples,
        dimensions={
            d: OfDimension(
                captions=len(of),
                figures=drawn.values(figures[d]),
                ceiling=drawn.values(ceilings[d]),
                confusion=_confusion(of),
                reliability=_reliability(of),
                density=_density(of),
            )
            for d, of in columns.items()
        },
        average=drawn.values(average(list(figures.values()))),
        average_ceiling=drawn.values(average(list(ceilings.values()))),
        overall=drawn.values(drawn.of_videos(*overall(judged, number))),
    )


def overall(judged: Sequence[Judged], number: Mapping[str, int]) -> tuple[Floats, Floats, Ints]:
    """Means over the involved dimensions, the scorer's and people's, with the video of each."""
    rows = []
    for score, example in judged:
        levels = [human_level(counts) for counts in example.votes.values()]
        known = [level for level in levels if level is not None]
        if known:
            rows.append((score.mean_involved, np.mean(known), number[example.caption.video]))
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int64)


def _confusion(of: Column) -> list[list[int]]:
    table = np.zeros((6, 6), dtype=int)
    np.add.at(table, (of.votes_N6.argmax(axis=1), of.predicted_N6.argmax(axis=1)), 1)
    return [list(map(int, row)) for row in table]


def _reliability(of: Column) -> list[dict[str, float]]:
    return [
        {"confidence": float(confidence), "share": float(share), "captions": int(count)}
        for confidence, share, count in zip(*reliability(of), strict=True)
        if count
    ]


def _density(of: Column) -> list[tuple[float, float, int]]:
    both = of.compared
    edges = np.linspace(1, 5, CELLS + 1)
    counts, _, _ = np.histogram2d(both.level_N, both.human_N, bins=(edges, edges))
    middles = ((edges[1:] + edges[:-1]) / 2).tolist()
    return [(middles[x], middles[y], int(counts[x, y])) for x, y in np.argwhere(counts)]
