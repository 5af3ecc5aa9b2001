"""Agreement beside published examples, independent libraries, and what must hold of any ratings."""

import time
from dataclasses import fields
from itertools import combinations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from benchmarks.crowd import Mix, crowd
from scorer.agreement import Agreement, Estimate, Reason, agreement, alpha, icc
from scorer.agreement.estimate import estimates
from scorer.ratings import Ratings
from scorer.tables import levels as levels_of
from scorer.tables import tabulate

GAP = -1
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]
"""Section C of Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011)."""
SELDOM_NOT_INVOLVED = [
    [4, 4, 4, 4, 4, 4, 4, 0, 4, 4, 4, GAP],
    [4, 4, 4, 0, 4, 4, 4, 0, 4, 4, 4, 4],
    [GAP, 4, 4, 4, 4, 4, 4, 4, 4, GAP, 4, GAP],
]
SHROUT_AND_FLEISS = [
    [9, 6, 8, 7, 10, 6],
    [2, 1, 4, 1, 5, 2],
    [5, 3, 6, 2, 6, 4],
    [8, 2, 8, 6, 9, 7],
]
"""Table 2 of Shrout and Fleiss (1979): four judges of six targets."""


def ratings(levels, *, captions_per_video=1) -> Ratings:
    """A row of `levels` for each annotator, a column for each item."""
    annotator, item = np.nonzero(np.array(levels) != GAP)
    return Ratings(
        item=item,
        video=item // captions_per_video,
        annotator=annotator,
        level=np.array(levels)[annotator, item],
    )


def estimates_of(found: Agreement) -> dict[str, Estimate]:
    return {
        f"{side.name}.{field.name}": getattr(getattr(found, side.name), field.name)
        for side in fields(found)
        for field in fields(getattr(found, side.name))
        if isinstance(getattr(getattr(found, side.name), field.name), Estimate)
    }


def simulated(dice, *, items=120, annotators=5, kept=0.6):
    """Levels that differ by item and annotator, with gaps and answers of "not involved"."""
    truth = dice.normal(3, 1, items) + dice.normal(0, 0.5, (annotators, 1))
    levels = np.clip(np.round(truth + dice.normal(0, 0.7, truth.shape)), 1, 5).astype(int)
    levels[dice.random(truth.shape) < 0.2 * (1 + (np.arange(items) % 3 == 0))] = 0
    levels[dice.random(truth.shape) > kept] = GAP
    return levels


class TestOfPublishedExamples:
    def test_alpha_is_krippendorffs(self):
        table = levels_of(ratings(KRIPPENDORFF))
        both = {"nominal": alpha.nominal, "ordinal": alpha.ordinal}
        found = estimates(both, table, resamples=9, seed=0)
        assert found["nominal"].value == pytest.approx(0.743, abs=5e-4)
        assert found["ordinal"].value == pytest.approx(0.815, abs=5e-4)

    def test_icc_is_shrout_and_fleisss(self):
        levels = np.array(SHROUT_AND_FLEISS)
        places = ratings(np.zeros_like(levels))
        table = tabulate(places, levels.ravel(), answers=11)
        found = estimates({"single": icc.single, "mean": icc.mean}, table, resamples=9, seed=0)
        assert found["single"].value == pytest.approx(0.29, abs=5e-3)
        assert found["mean"].value == pytest.approx(0.62, abs=5e-3)

    def test_gwets_coefficients_are_those_of_irrcac(self):
        """Values of irrCAC 0.4.4, which needs an older numpy than ours."""
        level = agreement(ratings(KRIPPENDORFF)).level
        assert level.ac2.value == pytest.approx(0.9140007236)
        assert level.exact.value == pytest.approx(9 / 11)
        applicability = agreement(ratings(SELDOM_NOT_INVOLVED)).applicability
        assert applicability.ac1.value == pytest.approx(0.8569299553)
        assert applicability.alpha.value == pytest.approx(0.2857142857)


