"""Votes weighted by what the rater model knows of those who gave them.

A level from somebody who sees sharply teaches more than one from somebody who wavers: within a
dimension a vote weighs the inverse square of its giver's noise, times the share of levels that are
not guesses, and one in the mean over all votes. The model is fitted on the same training ratings;
whoever rated little is thought to be like the others, so that their votes weigh about one.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from scorer import raters
from scorer.ratings import Ratings
from scorer.rubric import Dimension
from scorer.snapshot import Example, Vote
from scorer.tables import Floats

MOST: Final = 4.0
"""Nobody's votes weigh more than so many votes, nor less than one in so many."""

Weighed = Mapping[Dimension, Sequence[float]]


def weigh(
    by_video: Mapping[str, Sequence[Example]], votes: Sequence[Vote]
) -> dict[int, dict[Dimension, list[float]]]:
    """For each caption and dimension the summed weights of the votes on levels 0 to 5."""
    number = {video: place for place, video in enumerate(by_video)}
    video_of = {
        example.caption.id: number[video]
        for video, examples in by_video.items()
        for example in examples
    }
    people = {person: place for place, person in enumerate(sorted({v.annotator for v in votes}))}
    found: dict[int, dict[Dimension, list[float]]] = {caption: {} for caption in video_of}
    for dimension in Dimension:
        of_one = [v for v in votes if v.dimension is dimension and v.caption in video_of]
        if not of_one:
            continue
        ratings = Ratings.of(
            item=[vote.caption for vote in of_one],
            video=[video_of[vote.caption] for vote in of_one],
            annotator=[people[vote.annotator] for vote in of_one],
            level=[vote.level for vote in of_one],
        )
        for vote, weight in zip(of_one, weights(ratings).tolist(), strict=True):
            row = found[vote.caption].setdefault(dimension, [0.0] * 6)
            row[vote.level] += weight
    return found


def weights(ratings: Ratings) -> Floats:
    """Of each rating of one dimension; 1 in the mean."""
    people = raters.fit(ratings).annotators
    sharp_A = (1 - people.guessing) / np.square(people.noise)
    sharp_N = sharp_A[np.searchsorted(people.annotator, ratings.annotator)]
    bounded_N = np.clip(sharp_N / sharp_N.mean(), 1 / MOST, MOST)
    weight_N: Floats = bounded_N / bounded_N.mean()
    return weight_N
