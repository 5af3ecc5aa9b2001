"""When a project will be done, and when nobody can tell."""

from math import sqrt

import numpy as np
import pytest

from annotation_site.quality.forecast import Unknown, forecast


def test_at_an_even_pace_the_end_is_certain() -> None:
    found = forecast([3, *[100] * 20], items=1000, remaining=500)

    assert (found.window, found.per_day, found.reason) == (14, 100.0, None)
    assert (found.days, found.low, found.high) == (5.0, 5.0, 5.0)


def test_the_bounds_solve_the_equation_of_the_prediction_interval() -> None:
    past = [80, 120, 100, 60, 140, 110, 90]
    found = forecast([1, *past], items=1000, remaining=2000)

    rate, spread = 100.0, 2.447 * np.std(past, ddof=1)
    assert found.days == pytest.approx(20.0)
    assert found.high is not None
    assert found.low is not None
    for days in (found.low, found.high):
        error = spread * sqrt(days + days**2 / len(past))
        assert abs(2000 - rate * days) == pytest.approx(error)
    assert found.low < 20 < found.high


def test_where_the_pace_may_be_none_there_is_no_latest_end() -> None:
    found = forecast([5, 0, 0, 0, 0, 0, 0, 300], items=1000, remaining=600)

    assert found.days == pytest.approx(14.0)
    assert found.low is not None
    assert found.low < 14
    assert found.high is None


def test_holds_the_end_nineteen_times_in_twenty() -> None:
    dice = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        days = dice.negative_binomial(4, 4 / (4 + 50), size=400)
        found = forecast([1, *days[:14].tolist()], items=1000, remaining=1000)
        took = int(np.searchsorted(np.cumsum(days[14:]), 1000)) + 1
        assert found.low is not None
        # The end falls within its last day.
        held += took >= found.low and (found.high is None or took - 1 <= found.high)

    assert 0.92 <= held / 400 <= 0.99


@pytest.mark.parametrize(
    ("counts", "items", "remaining", "reason"),
    [
        ([], 0, 0, Unknown.EMPTY),
        ([9, 9, 9, 9], 10, 0, Unknown.DONE),
        ([], 10, 30, Unknown.NEW),
        ([9, 9, 9], 10, 30, Unknown.NEW),
        ([9, *[0] * 14], 10, 30, Unknown.STALLED),
        ([9, 1, 0, 0], 10_000, 3000, Unknown.FAR),
    ],
)
def test_says_why_there_is_none(
    counts: list[int], items: int, remaining: int, reason: Unknown
) -> None:
    found = forecast(counts, items=items, remaining=remaining)

    assert found.reason == reason
    assert found.days is found.low is found.high is None
