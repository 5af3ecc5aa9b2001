"""Real ratings, read in place: what independent libraries say of them, and what the model is worth.

The values of ICC are pingouin 0.6.1's and those of AC2 irrCAC 0.4.4's, which stay out of our
environment because they ask for other versions of numpy and pandas.
"""

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from benchmarks.fetv import FILE, WHOLE, held_out, questions
from scorer.agreement import agreement
from scorer.raters import fit

ICC = {
    "static_quality": (0.689081, 0.869261),
    "temporal_quality": (0.713453, 0.881929),
    "alignment": (0.675969, 0.862228),
}
AC2 = {
    "static_quality": 0.8852583708,
    "temporal_quality": 0.8127034887,
    "alignment": 0.8021056064,
}


@pytest.fixture(scope="module")
def fetv(shared_data):
    return questions(shared_data / FILE)


def matrix(ratings):
    """A row for each rater; everybody rated everything."""
    order = np.lexsort((ratings.item, ratings.annotator))
    return ratings.level[order].reshape(3, -1)


class TestAgreement:
    @pytest.mark.parametrize("question", WHOLE)
    def test_is_what_independent_libraries_say(self, fetv, question):
        levels = matrix(fetv[question])
        found = agreement(fetv[question]).level
        pairs = [(0, 1), (0, 2), (1, 2)]
        kappas = [cohen_kappa_score(levels[a], levels[b], weights="quadratic") for a, b in pairs]
        assert found.alpha.value == pytest.approx(
            krippendorff.alpha(levels, level_of_measurement="ordinal")
        )
        # Ours leaves the difference of an item's two ratings out of chance.
        assert found.kappa.value == pytest.approx(np.mean(kappas), abs=5e-4)
        assert found.ac2.value == pytest.approx(AC2[question])
        assert (found.icc_single.value, found.icc_mean.value) == pytest.approx(
            ICC[question], abs=5e-7
        )
        exact = np.mean([levels[a] == levels[b] for a, b in pairs])
        assert found.exact.value == pytest.approx(exact)

    @pytest.mark.parametrize("question", WHOLE)
    def test_intervals_are_narrow_with_so_many_items(self, fetv, question):
        alpha = agreement(fetv[question]).level.alpha
        assert alpha.low < alpha.value < alpha.high
        assert alpha.high - alpha.low < 0.05

    def test_nobody_disagreed_on_what_is_involved(self, fetv):
        assert agreement(fetv["alignment"]).applicability.ac1.value == 1


class TestRaterModel:
    @pytest.mark.parametrize("question", WHOLE)
    def test_predicts_a_held_out_rater_better_than_the_mean(self, fetv, question):
        missed = {way: np.sqrt(np.mean(off**2)) for way, off in held_out(fetv[question]).items()}
        assert missed["rater model, this rater's answer"] < 0.97 * missed["mean"]
        assert missed["rater model, the item's level"] < missed["mean"]

    @pytest.mark.parametrize("question", WHOLE)
    def test_finds_three_honest_raters(self, fetv, question):
        model = fit(fetv[question])
        assert model.level.converged
        assert np.abs(model.annotators.bias).max() < 0.5
        assert model.annotators.guessing.max() < 0.2
