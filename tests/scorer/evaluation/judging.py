"""People and a scorer made up by lot."""

import numpy as np

from scorer.evaluation.columns import Judged
from scorer.levels import Score
from scorer.rubric import Dimension
from scorer.snapshot import Caption, Example


def judged(videos: int, *, noise: float, seed: int = 0) -> list[Judged]:
    """Four captions a video that three people rated, and a scorer that is as far off as `noise`."""
    dice = np.random.default_rng(seed)
    found: list[Judged] = []
    for number in range(videos * 4):
        probabilities, votes = {}, {}
        for dimension in Dimension:
            truth = dice.dirichlet(np.full(6, 0.3))
            votes[dimension] = tuple(map(int, dice.multinomial(3, truth)))
            said = (1 - noise) * truth + noise * dice.dirichlet(np.ones(6))
            probabilities[dimension] = tuple(map(float, said))
        caption = Caption(number, f"video-{number // 4}", "model", "detailed", "words")
        found.append((Score(probabilities), Example(caption, votes)))
    return found
