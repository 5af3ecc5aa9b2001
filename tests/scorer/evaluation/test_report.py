"""The report holds what there is, with intervals over videos, and says why something is not."""

import json

import pytest

from scorer.evaluation import evaluate
from scorer.rubric import Dimension
from scorer.snapshot import Example
from tests.scorer.evaluation.judging import judged


def test_is_json_and_the_same_each_time() -> None:
    rows = judged(12, noise=0.3)
    one, other = (evaluate(rows, resamples=40).as_json() for _ in range(2))
    text = json.dumps(one, allow_nan=False)
    assert text == json.dumps(other, allow_nan=False)
    assert (one["captions"], one["videos"], one["resamples"]) == (48, 12, 40)
    camera = one["dimensions"]["camera"]
    assert camera["captions"] == 48
    assert sum(map(sum, camera["confusion"])) == 48
    assert sum(row["captions"] for row in camera["reliability"]) == 48
    assert sum(count for _, _, count in camera["density"]) <= 48


def test_a_better_scorer_has_better_figures() -> None:
    good, bad = (evaluate(judged(30, noise=noise), resamples=40) for noise in (0.1, 0.9))
    for name in ("srcc", "plcc", "tau_b", "qwk", "pairs", "f1_involved"):
        assert good.average[name].value > bad.average[name].value, name
    for name in ("mae", "ece", "regret"):
        assert good.average[name].value < bad.average[name].value, name
    assert good.overall["regret"].value < good.overall["regret_random"].value
    srcc = good.average["srcc"]
    assert srcc.low < srcc.value < srcc.high
    assert srcc.high - srcc.low < 0.3


def test_people_are_as_good_as_their_votes_agree() -> None:
    report = evaluate(judged(30, noise=0.5), resamples=40)
    assert 0.3 < report.average_ceiling["srcc"].value < 1
    assert "ece" not in report.average_ceiling


def test_more_videos_narrow_the_interval() -> None:
    few, many = (evaluate(judged(n, noise=0.3), resamples=60).average["mae"] for n in (8, 80))
    assert many.high - many.low < (few.high - few.low) / 2


@pytest.mark.parametrize(("videos", "reason"), [(0, "undefined"), (1, "one-video")])
def test_says_why_there_is_none(videos: int, reason: str) -> None:
    report = evaluate(judged(videos, noise=0.3), resamples=10)
    mae = report.average["mae"]
    assert (mae.low, mae.high, mae.reason) == (None, None, reason)
    assert (mae.value is None) == (videos == 0)


def test_a_dimension_that_nobody_rated_is_left_out_of_the_average() -> None:
    rows = [
        (score, Example(example.caption, {Dimension.OBJECT: example.votes[Dimension.OBJECT]}))
        for score, example in judged(20, noise=0.3)
    ]
    report = evaluate(rows, resamples=20)
    assert report.dimensions["camera"].figures["srcc"].reason == "undefined"
    assert report.average["srcc"] == report.dimensions["object"].figures["srcc"]
