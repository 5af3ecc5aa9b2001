"""One temperature a dimension, so that a probability means what it says.

Shape suffixes: N captions, D dimensions, 6 levels.
"""

from typing import Final

import torch
from torch import Tensor

from scorer import losses
from scorer.rubric import Dimension

FEWEST_VOTES: Final = 20
"""With fewer the temperature would follow chance."""

UNTOUCHED: Final = [1.0] * len(Dimension)
CANDIDATES: Final = tuple(2.0 ** (step / 8) for step in range(-16, 17))


def temperatures(logits_ND6: Tensor, votes_ND6: Tensor) -> list[float]:
    """For each dimension the temperature under which held-out votes are most likely."""
    dimensions = range(logits_ND6.shape[1])
    return [_best(logits_ND6[:, [d]], votes_ND6[:, [d]]) for d in dimensions]


def _best(logits_N16: Tensor, votes_N16: Tensor) -> float:
    if votes_N16.sum() < FEWEST_VOTES:
        return 1.0

    def misfit(temperature: float) -> float:
        return float(losses.soft_label(logits_N16 / temperature, votes_N16))

    best: float = min(CANDIDATES, key=misfit)
    return best


def probabilities(logits_ND6: Tensor, temperatures: list[float]) -> Tensor:
    scale_D1 = torch.tensor(temperatures, dtype=torch.float64)[:, None]
    return (logits_ND6.double() / scale_D1).softmax(dim=-1)
