"""What more ratings are worth, by hand and by the law that it assumes."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.loop.growth import Point, fit, points


def exactly(level: float, slope: float, sizes: list[int]) -> list[Point]:
    return [Point(ratings=n, srcc=level - slope / sqrt(n)) for n in sizes]


@given(st.floats(-1, 1), st.floats(-5, 5))
def test_finds_the_curve_that_points_lie_on(level: float, slope: float) -> None:
    curve = fit(exactly(level, slope, [25, 50, 100, 400]))

    assert curve is not None
    assert (curve.level, curve.slope) == pytest.approx((level, slope), abs=1e-9)
    gain = curve.gain(100, 300)
    assert gain.value == pytest.approx(slope * (1 / 10 - 1 / 20), abs=1e-9)
    assert (gain.low, gain.high) == pytest.approx((gain.value, gain.value), abs=1e-6)


def test_the_interval_is_that_of_the_slope() -> None:
    """Three points off a line: Student's t with one degree of freedom."""
    curve = fit(
        [Point(ratings=4, srcc=0.1), Point(ratings=16, srcc=0.5), Point(ratings=64, srcc=0.5)]
    )

    assert curve is not None
    # x = .5, .25, .125; least squares by hand: slope -1.1428..., residuals -.0286, .0857, -.0571
    assert curve.slope == pytest.approx(8 / 7)
    squares = 0.0285714**2 * (1 + 9 + 4)
    error = sqrt(squares / 1 / 0.0729167)  # sum of (x - mean)^2
    assert curve.error == pytest.approx(12.7062 * error, rel=1e-3)
    gain = curve.gain(64, 192)
    assert gain.value == pytest.approx(8 / 7 / 16)
    assert gain.low < 0 < gain.high


@pytest.mark.parametrize("sizes", [[], [10], [10, 20], [10, 10, 10, 20]])
def test_two_sizes_are_no_curve(sizes: list[int]) -> None:
    assert fit(exactly(0.8, 1.0, sizes)) is None


def test_five_judgments_are_a_rating_and_what_is_undefined_is_left_out() -> None:
    learnt = [
        {"judgments": 50, "srcc": 0.4},
        {"judgments": 100, "srcc": None},
        {"judgments": 0, "srcc": 0.0},
    ]
    assert points(learnt, per_rating=5) == [Point(ratings=10, srcc=0.4)]


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_more_ratings_are_worth_more_and_each_worth_less(ratings: int, more: int) -> None:
    curve = fit(exactly(0.9, 2.0, [10, 100, 1000]))
    assert curve is not None
    once, twice = curve.gain(ratings, more).value, curve.gain(ratings, 2 * more).value
    assert 0 < once < twice < 2 * once
