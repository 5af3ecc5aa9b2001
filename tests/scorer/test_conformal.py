"""The promise is kept on captions that were never seen, and is not made without enough of them."""

import numpy as np
import pytest

from scorer import conformal
from scorer.levels import Score
from scorer.metrics import Pair
from scorer.rubric import Dimension


def pairs(count: int, dice: np.random.Generator) -> list[Pair]:
    said = dice.uniform(1, 5, count)
    return [Pair(x, x + e) for x, e in zip(said, dice.standard_t(3, count), strict=True)]


@pytest.mark.parametrize("known", [9, 20, 200])
def test_nine_in_ten_lie_within_however_many_were_known(known: int) -> None:
    dice = np.random.default_rng(known)
    shares = []
    for _ in range(600):
        width = conformal.half_widths({Dimension.OBJECT: pairs(known, dice)})[Dimension.OBJECT]
        new = pairs(50, dice)
        shares.append(np.mean([abs(p.predicted - p.human) <= width for p in new]))
    # At least as promised, and by no more than one part in as many as were known.
    assert conformal.COVERAGE - 0.01 < np.mean(shares) < conformal.COVERAGE + 1 / (known + 1) + 0.01


def test_eight_are_too_few() -> None:
    few = {Dimension.CAMERA: pairs(8, np.random.default_rng(0))}
    assert conformal.half_widths(few) == {}


def test_an_interval_stays_on_the_scale() -> None:
    certain = dict.fromkeys(Dimension, (0.0, 0.0, 0.0, 0.0, 0.0, 1.0))
    score = Score(certain, {Dimension.ACTION: 0.7})
    assert score.intervals == {Dimension.ACTION: (pytest.approx(4.3), 5.0)}
    assert score.as_json()["intervals"] == score.intervals
