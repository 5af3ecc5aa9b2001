"""The rater model beside crowds whose truth is known, and what must hold of any ratings."""

import json
import time
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.crowd import Mix, crowd
from scorer.raters import RaterModel, fit, involvement, levels
from scorer.raters.em import Law
from scorer.ratings import Ratings
from scorer.tables import levels as table_of_levels

GOOD, BIASED, SPAM = Mix(), Mix(biased=0.4), Mix(spamming=0.3)


def rmse(one, other):
    return float(np.sqrt(np.mean((one - other) ** 2)))


def level_errors(mix, seed):
    """Of the model and of plain means, on what is involved."""
    made = crowd(mix, seed)
    items = fit(made.ratings).items
    told = made.involved[items.item] & (items.levels > 0)
    truth = made.level[items.item][told]
    return rmse(items.level[told], truth), rmse(items.plain_level[told], truth)


class TestTruth:
    @pytest.mark.parametrize("seed", range(3))
    @pytest.mark.parametrize(("mix", "at_most"), [(GOOD, 1), (BIASED, 0.9), (SPAM, 0.8)])
    def test_levels_are_nearer_to_it_than_plain_means(self, mix, at_most, seed):
        ours, plain = level_errors(mix, seed)
        assert ours < at_most * plain

    @pytest.mark.parametrize("seed", range(3))
    def test_spammers_do_not_decide_what_is_involved(self, seed):
        made = crowd(SPAM, seed)
        items = fit(made.ratings).items
        ours, plain = (
            np.mean((share > 0.5) != made.involved)
            for share in (items.involved, items.plain_involved)
        )
        assert ours < 0.8 * plain

    @pytest.mark.parametrize("seed", range(3))
    def test_probabilities_are_as_often_right_as_they_say(self, seed):
        made = crowd(SPAM, seed)
        likely = fit(made.ratings).items.involved
        unsure = (likely > 0.1) & (likely < 0.9)
        assert made.involved[unsure].mean() == pytest.approx(likely[unsure].mean(), abs=0.15)

    @pytest.mark.parametrize("mix", [GOOD, BIASED, SPAM])
    def test_levels_are_as_far_off_as_they_say(self, mix):
        made = crowd(mix, 5)
        items = fit(made.ratings).items
        told = made.involved[items.item] & (items.levels > 0)
        off = np.abs(items.level - made.level)[told] / items.level_sd[told]
        assert 0.9 < np.mean(off < 1.96) < 0.99


class TestAnnotators:
    def test_are_found_to_be_what_they_are(self):
        made = crowd(BIASED, 1)
        found = fit(made.ratings).annotators
        assert rmse(found.bias, made.people.bias - made.people.bias.mean()) < 0.12
        assert rmse(found.noise, made.people.noise) < 0.15
        assert rmse(found.sensitivity, made.people.sensitivity) < 0.03
        assert rmse(found.specificity, made.people.specificity) < 0.08

    def test_deviations_are_as_wide_as_the_errors(self):
        bias, sensitivity = [], []
        for seed in range(10):
            made = crowd(GOOD, seed)
            found = fit(made.ratings).annotators
            bias.append((found.bias - (made.people.bias - made.people.bias.mean())) / found.bias_sd)
            sensitivity.append((found.sensitivity - made.people.sensitivity) / found.sensitivity_sd)
        for off in (bias, sensitivity):
            assert 0.7 < np.sqrt(np.mean(np.square(off))) < 1.3

    def test_spammers_stand_out(self):
        made = crowd(SPAM, 2)
        found = fit(made.ratings).annotators
        assert found.guessing[made.people.spammer].min() > 0.5
        assert found.guessing[~made.people.spammer].max() < 0.3
        seen = found.sensitivity + found.specificity - 1
        assert seen[made.people.spammer].max() < 0.5 < seen[~made.people.spammer].min()

    def test_one_with_few_ratings_is_thought_to_be_like_the_others(self):
        made = crowd(GOOD, 3).ratings
        newcomer = Ratings.of(item=[0, 1], video=[0, 0], annotator=[99, 99], level=[1, 1])
        both = Ratings(
            **{
                name: np.concatenate([getattr(made, name), getattr(newcomer, name)])
                for name in Ratings.__slots__
            }
        )
        found = fit(both).annotators
        assert abs(found.bias[-1]) < 0.7
        assert found.bias_sd[-1] > 3 * found.bias_sd[:-1].max()
        assert found.noise[-1] == pytest.approx(found.noise[:-1].mean(), rel=0.4)


