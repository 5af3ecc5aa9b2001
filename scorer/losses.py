"""How far predicted levels are from people's votes.

Shape suffixes: B captions, K dimensions, 6 levels.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from scorer.rubric import Dimension


def soft_label(logits_BK6: Tensor, votes_BK6: Tensor) -> Tensor:
    """Cross-entropy against the distribution of real votes.

    A caption and dimension weighs as many votes as it has: agreement is told from one opinion.
    Where nobody voted nothing is learnt.
    """
    total = votes_BK6.sum()
    if total == 0:
        raise ValueError("a batch without a vote teaches nothing")
    log_p_BK6 = F.log_softmax(logits_BK6.float(), dim=-1)
    return -(votes_BK6 * log_p_BK6).sum() / total


def votes_table(votes: Sequence[Mapping[Dimension, Sequence[float]]]) -> Tensor:
    """Votes, or what they weigh, as (captions, dimensions, levels)."""
    table = torch.zeros(len(votes), len(Dimension), 6)
    for row, by_dimension in enumerate(votes):
        for column, dimension in enumerate(Dimension):
            table[row, column] = torch.tensor(by_dimension.get(dimension, (0,) * 6))
    return table