class TestBesideOtherLibraries:
    @pytest.fixture(params=range(5))
    def levels(self, request):
        return simulated(np.random.default_rng(request.param))

    def test_alphas(self, levels):
        found = agreement(ratings(levels), resamples=2)
        involved = np.where(levels == GAP, np.nan, levels > 0)
        level = np.where(levels > 0, levels.astype(float), np.nan)
        assert found.applicability.alpha.value == pytest.approx(
            krippendorff.alpha(involved, level_of_measurement="nominal")
        )
        assert found.level.alpha.value == pytest.approx(
            krippendorff.alpha(level, level_of_measurement="ordinal")
        )

    def test_quadratic_kappa_is_the_mean_of_pairs(self):
        """Of scikit-learn's kappas, each freed of an item's difference to itself."""
        levels = simulated(np.random.default_rng(0), items=400)
        kappas, weights = [], []
        for one, other in combinations(range(len(levels)), 2):
            both = (levels[one] > 0) & (levels[other] > 0)
            x, y, n = levels[one][both], levels[other][both], both.sum()
            observed = np.mean((x - y) ** 2)
            expected = observed / (1 - cohen_kappa_score(x, y, weights="quadratic"))
            expected = (n * expected - observed) / (n - 1)
            kappas.append(1 - observed / expected)
            weights.append(n)
        found = agreement(ratings(levels), resamples=2).level.kappa
        assert found.value == pytest.approx(np.average(kappas, weights=weights))

    def test_kappa_is_no_lower_where_each_pair_shares_little(self):
        few, many = (
            agreement(crowd(Mix(items=6000, annotators=people), 0).ratings, resamples=2)
            for people in (4, 20)
        )
        assert many.level.kappa.value == pytest.approx(few.level.kappa.value, abs=0.03)

    def test_icc_of_everybody_rating_everything_is_that_of_mean_squares(self):
        levels = np.clip(simulated(np.random.default_rng(3), kept=1), 1, 5)
        raters, items = levels.shape
        grand, of_item, of_rater = levels.mean(), levels.mean(axis=0), levels.mean(axis=1)
        rows = raters * ((of_item - grand) ** 2).sum() / (items - 1)
        columns = items * ((of_rater - grand) ** 2).sum() / (raters - 1)
        rest = levels - of_item - of_rater[:, None] + grand
        error = (rest**2).sum() / (items - 1) / (raters - 1)
        found = agreement(ratings(levels), resamples=2).level
        both = raters * (columns - error) / items
        assert found.icc_single.value == pytest.approx(
            (rows - error) / (rows + (raters - 1) * error + both)
        )
        assert found.icc_mean.value == pytest.approx((rows - error) / (rows + both / raters))
        assert found.raters_per_item == pytest.approx(raters)

    def test_icc_with_gaps_comes_near_the_variances_that_made_the_ratings(self):
        dice = np.random.default_rng(7)
        truth = dice.normal(0, 3, 6000) + dice.normal(0, 1, (40, 1))
        answers = np.round(truth + dice.normal(0, 2, truth.shape)).astype(int)
        answers = (answers - answers.min()) * (dice.random(truth.shape) < 0.075)
        annotator, item = np.nonzero(answers)
        places = Ratings(item=item, video=item, annotator=annotator, level=np.zeros_like(item))
        table = tabulate(places, answers[annotator, item], answers=answers.max() + 1)
        found = estimates({"icc": icc.single}, table, resamples=200, seed=0)["icc"]
        # 1 / 12 is the variance of rounding; 40 annotators tell their own variance only so well.
        assert found.value == pytest.approx(9 / (9 + 1 + 4 + 1 / 12), abs=0.03)


class TestWhatHolds:
    @staticmethod
    @st.composite
    def any_ratings(draw):
        shape = draw(st.integers(1, 5)), draw(st.integers(1, 9))
        cells = st.sampled_from([GAP, 0, 1, 2, 3, 4, 5])
        rows = st.lists(cells, min_size=shape[1], max_size=shape[1])
        return draw(st.lists(rows, min_size=shape[0], max_size=shape[0]))

    @given(levels=any_ratings())
    def test_a_figure_is_on_its_scale_or_has_a_reason(self, levels):
        found = agreement(ratings(levels, captions_per_video=2), resamples=20)
        for name, estimate in estimates_of(found).items():
            if estimate.value is None or estimate.low is None:
                assert estimate.reason, name
                assert estimate.reason.words
            else:
                assert estimate.reason is None
                assert estimate.low <= estimate.high
            if estimate.value is not None and "icc" not in name:
                least = 0 if name.endswith(("exact", "within_one")) else -1
                assert least - 1e-9 <= estimate.value <= 1 + 1e-9, name

    @given(levels=any_ratings(), seed=st.integers(0, 99))
    def test_neither_names_nor_the_order_of_rows_matter(self, levels, seed):
        one = ratings(levels)
        order = np.random.default_rng(seed).permutation(len(one))
        other = Ratings(
            item=one.item[order] * 7 + 3,
            video=one.video[order] * 7 + 3,
            annotator=50 - one.annotator[order],
            level=one.level[order],
        )
        told, again = (estimates_of(agreement(side, resamples=1)) for side in (one, other))
        for name, estimate in told.items():
            assert estimate.value == pytest.approx(again[name].value), name

    @given(levels=any_ratings())
    def test_who_says_the_same_agrees(self, levels):
        alike = [levels[0]] * 3
        for name, estimate in estimates_of(agreement(ratings(alike), resamples=1)).items():
            if estimate.value is not None:
                assert estimate.value == pytest.approx(1), name

    def test_random_answers_agree_by_chance_alone(self):
        levels = np.random.default_rng(1).integers(0, 6, (4, 4000))
        for name, estimate in estimates_of(agreement(ratings(levels), resamples=1)).items():
            if not name.endswith(("exact", "within_one", "ac1")):
                assert estimate.value == pytest.approx(0, abs=0.04), name

    def test_ac1_takes_chance_out_only_where_answers_are_even(self):
        """What one must know of it: five of six answers here are "involved", at random."""
        skewed, even = (
            agreement(ratings(levels), resamples=1).applicability.ac1.value
            for levels in np.random.default_rng(1).integers(0, [[[6]], [[2]]], (2, 4, 4000))
        )
        assert even == pytest.approx(0, abs=0.04)
        assert skewed > 0.6


