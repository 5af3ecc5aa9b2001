"""Ratings with items, videos, annotators and answers numbered from 0, ready for adding up.

Shape suffixes: N ratings, I items, V videos, K answers, A annotators.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ints, Ratings
from scorer.rubric import INVOLVED_LEVELS, NOT_INVOLVED

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """Each rating's item, annotator and answer, each item's video and what it was given."""

    item_N: Ints
    annotator_N: Ints
    answer_N: Ints
    video_I: Ints
    counts_IK: Floats
    """How often each item got each answer."""
    raters_I: Floats
    kind_N: Ints
    """The annotator's number times the number of answers, plus the answer."""
    videos: int
    annotators: int

    @property
    def items(self) -> int:
        return len(self.video_I)

    @property
    def answers(self) -> int:
        return int(self.counts_IK.shape[1])

    @property
    def kinds(self) -> int:
        """Each annotator's each answer is a kind of rating."""
        return self.annotators * self.answers

    @property
    def shared(self) -> int:
        """How many items two annotators or more rated: what agreement is about."""
        return int((self.raters_I > 1).sum())


def applicability(ratings: Ratings) -> Table:
    """The answers 0 (not involved) and 1 (involved)."""
    return tabulate(ratings, (ratings.level != NOT_INVOLVED).astype(np.int64), answers=2)


def levels(ratings: Ratings) -> Table:
    """The answers 0 to 4 for the levels 1 to 5; ratings of 0 are left out."""
    given = ratings.involved()
    return tabulate(given, given.level - INVOLVED_LEVELS[0], answers=len(INVOLVED_LEVELS))


def tabulate(ratings: Ratings, answer_N: Ints, *, answers: int) -> Table:
    """Number everything from 0; `answer_N` says in place of the level what each rating answers."""
    _, first_I, item_N = np.unique(ratings.item, return_index=True, return_inverse=True)
    videos, video_I = np.unique(ratings.video[first_I], return_inverse=True)
    annotators, annotator_N = np.unique(ratings.annotator, return_inverse=True)
    items = len(first_I)
    counts = np.bincount(item_N * answers + answer_N, minlength=items * answers)
    counts_IK = counts.reshape(items, answers).astype(np.float64)
    return Table(
        item_N=item_N,
        annotator_N=annotator_N,
        answer_N=answer_N,
        video_I=video_I,
        counts_IK=counts_IK,
        raters_I=counts_IK.sum(axis=1),
        kind_N=annotator_N * answers + answer_N,
        videos=len(videos),
        annotators=len(annotators),
    )
