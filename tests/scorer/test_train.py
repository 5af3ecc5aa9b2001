"""The schedule, the order of the data, and the loop's one refusal."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from scorer.train import OptimConfig, Step, batch_at, fit


class TestOptimConfig:
    def test_warms_up_and_cools_down(self) -> None:
        config = OptimConfig(steps=100, learning_rate=1.0, warmup_share=0.1)
        rates = [config.rate_at(step) for step in range(100)]
        assert rates[:10] == pytest.approx([0.1 * step for step in range(1, 11)])
        assert rates[10:] == sorted(rates[10:], reverse=True)
        assert rates[-1] < 0.001

    @pytest.mark.parametrize(
        "nonsense",
        [
            {"steps": 0},
            {"learning_rate": 0.0},
            {"learning_rate": -1.0},
            {"warmup_share": 1.0},
            {"checkpoint_every": 0},
        ],
    )
    def test_refuses_nonsense(self, nonsense: dict[str, float]) -> None:
        with pytest.raises(ValueError, match=r"steps|share"):
            OptimConfig(**{"steps": 10, "learning_rate": 0.1, **nonsense})  # type: ignore[arg-type]


class TestBatchAt:
    @given(st.integers(1, 30), st.integers(1, 8), st.integers(0, 5))
    def test_an_epoch_shows_everything_once(self, items: int, size: int, seed: int) -> None:
        steps = items  # items batches of `size` are `size` epochs
        shown = [
            i for step in range(steps) for i in batch_at(step, items=items, size=size, seed=seed)
        ]
        for epoch in range(size):
            assert sorted(shown[epoch * items : (epoch + 1) * items]) == list(range(items))

    def test_epochs_differ(self) -> None:
        first, second = (batch_at(step, items=20, size=20, seed=0) for step in (0, 1))
        assert first != second


def test_a_loss_that_is_not_a_number_never_reaches_the_weights() -> None:
    model = nn.Linear(2, 1)
    before = [parameter.clone() for parameter in model.parameters()]
    steps: list[Step] = []

    def objective(step: int) -> float:
        loss = model(torch.full((1, 2), torch.nan)).sum()
        loss.backward()
        return float(step)

    config = OptimConfig(steps=2, learning_rate=0.1)
    with pytest.raises(RuntimeError, match="non-finite"):
        fit(model, objective, config, on_step=steps.append)
    assert steps == []
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
