"""What a scorer learns to do: which answer counts as right, and which errors weigh.

Everything is a function of the six logits of a caption and dimension: any read-out can learn by any
of it, and scores are read the same way afterwards.

Shape suffixes: B captions, D dimensions, 6 levels, P pairs of captions of one video.
"""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import torch
from torch import Tensor
from torch.nn import functional as F

from scorer import losses
from scorer.levels import EVEN
from scorer.rubric import INVOLVED_LEVELS

Targets = Literal["soft", "sampled", "one-hot"]

SMOOTHING: Final = 5.0
"""Votes that every level is given before their frequencies are taken."""

MOST: Final = 4.0
"""The heaviest weight of a level, in means of all weights."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Objective:
    """The default is what the ablation chose: see docs/explanation/learning.md.

    - `targets`: `soft` learns the distribution of votes; `sampled` draws one vote of each caption
      anew at each step; `one-hot` takes the level that most people gave, as the reference does.
    - `expectation`: the weight of the squared error of the expected level, given involved.
    - `ordinal`: the weight of a cross-entropy of "above level k", for k from 1 to 4 (cumulative
      link, as in Frank and Hall 2001): being off by three is worse than by one.
    - `pairwise`: the weight of Bradley-Terry with ties (Davidson 1970) for captions of one video.
    - `balance`: rare levels of a dimension weigh more, by the smoothed inverse of their frequency
      to this power: 0 not at all, 1 in full.
    """

    targets: Targets = "soft"
    expectation: float = 0.0
    ordinal: float = 0.0
    pairwise: float = 0.0
    balance: float = 0.0

    def __post_init__(self) -> None:
        if self.targets not in get_args(Targets):
            raise ValueError(f"no targets are called {self.targets!r}")
        if min(self.expectation, self.ordinal, self.pairwise, self.balance) < 0:
            raise ValueError("the weights of an objective cannot be negative")

    def loss(
        self,
        logits_BD6: Tensor,
        votes_BD6: Tensor,
        *,
        video_B: Tensor,
        weights_D6: Tensor | None = None,
        draw: torch.Generator | None = None,
    ) -> Tensor:
        """A scalar. `video_B` numbers the videos; `draw` is where sampled votes come from."""
        aims_BD6 = self._aims(votes_BD6, draw)
        weighed = aims_BD6 if weights_D6 is None else aims_BD6 * weights_D6
        total = losses.soft_label(logits_BD6, weighed)
        if self.expectation:
            total = total + self.expectation * squared_error(logits_BD6, aims_BD6)
        if self.ordinal:
            total = total + self.ordinal * cumulative(logits_BD6, aims_BD6)
        if self.pairwise:
            total = total + self.pairwise * bradley_terry(logits_BD6, votes_BD6, video_B)
        return total

    def _aims(self, votes_BD6: Tensor, draw: torch.Generator | None) -> Tensor:
        if self.targets == "soft":
            return votes_BD6
        given_BD1 = (votes_BD6.sum(-1, keepdim=True) > 0).to(votes_BD6.dtype)
        if self.targets == "one-hot":
            chosen_BD = votes_BD6.argmax(-1)
        else:
            flat = votes_BD6.cpu().reshape(-1, 6)
            # Where nobody voted any level will do: it weighs nothing.
            drawn = torch.multinomial(flat + (flat.sum(-1, keepdim=True) == 0), 1, generator=draw)
            chosen_BD = drawn.view(votes_BD6.shape[:-1]).to(votes_BD6.device)
        return F.one_hot(chosen_BD, 6).to(votes_BD6.dtype) * given_BD1


def balanced(votes_ND6: Tensor, power: float) -> Tensor:
    """Weights (D, 6) of the levels, by all votes that are learnt from; 1 in the mean over votes."""
    counts_D6 = votes_ND6.sum(0)
    weights_D6 = (counts_D6 + SMOOTHING) ** -power
    weights_D6 = weights_D6 / weights_D6.mean(-1, keepdim=True)
    weights_D6 = weights_D6.clamp(max=MOST)
    mean_D1 = (weights_D6 * counts_D6).sum(-1, keepdim=True) / counts_D6.sum(-1, keepdim=True)
    return torch.where(mean_D1 > 0, weights_D6 / mean_D1, torch.ones_like(weights_D6))


def expected_level(logits_BD6: Tensor) -> Tensor:
    """(B, D): the level, given that the dimension is involved."""
    p_BD5 = logits_BD6[..., 1:].float().softmax(-1)
    return p_BD5 @ torch.tensor(INVOLVED_LEVELS, dtype=p_BD5.dtype, device=p_BD5.device)


def squared_error(logits_BD6: Tensor, votes_BD6: Tensor) -> Tensor:
    """Of the expected level against the votes' mean; a caption weighs its votes from 1 to 5."""
    involved_BD, human_BD = _human(votes_BD6)
    weight_BD = votes_BD6[..., 1:].sum(-1) * involved_BD
    error_BD = (expected_level(logits_BD6) - human_BD).square()
    return (error_BD * weight_BD).sum() / weight_BD.sum().clamp(min=1)


