"""The audit of "not involved", on ratings that can be counted by hand."""

import pytest

from annotation_site.quality.involvement import SAMPLE, involvement
from scorer.ratings import Ratings

# Items 1 to 4 of videos 10 and 20, by annotators 7, 8 and 9; item 4 was rated by 9 alone.
RATINGS = Ratings.of(
    item=[1, 1, 1, 2, 2, 2, 3, 3, 4],
    video=[10, 10, 10, 10, 10, 10, 20, 20, 20],
    annotator=[7, 8, 9, 7, 8, 9, 7, 8, 9],
    level=[0, 4, 5, 0, 0, 3, 2, 1, 0],
)
CAPTIONERS = {1: 100, 2: 200, 3: 100, 4: 200}


def test_counts_zeros_of_all_and_by_captioner() -> None:
    found = involvement(RATINGS, CAPTIONERS, seed=0)

    assert (found["ratings"], found["zeros"]) == (9, 4)
    assert found["captioners"] == [
        {"captioner": 100, "ratings": 5, "zeros": 1},
        {"captioner": 200, "ratings": 4, "zeros": 3},
    ]


def test_lays_each_annotator_beside_those_who_rated_the_same() -> None:
    seven, eight, nine = involvement(RATINGS, CAPTIONERS, seed=0)["annotators"]

    # Of 7's three captions the others said it by 0, 1/2 and 0: 2/3 against 1/6.
    assert (seven["annotator"], seven["zeros"], seven["shared"], seven["alone"]) == (7, 2, 3, 1)
    assert seven["others_share"] == pytest.approx(1 / 6)
    assert seven["difference"] == pytest.approx(1 / 2)
    assert (eight["zeros"], eight["alone"]) == (1, 0)
    # Nobody else has rated item 4: it is no difference, and nobody is alone in it.
    assert (nine["ratings"], nine["zeros"], nine["shared"], nine["alone"]) == (3, 1, 2, 0)
    assert nine["difference"] == pytest.approx(-3 / 4)


def test_the_interval_is_over_videos() -> None:
    seven, _, nine = involvement(RATINGS, CAPTIONERS, seed=0)["annotators"]

    # 7 is apart by 1 and 1/2 on video 10, by 0 on video 20: residuals 1/2 and -1/2 of the mean.
    half = 1.96 * (2 / 1 * (0.5**2 + 0.5**2) / 3**2) ** 0.5
    assert (seven["low"], seven["high"]) == pytest.approx((0.5 - half, 0.5 + half))
    assert nine["low"] is nine["high"] is None


def test_draws_captions_that_somebody_said_it_of() -> None:
    many = Ratings.of(item=range(100), video=range(100), annotator=[1] * 100, level=[0, 3] * 50)
    drawn = involvement(many, dict.fromkeys(range(100), 1), seed=3)["sample"]

    assert len(set(drawn)) == SAMPLE
    assert all(item % 2 == 0 for item in drawn)
    assert drawn == involvement(many, dict.fromkeys(range(100), 1), seed=3)["sample"]
    assert drawn != involvement(many, dict.fromkeys(range(100), 1), seed=4)["sample"]


def test_of_nothing_is_empty() -> None:
    nothing = Ratings.of(item=[], video=[], annotator=[], level=[])

    assert involvement(nothing, {}, seed=0)["annotators"] == []
