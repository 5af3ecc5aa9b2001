"""The training loop, and the order in which it sees its data."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_
from torch.optim import AdamW

from scorer.checkpoint import Checkpoints
from scorer.stopping import Look, Stopping
from scorer.team import ALONE, Team


@dataclass(frozen=True, kw_only=True, slots=True)
class OptimConfig:
    """How far and how fast to train. Steps are optimizer steps."""

    steps: int
    learning_rate: float
    """The peak, reached at the end of warm-up."""

    warmup_share: float = 0.05
    weight_decay: float = 0.01
    max_grad_norm: float = 1.0
    checkpoint_every: int = 25

    def __post_init__(self) -> None:
        if self.steps < 1 or self.learning_rate <= 0 or self.checkpoint_every < 1:
            raise ValueError(f"cannot train with {self}")
        if not 0 <= self.warmup_share < 1:
            raise ValueError(f"warmup_share ({self.warmup_share}) must be a share of the steps")

    def rate_at(self, step: int) -> float:
        """Linear warm-up, then a cosine down to zero. Steps count from 0."""
        warmup = int(self.warmup_share * self.steps)
        if step < warmup:
            return self.learning_rate * (step + 1) / warmup
        done = (step - warmup) / max(self.steps - warmup, 1)
        return self.learning_rate * 0.5 * (1 + math.cos(math.pi * done))


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is done. Numbers count from 1."""

    number: int
    loss: float
    grad_norm: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """The losses at both ends, the same whether or not training was interrupted."""

    steps: int
    """That were taken: fewer than were allowed where training was stopped early."""

    loss_first: float
    loss_last: float
    looks: list[Look] = field(default_factory=list)


class Objective(Protocol):
    def __call__(self, step: int) -> float:
        """Add the gradients of the batch at `step` (from 0) and return its loss."""


def fit(
    learner: nn.Module,
    objective: Objective,
    config: OptimConfig,
    *,
    checkpoints: Checkpoints | None = None,
    stopping: Stopping | None = None,
    on_step: Callable[[Step], None] = lambda _: None,
    team: Team = ALONE,
) -> Fitted:
    """Train in place, from the newest checkpoint. `on_step` stops the run by raising.

    In a team the objective gives a share of each batch, all take the same steps, and the leader
    tells and saves.
    """
    parameters = [p for p in learner.parameters() if p.requires_grad]
    # One tensor after the other: the fused forms add in an order of their own.
    optimizer = AdamW(
        parameters, lr=config.learning_rate, weight_decay=config.weight_decay, foreach=False
    )
    done, first, loss = _resumed(learner, optimizer, checkpoints, stopping)

    while done < config.steps and not (stopping and stopping.over):
        for group in optimizer.param_groups:
            group["lr"] = config.rate_at(done)
        loss = team.total(objective(done))
        team.add_up(parameters)
        # Refuses a NaN before it can reach the weights.
        norm = clip_grad_norm_(parameters, config.max_grad_norm, error_if_nonfinite=True)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        first = loss if done == 0 else first
        done += 1
        if stopping:
            stopping.after(done, loss, learner, team)
        if not team.leads:
            continue
        # Told before it is saved: a step that a resumed run skips has always been told.
        on_step(Step(done, loss, float(norm)))
        if checkpoints and done % config.checkpoint_every == 0:
            notes = {"losses": [first, loss], "looks": stopping.looks if stopping else []}
            checkpoints.save(done, learner, optimizer, notes, stopping.best if stopping else {})
    if stopping:
        stopping.rewind(learner)
    return Fitted(done, first, loss, stopping.looks if stopping else [])


def _resumed(
    learner: nn.Module,
    optimizer: AdamW,
    checkpoints: Checkpoints | None,
    stopping: Stopping | None,
) -> tuple[int, float, float]:
    """The steps that are done, and the first and the last loss."""
    restored = checkpoints.restore(learner, optimizer) if checkpoints else None
    if restored is None:
        return 0, math.nan, math.nan
    if stopping:
        stopping.resume(restored.notes["looks"], restored.best)
    first, last = restored.notes["losses"]
    return restored.step, first, last


def batch_at(step: int, *, items: int, size: int, seed: int) -> list[int]:
    """The items of a step: a pure function, so that there is no data loader whose place is lost.

    Each epoch is a permutation of its own; a batch may span two of them.
    """
    places = range(step * size, (step + 1) * size)
    return [_permutation(place // items, items, seed)[place % items] for place in places]


@lru_cache(maxsize=2)
def _permutation(epoch: int, items: int, seed: int) -> tuple[int, ...]:
    generator = torch.Generator().manual_seed(seed * 1_000_003 + epoch)
    return tuple(torch.randperm(items, generator=generator).tolist())