def cumulative(logits_BD6: Tensor, votes_BD6: Tensor) -> Tensor:
    """Cross-entropy of whether the level lies above k, given involved; mean over votes and k."""
    p_BD5 = logits_BD6[..., 1:].float().softmax(-1)
    above_BD4 = p_BD5.flip(-1).cumsum(-1).flip(-1)[..., 1:].clamp(1e-6, 1 - 1e-6)
    votes_BD5 = votes_BD6[..., 1:]
    more_BD4 = votes_BD5.flip(-1).cumsum(-1).flip(-1)[..., 1:]
    fewer_BD4 = votes_BD5.sum(-1, keepdim=True) - more_BD4
    losses_BD4 = -(more_BD4 * above_BD4.log() + fewer_BD4 * (1 - above_BD4).log())
    return losses_BD4.sum() / (4 * votes_BD5.sum()).clamp(min=1)


def bradley_terry(logits_BD6: Tensor, votes_BD6: Tensor, video_B: Tensor) -> Tensor:
    """Better, worse or alike of each two captions of a video; mean over pairs. 0 without a pair.

    With levels a and b the chances are as exp((a - b) / 2), exp((b - a) / 2) and 1.
    """
    first_P, second_P = torch.triu_indices(len(video_B), len(video_B), offset=1).unbind()
    same_P = video_B.cpu()[first_P] == video_B.cpu()[second_P]
    first_P, second_P = first_P[same_P], second_P[same_P]
    involved_BD, human_BD = _human(votes_BD6)
    both_PD = involved_BD[first_P] & involved_BD[second_P]
    level_BD = expected_level(logits_BD6)
    gap_PD = (level_BD[first_P] - level_BD[second_P]) / 2
    log_p_PD3 = torch.stack([-gap_PD, torch.zeros_like(gap_PD), gap_PD], -1).log_softmax(-1)
    said_PD = torch.sign(human_BD[first_P] - human_BD[second_P]).long() + 1
    losses_PD = -log_p_PD3.gather(-1, said_PD[..., None])[..., 0]
    return (losses_PD * both_PD).sum() / both_PD.sum().clamp(min=1)


def _human(votes_BD6: Tensor) -> tuple[Tensor, Tensor]:
    """Whether at least half of the people say involved, and their mean level (B, D)."""
    count_BD = votes_BD6[..., 1:].sum(-1)
    scale = torch.tensor(INVOLVED_LEVELS, dtype=votes_BD6.dtype, device=votes_BD6.device)
    involved_BD = (count_BD > 0) & (count_BD >= EVEN * votes_BD6.sum(-1))
    return involved_BD, votes_BD6[..., 1:] @ scale / count_BD.clamp(min=1)
