"""Who is far apart, and how far."""

import numpy as np
import pytest

from scorer.agreement import disputes
from scorer.ratings import Ratings


def ratings(*given: tuple[int, ...]) -> Ratings:
    """Of item n, on a video of its own, the levels that annotators 0, 1, … gave."""
    rows = [(n, who, level) for n, levels in enumerate(given) for who, level in enumerate(levels)]
    item, annotator, level = np.array(rows).T
    return Ratings(item=item, video=item, annotator=annotator, level=level)


@pytest.mark.parametrize(
    ("levels", "over", "width"),
    [
        ((5, 3), "level", 2),
        ((1, 5, 3), "level", 4),
        ((0, 4), "involved", 5),
        ((0, 4, 4), "involved", 10 / 3),
        ((0, 1, 5, 5, 5, 5), "level", 4),
    ],
)
def test_is_as_wide_as_the_levels_or_as_even_as_the_sides(
    levels: tuple[int, ...], over: str, width: float
) -> None:
    found = disputes(ratings(levels), most=9)

    assert found.over_involved.tolist() == [over == "involved"]
    assert found.width.tolist() == [pytest.approx(width)]


@pytest.mark.parametrize("levels", [(4, 5), (0, 0), (3,), (0,)])
def test_next_to_each_other_or_all_the_same_is_none(levels: tuple[int, ...]) -> None:
    assert disputes(ratings(levels), most=9).item.tolist() == []


def test_has_the_widest_last() -> None:
    given = ratings((5, 3), (0, 4), (1, 4), (4, 4))

    assert disputes(given, most=9).item.tolist() == [0, 2, 1]
    assert disputes(given, most=2).item.tolist() == [2, 1]


def test_of_nothing_is_nothing() -> None:
    nothing = np.empty(0, dtype=np.int64)
    given = Ratings(item=nothing, video=nothing, annotator=nothing, level=nothing)

    assert disputes(given, most=9).item.tolist() == []
