"""What each caption deserves on each dimension, as the rater model sees its judgments together."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from scorer import raters
from scorer.ratings import Ratings

DIGITS: Final = 4
"""Decimals that are kept: in those beyond, machines that compute in another order may differ."""
FIGURES: Final = ("involved", "level", "level_sd", "plain_involved", "plain_level")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The judgments of one dimension. 21 bytes of memory each."""

    item: "array[int]" = field(default_factory=lambda: array("q"))
    video: "array[int]" = field(default_factory=lambda: array("i"))
    annotator: "array[int]" = field(default_factory=lambda: array("q"))
    level: "array[int]" = field(default_factory=lambda: array("b"))

    def ratings(self) -> Ratings:
        columns = (self.item, self.video, self.annotator, self.level)
        item, video, annotator, level = map(np.array, columns)
        return Ratings.of(item=item, video=video, annotator=annotator, level=level)


class Aggregates:
    """Takes judgments in as they pass, and then fits the model of each dimension."""

    def __init__(self) -> None:
        self._of: dict[str, _Columns] = defaultdict(_Columns)
        self._videos: dict[str, int] = {}

    def noting(self, judgments: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """Pass judgments on, each with the video that it belongs to."""
        for video, row in judgments:
            columns = self._of[row["dimension"]]
            columns.item.append(row["caption"])
            columns.video.append(self._videos.setdefault(video, len(self._videos)))
            columns.annotator.append(int(row["annotator"][1:]))
            columns.level.append(row["level"])
            yield video, row

    def lines(self) -> Iterator[Row]:
        """By caption and dimension, once all judgments have passed."""
        models = {
            name: raters.fit(columns.ratings()).items for name, columns in sorted(self._of.items())
        }
        if not models:
            return
        captions = np.concatenate([items.item for items in models.values()])
        names = np.repeat(list(models), [len(items.item) for items in models.values()])
        columns = {
            figure: np.concatenate([getattr(items, figure) for items in models.values()])
            for figure in ("ratings", *FIGURES)
        }
        for place in np.lexsort((names, captions)):
            yield {
                "caption": int(captions[place]),
                "dimension": str(names[place]),
                "ratings": int(columns["ratings"][place]),
                **{figure: _told(columns[figure][place]) for figure in FIGURES},
            }


def _told(figure: float) -> float | None:
    """None, where nobody gave a level."""
    return None if np.isnan(figure) else round(float(figure), DIGITS)
