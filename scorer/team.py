"""The processes that learn or score together: those that `accelerate launch` started, or just one.

Each takes its share of a batch. Gradients are added up, not averaged: a loss here is a sum over
votes divided by the votes of the whole batch, so the sum of the parts is the gradient of the whole,
however uneven the shares are. All then take the same step, and stay equal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import torch
from torch import nn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Team:
    """This process's place among `size`, counted from 0."""

    rank: int = 0
    size: int = 1

    @classmethod
    def joined(cls) -> "Team":
        """The team that this process was launched into. GPUs speak by NCCL, CPUs by gloo."""
        from accelerate import PartialState  # noqa: PLC0415 - seconds, for who learns only

        state = PartialState(cpu=not torch.cuda.is_available())
        return cls(state.process_index, state.num_processes)

    @property
    def leads(self) -> bool:
        """Whether this process is the one that writes and tells."""
        return self.rank == 0

    def share(self, items: Sequence[T]) -> Sequence[T]:
        """What of these falls to this process: every `size`-th."""
        return items[self.rank :: self.size]

    def add_up(self, parameters: Iterable[nn.Parameter]) -> None:
        """Give everybody the sum of everybody's gradients, in one message."""
        if self.size == 1:
            return
        learnt = list(parameters)
        parts = [torch.zeros_like(p) if p.grad is None else p.grad for p in learnt]
        flat = torch.cat([part.flatten().float() for part in parts])
        torch.distributed.all_reduce(flat)
        for parameter, total in zip(
            learnt, torch.split(flat, [p.numel() for p in learnt]), strict=True
        ):
            parameter.grad = total.view_as(parameter).to(parameter.dtype)

    def total(self, value: float) -> float:
        """The sum of what everybody says."""
        if self.size == 1:
            return value
        device = "cuda" if torch.distributed.get_backend() == "nccl" else "cpu"
        said = torch.tensor(value, dtype=torch.float64, device=device)
        torch.distributed.all_reduce(said)
        return float(said)

    def wait(self) -> None:
        """Until everybody is here."""
        if self.size > 1:
            torch.distributed.barrier()


ALONE: Final = Team()
