"""A temperature undoes over-confidence, and is left alone where there is little to go by."""

import pytest
import torch

from scorer import calibration


def votes_of(p: torch.Tensor, each: int, seed: int) -> torch.Tensor:
    dice = torch.Generator().manual_seed(seed)
    drawn = torch.multinomial(p, each, replacement=True, generator=dice)
    return torch.nn.functional.one_hot(drawn, 6).sum(1).float()


class TestTemperatures:
    def test_finds_how_much_too_sure_the_logits_are(self) -> None:
        honest = torch.randn(300, 6, generator=torch.Generator().manual_seed(0))
        votes = votes_of(honest.softmax(-1), 3, seed=1)
        logits, votes = torch.stack([honest, 2 * honest], 1), torch.stack([votes, votes], 1)
        found = calibration.temperatures(logits, votes)
        assert found == pytest.approx([1.0, 2.0], rel=0.2)

    def test_stays_at_one_with_few_votes(self) -> None:
        logits = 9 * torch.randn(5, 1, 6, generator=torch.Generator().manual_seed(0))
        assert calibration.temperatures(logits, torch.ones(5, 1, 6) / 6) == [1.0]


def test_probabilities_are_of_each_dimension_by_its_temperature() -> None:
    logits = torch.tensor([[[0.0, 2.0, 0, 0, 0, 0], [0.0, 2.0, 0, 0, 0, 0]]])
    found = calibration.probabilities(logits, [1.0, 2.0])
    assert torch.allclose(found.sum(-1), torch.ones(1, 2, dtype=torch.float64))
    assert float(found[0, 0, 1] / found[0, 0, 0]) == pytest.approx(2.718281828**2)
    assert float(found[0, 1, 1] / found[0, 1, 0]) == pytest.approx(2.718281828)