class TestWhatHolds:
    @staticmethod
    @st.composite
    def any_ratings(draw):
        cells = st.dictionaries(
            st.tuples(st.integers(0, 6), st.integers(0, 4)), st.integers(0, 5), max_size=20
        )
        chosen = draw(cells)
        item, annotator = zip(*chosen, strict=True) if chosen else ((), ())
        video = [number // 2 for number in item]
        level = list(chosen.values())
        return Ratings.of(item=item, video=video, annotator=annotator, level=level)

    @given(ratings=any_ratings())
    def test_figures_are_on_their_scales(self, ratings):
        model = fit(ratings)
        assert model.involvement.converged
        assert model.level.converged
        items, people = model.items, model.annotators
        for chance in (items.involved, people.sensitivity, people.specificity, people.guessing):
            assert ((chance > 0) & (chance < 1)).all()
        told = items.levels > 0
        assert (np.isnan(items.level) == ~told).all()
        assert ((items.level[told] >= 1) & (items.level[told] <= 5)).all()
        for field in fields(people):
            assert np.isfinite(getattr(people, field.name)).all()

    @given(ratings=any_ratings())
    def test_come_back_from_json(self, ratings):
        written = json.dumps(fit(ratings).as_json(), allow_nan=False)
        again = RaterModel.from_json(json.loads(written))
        assert json.dumps(again.as_json()) == written
        assert again.items.item.dtype == np.int64

    @given(seed=st.integers(0, 99))
    def test_the_order_of_rows_does_not_matter(self, seed):
        ratings = crowd(Mix(items=40, annotators=5), 0).ratings
        order = np.random.default_rng(seed).permutation(len(ratings))
        one, other = fit(ratings).items, fit(ratings.where(order)).items
        assert one.level == pytest.approx(other.level, nan_ok=True)
        assert one.involved == pytest.approx(other.involved)

    def test_another_version_is_refused(self):
        record = fit(crowd(Mix(items=9), 0).ratings).as_json()
        with pytest.raises(ValueError, match="version"):
            RaterModel.from_json(record | {"version": 0})


class TestLaws:
    @pytest.fixture(params=["involvement", "levels"])
    def law(self, request) -> Law:
        if request.param == "involvement":
            return involvement.LAW
        return levels.law(table_of_levels(crowd(Mix(annotators=3), 0).ratings))

    @pytest.fixture
    def numbers(self, law):
        return np.random.default_rng(0).normal(law.start_P, 0.5, (3, len(law.start_P)))

    def test_each_truth_gets_some_answer(self, law, numbers):
        chances, slopes = law.chances(numbers)
        assert (chances >= 0).all()
        assert chances.sum(axis=1) == pytest.approx(1)
        assert slopes.sum(axis=1) == pytest.approx(0)

    def test_slopes_are_those_of_the_chances(self, law, numbers):
        _, slopes = law.chances(numbers)
        for at in range(numbers.shape[1]):
            step = 1e-5 * np.eye(numbers.shape[1])[at]
            up, down = law.chances(numbers + step)[0], law.chances(numbers - step)[0]
            assert slopes[..., at] == pytest.approx((up - down) / 2e-5, abs=1e-7)


def test_a_million_ratings_take_seconds():
    many = crowd(Mix(items=333_334, annotators=50, biased=0.2, spamming=0.1), 0).ratings
    began = time.process_time()
    model = fit(many)
    assert time.process_time() - began < 60
    assert model.level.converged
