"""Early stopping: the loss on videos that teach nothing, and the weights with which it was lowest.

Source: Prechelt 1998, "Early Stopping - But When?", criterion UP with a number of looks.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

import torch
from torch import Tensor, nn

from scorer.team import Team
from scorer.trainable import load_weights, trainable

LOOKS: Final = 20
"""How often held-out videos are looked at in a training of full length."""


class Look(NamedTuple):
    """Steps that are done, the loss of the last batch, and the loss on held-out videos."""

    step: int
    loss: float
    held_out: float


class Stopping:
    """Watches a training, and puts the best weights back at its end."""

    def __init__(self, held_out: Callable[[], float], *, steps: int, patience: int) -> None:
        """`held_out` gives this process's share of the loss, without touching any generator.

        `patience` is how many looks in a row may bring nothing better.
        """
        self._held_out = held_out
        self._every = max(steps // LOOKS, 1)
        self._patience = patience
        self.looks: list[Look] = []
        self.best: dict[str, Tensor] = {}

    @property
    def over(self) -> bool:
        """Whether patience has run out."""
        return bool(self.looks) and len(self.looks) - 1 - self._lowest >= self._patience

    @property
    def _lowest(self) -> int:
        return min(range(len(self.looks)), key=lambda place: self.looks[place].held_out)

    def after(self, step: int, loss: float, learner: nn.Module, team: Team) -> None:
        """Look, if it is time; steps count from 1."""
        if step % self._every:
            return
        with torch.no_grad():
            held_out = team.total(self._held_out())
        self.looks.append(Look(step, loss, held_out))
        if self._lowest == len(self.looks) - 1:
            self.best = {name: value.clone() for name, value in trainable(learner).items()}

    def resume(self, looks: Iterable[Any], best: dict[str, Tensor]) -> None:
        """Go on from what a checkpoint holds."""
        self.looks = [Look(*look) for look in looks]
        self.best = best

    def rewind(self, learner: nn.Module) -> None:
        if self.best:
            load_weights(learner, self.best)
