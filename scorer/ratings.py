"""Ratings of one dimension as parallel columns: whose level of which item of which video."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scorer.rubric import LEVELS, NOT_INVOLVED

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratings:
    """The row n says that `annotator[n]` gave `item[n]`, a caption of `video[n]`, `level[n]`.

    Items, videos and annotators are any numbers, such as primary keys. Whoever did not rate an item
    has no row. Nobody rates an item twice: of revisions pass the last. ValueError otherwise.
    """

    item: Ints
    video: Ints
    annotator: Ints
    level: Ints
    """0 is not involved, 1 totally incorrect to 5 totally correct."""

    @classmethod
    def of(
        cls, *, item: ArrayLike, video: ArrayLike, annotator: ArrayLike, level: ArrayLike
    ) -> Self:
        """Ratings from lists, or from arrays of other integers."""
        columns = (np.asarray(column) for column in (item, video, annotator, level))
        return cls(**dict(zip(cls.__slots__, map(_integers, columns), strict=True)))

    def __post_init__(self) -> None:
        if len({column.shape for column in self._columns()}) > 1 or self.item.ndim != 1:
            raise ValueError("the columns of ratings differ in length")
        if not np.isin(self.level, [level.value for level in LEVELS]).all():
            raise ValueError("a level is not on the scale")
        if _distinct(self.item, self.annotator) < len(self):
            raise ValueError("an annotator rated an item twice")
        if _distinct(self.item, self.video) > len(np.unique(self.item)):
            raise ValueError("an item belongs to two videos")

    def __len__(self) -> int:
        return len(self.item)

    def where(self, mask: NDArray[np.bool_]) -> "Ratings":
        """Only the rows that the mask holds."""
        item, video, annotator, level = (column[mask] for column in self._columns())
        return Ratings(item=item, video=video, annotator=annotator, level=level)

    def involved(self) -> "Ratings":
        """Only the rows that have a level from 1 to 5."""
        return self.where(self.level != NOT_INVOLVED)

    def _columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.item, self.video, self.annotator, self.level


def _integers(column: NDArray[np.generic]) -> Ints:
    if column.size and not np.issubdtype(column.dtype, np.integer):
        raise ValueError("ratings are whole numbers")
    return column.astype(np.int64)


def _distinct(one: Ints, other: Ints) -> int:
    """How many pairs there are. Sorting one number a row is far faster than sorting rows."""
    if not len(one):
        return 0
    places = np.unique(other, return_inverse=True)[1]
    return len(np.unique(np.unique(one, return_inverse=True)[1] * (places.max() + 1) + places))
