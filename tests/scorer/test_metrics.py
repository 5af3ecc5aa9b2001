"""Figures that exist are scipy's; figures that do not are None."""

import pytest
from scipy.stats import spearmanr

from scorer import metrics
from scorer.levels import Score
from scorer.metrics import Pair
from scorer.rubric import Dimension


class TestSrcc:
    def test_is_spearmans(self) -> None:
        one, other = [1.0, 2.0, 2.0, 4.0, 5.0], [2.0, 1.0, 3.0, 5.0, 4.0]
        assert metrics.srcc(one, other) == pytest.approx(spearmanr(one, other).statistic)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ([], []),
            ([1.0, 2.0], [1.0, 2.0]),
            ([3.0, 3.0, 3.0], [1.0, 2.0, 3.0]),
            ([1.0, 2.0, 3.0], [4.0, 4.0, 4.0]),
        ],
    )
    def test_is_none_where_it_is_undefined(self, one: list[float], other: list[float]) -> None:
        assert metrics.srcc(one, other) is None


class TestHumanLevel:
    @pytest.mark.parametrize(
        ("votes", "level"),
        [
            ((0, 0, 0, 0, 1, 1), 4.5),
            ((1, 0, 0, 0, 0, 2), 5.0),
            ((1, 0, 0, 1, 0, 0), 3.0),
            ((2, 0, 0, 1, 0, 0), None),
            ((1, 0, 0, 0, 0, 0), None),
            ((0, 0, 0, 0, 0, 0), None),
        ],
    )
    def test_leaves_zeros_out_of_the_mean(
        self, votes: tuple[int, ...], level: float | None
    ) -> None:
        assert metrics.human_level(votes) == (None if level is None else pytest.approx(level))


class TestAgreement:
    def test_means_are_over_the_dimensions_that_have_a_figure(self) -> None:
        found = {dimension: [] for dimension in Dimension} | {
            Dimension.OBJECT: [Pair(1.0, 1.0), Pair(2.0, 2.0), Pair(3.0, 5.0)],
            Dimension.CAMERA: [Pair(2.0, 1.0)],
        }
        told = metrics.agreement(found)
        assert told["srcc"] == pytest.approx(1.0)
        assert told["mae"] == pytest.approx((2 / 3 + 1) / 2)
        assert told["per_dimension"][Dimension.CAMERA] == {"srcc": None, "mae": 1.0, "n": 1}
        assert told["per_dimension"][Dimension.ACTION] == {"srcc": None, "mae": None, "n": 0}

    def test_compares_only_what_people_found_involved(self) -> None:
        p = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        votes = {Dimension.OBJECT: (0, 0, 0, 0, 1, 0), Dimension.ACTION: (1, 0, 0, 0, 0, 0)}
        found = metrics.pairs([(Score(dict.fromkeys(Dimension, p)), votes)])
        assert found[Dimension.OBJECT] == [Pair(3.0, 4.0)]
        assert found[Dimension.ACTION] == []