class TestIntervals:
    def test_of_one_seed_are_always_the_same(self):
        levels = simulated(np.random.default_rng(0))
        assert agreement(ratings(levels), seed=3) == agreement(ratings(levels), seed=3)
        assert agreement(ratings(levels), seed=3) != agreement(ratings(levels), seed=4)

    def test_are_wider_where_captions_of_a_video_go_together(self):
        dice = np.random.default_rng(5)
        agreed = np.repeat(dice.random(40) < 0.5, 10)
        levels = np.stack([np.full(400, 3), np.where(agreed, 3, 5)])
        apart, together = (
            agreement(ratings(levels, captions_per_video=n)).level.exact for n in (1, 10)
        )
        assert apart.value == together.value
        assert together.high - together.low > 2.5 * (apart.high - apart.low)

    def test_hold_the_truth_about_as_often_as_they_say(self):
        """Of 100 samples of videos, with the share that 200,000 more videos have."""
        dice = np.random.default_rng(11)

        def sample(videos):
            hard = np.repeat(dice.random(videos), 3)
            same = dice.random(3 * videos) > hard / 2
            return ratings(np.stack([np.full(3 * videos, 3), 3 + ~same]), captions_per_video=3)

        held = [
            found.low <= 0.75 <= found.high
            for found in (agreement(sample(80)).level.exact for _ in range(100))
        ]
        assert 88 <= sum(held) <= 99


class TestWithoutAFigure:
    @pytest.mark.parametrize(
        ("levels", "reason"),
        [
            ([[GAP]], Reason.NO_RATINGS),
            ([[3, 4, 5]], Reason.ONE_ANNOTATOR),
            ([[3, GAP], [GAP, 4]], Reason.NO_OVERLAP),
            ([[3, 3], [3, 3]], Reason.NO_VARIATION),
        ],
    )
    def test_alpha_says_why(self, levels, reason):
        found = agreement(ratings(levels)).level.alpha
        assert (found.value, found.low, found.high, found.reason) == (None, None, None, reason)

    def test_one_item_has_no_reliability(self):
        found = agreement(ratings([[3], [4]])).level
        assert found.icc_single.reason is Reason.ONE_ITEM

    def test_pairs_that_share_little_have_no_kappa(self):
        found = agreement(ratings([[3, 4, 5] * 6, [3, 4, 4] * 6])).level.kappa
        assert (found.value, found.reason) == (None, Reason.FEW_SHARED)

    def test_one_video_has_no_interval(self):
        found = agreement(ratings([[3, 4, 5], [3, 4, 4]], captions_per_video=3)).level.exact
        assert found.value == pytest.approx(2 / 3)
        assert (found.low, found.reason) == (None, Reason.ONE_VIDEO)

    def test_videos_that_say_the_same_have_no_interval(self):
        found = agreement(ratings([[3, 4, 5], [3, 4, 5]])).level.exact
        assert (found.value, found.low, found.reason) == (1, None, Reason.ALL_ALIKE)

    def test_a_figure_that_few_draws_have_has_no_interval(self):
        found = agreement(ratings([[3] * 5, [3] * 4 + [4]])).level.alpha
        assert found.value is not None
        assert (found.low, found.reason) == (None, Reason.TOO_SPARSE)

    def test_where_all_is_involved_only_ac1_tells(self):
        found = agreement(ratings([[3, 4], [3, 5]])).applicability
        assert found.alpha.reason is Reason.NO_VARIATION
        assert found.ac1.value == 1


class TestRatings:
    @pytest.mark.parametrize(
        ("columns", "why"),
        [
            ({"level": [6]}, "scale"),
            ({"level": [0.5]}, "whole"),
            ({"level": [1, 2]}, "length"),
            ({"item": [1, 1], "video": [1, 1], "annotator": [1, 1], "level": [3, 3]}, "twice"),
            ({"item": [1, 1], "video": [1, 2], "annotator": [1, 2], "level": [3, 3]}, "videos"),
        ],
    )
    def test_refuse_nonsense(self, columns, why):
        one = {"item": [1], "video": [1], "annotator": [1], "level": [1]}
        with pytest.raises(ValueError, match=why):
            Ratings.of(**(one | columns))

    def test_may_be_none(self):
        none: list[int] = []
        assert len(Ratings.of(item=none, video=none, annotator=none, level=none)) == 0


def test_a_million_ratings_take_seconds():
    dice = np.random.default_rng(0)
    item = np.repeat(np.arange(333_334), 3)
    annotator = (item * 7 + np.tile([0, 13, 29], 333_334)) % 50
    many = Ratings(
        item=item, video=item // 10, annotator=annotator, level=dice.integers(0, 6, len(item))
    )
    began = time.process_time()
    agreement(many)
    assert time.process_time() - began < 60
