"""Each part of an objective is a sum that can be done by hand, and pulls where it should."""

import math

import pytest
import torch

from scorer import losses
from scorer.objective import (
    Objective,
    balanced,
    bradley_terry,
    cumulative,
    expected_level,
    squared_error,
)

VIDEOS = torch.tensor([0, 0, 1])


def logits(seed: int = 0) -> torch.Tensor:
    return torch.randn(3, 5, 6, generator=torch.Generator().manual_seed(seed))


def votes(*rows: tuple[int, ...]) -> torch.Tensor:
    """One dimension; the other four unrated."""
    table = torch.zeros(len(rows), 5, 6)
    table[:, 0] = torch.tensor(rows)
    return table


RATED = votes((0, 0, 0, 1, 2, 0), (0, 2, 0, 0, 0, 1), (3, 0, 0, 0, 0, 0))


def test_the_usual_one_is_the_cross_entropy_of_votes() -> None:
    found = Objective().loss(logits(), RATED, video_B=VIDEOS)
    assert torch.equal(found, losses.soft_label(logits(), RATED))


def test_one_hot_is_the_level_of_most() -> None:
    found = Objective(targets="one-hot").loss(logits(), RATED, video_B=VIDEOS)
    log_p = logits().log_softmax(-1)[:, 0]
    assert found.item() == pytest.approx(float(-(log_p[0, 4] + log_p[1, 1] + log_p[2, 0]) / 3))


def test_sampled_votes_are_as_frequent_as_votes_and_the_same_by_the_same_draw() -> None:
    objective = Objective(targets="sampled")

    def loss(seed: int) -> float:
        draw = torch.Generator().manual_seed(seed)
        return float(objective.loss(logits(), RATED, video_B=VIDEOS, draw=draw))

    assert loss(3) == loss(3)
    each = losses.soft_label(logits(), RATED / RATED.sum(-1, keepdim=True).clamp(min=1))
    assert sum(map(loss, range(400))) / 400 == pytest.approx(float(each), rel=0.05)


def test_the_squared_error_is_of_levels_where_people_see_the_dimension() -> None:
    level = expected_level(logits())[:, 0]
    # 11/3 by three votes; (1 + 1 + 5) / 3 by three; the third is not involved.
    by_hand = (3 * (level[0] - 11 / 3) ** 2 + 3 * (level[1] - 7 / 3) ** 2) / 6
    assert float(squared_error(logits(), RATED)) == pytest.approx(float(by_hand))


def test_the_ordinal_loss_is_of_four_questions() -> None:
    p = logits()[0, 0, 1:].softmax(-1)
    above = [float(p[k:].sum()) for k in range(1, 5)]
    asked = [3, 3, 2, 0]  # of three votes 3, 4, 4: how many lie above 1, 2, 3 and 4
    by_hand = -sum(
        n * math.log(q) + (3 - n) * math.log(1 - q) for n, q in zip(asked, above, strict=True)
    )
    assert float(cumulative(logits()[:1], RATED[:1])) == pytest.approx(by_hand / 12, rel=1e-4)


def test_pairs_are_of_one_video_and_of_what_people_see_in_both() -> None:
    level = expected_level(logits())[:, 0].tolist()
    gap = (level[0] - level[1]) / 2
    by_hand = -math.log(math.exp(gap) / (math.exp(gap) + math.exp(-gap) + 1))
    assert float(bradley_terry(logits(), RATED, VIDEOS)) == pytest.approx(by_hand, rel=1e-5)
    apart = torch.arange(3)
    assert float(bradley_terry(logits(), RATED, apart)) == 0.0


def test_rare_levels_weigh_more_and_all_votes_one_on_average() -> None:
    many = torch.cat([votes((0, 0, 0, 0, 0, 9))] * 30 + [votes((0, 9, 0, 0, 0, 0))])
    weights = balanced(many, 1.0)
    assert weights[0, 1] > 3 * weights[0, 5]
    assert float((weights * many.sum(0)).sum() / many.sum()) == pytest.approx(1)
    assert torch.equal(weights[1], torch.ones(6))  # nobody rated it
    assert float(weights[0].max() / weights[0].min()) < 100


@pytest.mark.parametrize(
    "objective",
    [
        Objective(expectation=1.0),
        Objective(ordinal=1.0),
        Objective(pairwise=1.0),
        Objective(targets="one-hot", expectation=0.5, ordinal=0.5, pairwise=0.5, balance=1.0),
    ],
)
def test_gradients_are_finite_and_nothing_pulls_at_the_unrated(objective: Objective) -> None:
    given = logits().requires_grad_()
    weights = balanced(RATED, objective.balance) if objective.balance else None
    objective.loss(given, RATED, video_B=VIDEOS, weights_D6=weights).backward()
    assert given.grad is not None
    assert bool(given.grad.isfinite().all())
    assert float(given.grad[:, 0].abs().sum()) > 0
    assert float(given.grad[:, 1:].abs().sum()) == 0


@pytest.mark.parametrize(
    "nonsense", [{"targets": "hard"}, {"expectation": -1.0}, {"pairwise": -0.1}]
)
def test_refuses_nonsense(nonsense: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"targets|negative"):
        Objective(**nonsense)
