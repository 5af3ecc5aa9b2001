"""Two scorers before the same people: paired draws tell apart what single intervals cannot."""

import json

import numpy as np
import pytest

from scorer.evaluation import compare, evaluate
from scorer.evaluation.columns import Judged
from scorer.levels import Score
from tests.scorer.evaluation.judging import judged


def blurred(rows: list[Judged], share: float) -> list[Judged]:
    """The same judgments, a little less sure of themselves and so a little less right."""
    dice = np.random.default_rng(7)
    return [
        (
            Score(
                {
                    d: tuple((1 - share) * np.array(p) + share * dice.dirichlet(np.ones(6)))
                    for d, p in score.probabilities.items()
                }
            ),
            example,
        )
        for score, example in rows
    ]


def test_a_small_difference_shows_before_the_intervals_part() -> None:
    ours = judged(40, noise=0.3)
    theirs = blurred(ours, 0.15)
    one, other = (evaluate(rows, resamples=100).average["srcc"] for rows in (ours, theirs))
    assert one.low < other.high  # alone they say nothing
    found = compare(ours, theirs, resamples=100)
    assert found.average["srcc"].verdict == "better"
    assert found.average["mae"].verdict == "better"
    back = compare(theirs, ours, resamples=100)
    assert back.average["srcc"].verdict == "worse"
    assert back.average["srcc"].difference.value == -found.average["srcc"].difference.value


def test_is_json_with_the_figures_of_each() -> None:
    ours, theirs = judged(12, noise=0.2), judged(12, noise=0.6)
    told = json.loads(json.dumps(compare(ours, theirs, resamples=30).as_json(), allow_nan=False))
    report = evaluate(ours, resamples=30)
    assert told["average"]["qwk"]["one"] == report.average["qwk"].value
    assert told["overall"]["regret"]["one"] == report.overall["regret"].value
    assert "regret_random" not in told["overall"]


def test_nobody_is_better_than_themselves() -> None:
    rows = judged(12, noise=0.3)
    found = compare(rows, rows, resamples=30)
    assert {one.verdict for one in found.average.values()} == {"undecided"}


def test_only_what_both_have_judged_counts() -> None:
    rows = judged(12, noise=0.3)
    assert compare(rows, rows[:20], resamples=5).captions == 20
    with pytest.raises(ValueError, match="no caption in common"):
        compare(rows[:4], rows[4:], resamples=5)
