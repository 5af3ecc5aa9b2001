from statistics import mean

import pytest

from scorer.rubric import Dimension
from training.miniature.annotators import ANNOTATORS, Annotator

EXACT = Annotator(name="exact", bias=0.0, noise=0.0, slips=0.0)
MIDDLING = dict.fromkeys(Dimension, 3)


def test_without_bias_noise_or_slips_the_truth_is_given():
    truth = dict(zip(Dimension, (0, 1, 3, 4, 5), strict=True))

    assert EXACT.rate(truth, about="a caption", seed=0) == truth


def test_a_caption_is_rated_the_same_again_and_another_differently():
    noisy = Annotator(name="noisy", bias=0.0, noise=2.0)
    given = {n: noisy.rate(MIDDLING, about=f"caption {n}", seed=0) for n in range(8)}

    assert given == {n: noisy.rate(MIDDLING, about=f"caption {n}", seed=0) for n in range(8)}
    assert len({tuple(levels.values()) for levels in given.values()}) > 1


@pytest.mark.parametrize("bias", [-1.0, 1.0])
def test_bias_moves_the_mean_and_never_off_the_scale(bias):
    leaning = Annotator(name="leaning", bias=bias, noise=0.5, slips=0.0)
    given = [
        level for n in range(50) for level in leaning.rate(MIDDLING, about=str(n), seed=0).values()
    ]

    assert mean(given) == pytest.approx(3 + bias, abs=0.15)
    assert set(given) <= {1, 2, 3, 4, 5}


def test_what_is_not_involved_stays_so_but_for_a_slip():
    nothing = dict.fromkeys(Dimension, 0)
    given = [
        level
        for annotator in ANNOTATORS
        for n in range(40)
        for level in annotator.rate(nothing, about=str(n), seed=0).values()
    ]

    assert 0.9 < given.count(0) / len(given) < 1
