"""One dimension of what was judged, as columns: what the scorer said beside what people said.

Shape suffixes: N captions, V videos, 6 levels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scorer import levels
from scorer.levels import Score
from scorer.rubric import INVOLVED_LEVELS, Dimension
from scorer.snapshot import Example
from scorer.tables import Floats

Judged = tuple[Score, Example]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The captions that people rated on one dimension."""

    predicted_N6: Floats
    """The scorer's probabilities; for a person, all of it on the level they gave."""
    votes_N6: Floats
    video_N: Ints
    """Numbered from 0."""

    def __len__(self) -> int:
        return len(self.video_N)

    @property
    def level_N(self) -> Floats:  # noqa: N802 - a shape
        """The predicted level, given that the dimension is involved; NaN where it never is."""
        return _mean_level(self.predicted_N6)

    @property
    def human_N(self) -> Floats:  # noqa: N802 - a shape
        """People's mean level; NaN where most of them say that the dimension is not involved."""
        return np.where(self.involved_N, _mean_level(self.votes_N6), np.nan)

    @property
    def involved_N(self) -> Bools:  # noqa: N802 - a shape
        """Whether at least half of the people say so."""
        return _share_involved(self.votes_N6) >= levels.EVEN

    @property
    def said_involved_N(self) -> Bools:  # noqa: N802 - a shape
        return _share_involved(self.predicted_N6) >= levels.EVEN

    @property
    def compared(self) -> "Column":
        """Only the captions that have a level on both sides."""
        return self.where(np.isfinite(self.level_N) & np.isfinite(self.human_N))

    def where(self, chosen: Bools | Ints) -> "Column":
        return Column(*(getattr(self, field.name)[chosen] for field in fields(self)))


def _share_involved(table_N6: Floats) -> Floats:
    share_N: Floats = table_N6[:, 1:].sum(axis=1) / np.maximum(table_N6.sum(axis=1), 1e-12)
    return share_N


def _mean_level(table_N6: Floats) -> Floats:
    weight_N = table_N6[:, 1:].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(
            weight_N > 0, table_N6[:, 1:] @ np.array(INVOLVED_LEVELS) / weight_N, np.nan
        )


def numbered(judged: Sequence[Judged]) -> dict[str, int]:
    """The videos of what was judged, numbered from 0."""
    videos = sorted({example.caption.video for _, example in judged})
    return {video: number for number, video in enumerate(videos)}


def column(judged: Sequence[Judged], dimension: Dimension, number: Mapping[str, int]) -> Column:
    """The column of a dimension: captions on which somebody rated it."""
    rated = [
        (score.probabilities[dimension], example.votes[dimension], number[example.caption.video])
        for score, example in judged
        if sum(example.votes.get(dimension, ()))
    ]
    predicted, votes, videos = zip(*rated, strict=True) if rated else ((), (), ())
    return Column(
        np.array(predicted, dtype=np.float64).reshape(-1, 6),
        np.array(votes, dtype=np.float64).reshape(-1, 6),
        np.array(videos, dtype=np.int64),
    )


def one_against_the_others(of: Column, *, seed: int) -> Column:
    """The ceiling: one vote of each caption, drawn by lot, in the scorer's place.

    Only captions with two votes or more; the others' votes are what it is held against.
    """
    shared = of.where(of.votes_N6.sum(axis=1) > 1)
    dice = np.random.default_rng(seed)
    place_N = dice.random(len(shared)) * shared.votes_N6.sum(axis=1)
    level_N = (shared.votes_N6.cumsum(axis=1) <= place_N[:, None]).sum(axis=1)
    said_N6 = np.eye(6)[level_N]
    return Column(said_N6, shared.votes_N6 - said_N6, shared.video_N)
