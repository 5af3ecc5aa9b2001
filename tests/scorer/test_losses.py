"""Soft labels: votes are a distribution, and a caption weighs as many votes as it has."""

import pytest
import torch

from scorer import losses
from scorer.rubric import Dimension


class TestSoftLabel:
    def test_is_least_where_the_prediction_is_the_votes(self) -> None:
        votes = torch.tensor([[[0.0, 0, 0, 1, 2, 1]]])
        best = torch.log(votes / 4 + 1e-9)
        least = losses.soft_label(best, votes)
        for seed in range(10):
            other = best + torch.randn(1, 1, 6, generator=torch.Generator().manual_seed(seed))
            assert losses.soft_label(other, votes) > least

    def test_weighs_captions_by_their_votes(self) -> None:
        logits = torch.randn(2, 5, 6, generator=torch.Generator().manual_seed(0))
        votes = losses.votes_table(
            [
                {Dimension.OBJECT: (0, 0, 0, 0, 0, 3)},
                {Dimension.CAMERA: (0, 1, 0, 0, 0, 0)},
            ]
        )
        log_p = logits.log_softmax(-1)
        expected = -(3 * log_p[0, 0, 5] + log_p[1, 3, 1]) / 4
        assert float(losses.soft_label(logits, votes)) == pytest.approx(float(expected))

    def test_an_unrated_dimension_pulls_at_nothing(self) -> None:
        logits = torch.zeros(1, 5, 6, requires_grad=True)
        votes = losses.votes_table([{Dimension.OBJECT: (0, 0, 0, 0, 0, 1)}])
        losses.soft_label(logits, votes).backward()  # type: ignore[no-untyped-call]
        assert logits.grad is not None
        assert bool((logits.grad[0, 1:] == 0).all())

    def test_refuses_a_batch_without_votes(self) -> None:
        with pytest.raises(ValueError, match="vote"):
            losses.soft_label(torch.zeros(1, 5, 6), torch.zeros(1, 5, 6))
