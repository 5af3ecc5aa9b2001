"""Muon: momentum whose matrices are made orthogonal, so that every direction learns alike.

Beside torch's own it takes convolutions too and computes in single precision everywhere, so that a
model comes out the same whether or not a processor has bfloat16. The method is Keller Jordan's.
"""

from collections.abc import Callable, Iterable
from typing import Final

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

QUINTIC: Final = (3.4445, -4.7750, 2.0315)
ROUNDS: Final = 5


class Muon(Optimizer):
    def __init__(
        self, weights: Iterable[nn.Parameter], *, lr: float, momentum: float = 0.95
    ) -> None:
        super().__init__(weights, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        if closure is not None:
            raise ValueError("Muon takes no closure")
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._step(weight, group["lr"], group["momentum"])

    def _step(self, weight: Tensor, rate: float, momentum: float) -> None:
        grad: Tensor = weight.grad  # type: ignore[assignment]  # the caller has looked
        state = self.state[weight]
        trace = state.setdefault("trace", torch.zeros_like(weight))
        trace.lerp_(grad, 1 - momentum)
        update = orthogonal(grad.lerp(trace, momentum).flatten(1))
        tall = max(1.0, update.size(0) / update.size(1)) ** 0.5
        weight.add_(update.reshape(weight.shape), alpha=-rate * tall)


def orthogonal(matrix: Tensor) -> Tensor:
    """Nearly the closest matrix whose singular values are all 1, by Newton and Schulz."""
    a, b, c = QUINTIC
    tall = matrix.size(0) > matrix.size(1)
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(ROUNDS):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    result: Tensor = x.T if tall else x
    return result
