"""0 is a category. However probable it is, it never pulls a level down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer import levels
from scorer.levels import Score
from scorer.rubric import Dimension

weights = st.lists(st.floats(0.01, 1.0), min_size=6, max_size=6)
probabilities = weights.map(lambda w: tuple(value / sum(w) for value in w))


def score(**by_dimension: tuple[float, ...]) -> Score:
    usual = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return Score({d: by_dimension.get(d.value, usual) for d in Dimension})


class TestExpected:
    @given(probabilities, st.floats(0.0, 0.99))
    def test_does_not_depend_on_how_probable_zero_is(
        self, p: tuple[float, ...], zero: float
    ) -> None:
        rest = sum(p[1:])
        other = (zero, *((1 - zero) * value / rest for value in p[1:]))
        assert levels.expected(other) == pytest.approx(levels.expected(p))

    @given(probabilities)
    def test_stays_on_the_scale(self, p: tuple[float, ...]) -> None:
        assert 1.0 <= levels.expected(p) <= 5.0

    def test_is_the_mean_of_the_levels(self) -> None:
        assert levels.expected((0.5, 0.0, 0.0, 0.0, 0.25, 0.25)) == pytest.approx(4.5)

    def test_is_the_middle_where_the_dimension_never_applies(self) -> None:
        assert levels.expected((1.0, 0.0, 0.0, 0.0, 0.0, 0.0)) == pytest.approx(3.0)


class TestMeans:
    def test_the_mean_leaves_out_what_is_not_involved(self) -> None:
        found = score(action=(0.9, 0.1, 0.0, 0.0, 0.0, 0.0), object=(0.0, 0, 0, 0, 0, 1.0))
        assert found.levels[Dimension.ACTION] is None
        assert found.mean_involved == pytest.approx((5 + 3 + 3 + 3) / 4)

    def test_the_papers_mean_counts_zeros(self) -> None:
        found = score(action=(0.9, 0.1, 0.0, 0.0, 0.0, 0.0), object=(0.0, 0, 0, 0, 0, 1.0))
        assert found.mean_paper == pytest.approx((5 + 3 + 0 + 3 + 3) / 5)

    def test_no_caption_is_about_nothing(self) -> None:
        absent = (0.9, 0.0, 0.0, 0.0, 0.1, 0.0)
        least_absent = (0.6, 0.0, 0.4, 0.0, 0.0, 0.0)
        found = Score(dict.fromkeys(Dimension, absent) | {Dimension.CAMERA: least_absent})
        assert found.mean_involved == pytest.approx(2.0)

    @given(st.fixed_dictionaries(dict.fromkeys(Dimension, probabilities)))
    def test_the_mean_lies_between_the_levels(
        self, table: dict[Dimension, tuple[float, ...]]
    ) -> None:
        found = Score(table)
        shown = [level for level in found.levels.values() if level is not None]
        assert min(shown) - 1e-9 <= found.mean_involved <= max(shown) + 1e-9

    def test_equal_probabilities_go_to_the_lower_level(self) -> None:
        assert levels.most_likely((0.1, 0.1, 0.3, 0.3, 0.1, 0.1)) == 2
