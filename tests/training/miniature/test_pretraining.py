from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from scorer.backbone import Backbone
from training.miniature import architecture, pretraining


def silent(message: str, done: int, total: int) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def material(small, brief):
    return pretraining.corpus(clips=brief.clips, frames=4, side=small.side, first=0, report=silent)


@pytest.fixture
def backbone(small, tmp_path):
    return Backbone(
        architecture.model(small, seed=0),
        architecture.processor(small),
        architecture.PREFERENCES,
        tmp_path,
    )


def test_the_loss_falls(backbone, material, brief):
    losses = pretraining.pretrain(backbone, material, replace(brief, steps=60), silent)

    assert np.mean(losses[-5:]) < 0.7 * losses[0]
    assert not any(weight.requires_grad for weight in backbone.network.parameters())
    assert not backbone.network.training


def test_learning_twice_is_learning_the_same(small, material, brief, tmp_path):
    def learn():
        pupil = Backbone(
            architecture.model(small, seed=0),
            architecture.processor(small),
            architecture.PREFERENCES,
            tmp_path,
        )
        return pretraining.pretrain(pupil, material, brief, silent), pupil.network.state_dict()

    (losses, weights), (again, weights_again) = learn(), learn()

    assert losses == again
    assert all(torch.equal(weights[name], weights_again[name]) for name in weights)


def test_only_captions_are_learnt_and_they_end(backbone, material):
    lessons = pretraining.Lessons(backbone, material)
    batch = lessons.batch(np.random.default_rng(0), size=6, apprentices=0.5)
    learnt = batch["labels"] != -100
    end = backbone.tokenizer.eos_token_id

    assert not learnt[:, : len(lessons.prefix) + len(lessons.asked)].any()
    assert torch.equal(batch["labels"][learnt], batch["input_ids"][learnt])
    assert ((batch["labels"] == end).sum(dim=1) == 1).all()
    assert torch.equal(batch["attention_mask"] == 0, batch["input_ids"] == backbone.pad)


def test_captions_turn_from_telling_all_to_the_apprentices():
    config = pretraining.Config(steps=100, warmup=10, looking=0.6, turning=0.2)

    assert [config.apprentices(step) for step in (0, 60, 70, 80, 99)] == pytest.approx(
        [0, 0, 0.5, 1, 1]
    )


def test_the_rate_rises_and_then_falls_to_a_twentieth():
    config = pretraining.Config(steps=100, warmup=10)
    rates = [config.rate(step) for step in range(config.steps)]
    top = rates.index(max(rates))

    assert 8 <= top <= 10
    assert all(a < b for a, b in pairwise(rates[: top + 1]))
    assert all(a > b for a, b in pairwise(rates[top:]))
    assert rates[-1] == pytest.approx(0.05, abs=0.01)
