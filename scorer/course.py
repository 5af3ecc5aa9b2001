"""What a lesson is, the circumstances of learning from it, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

import torch
from torch import Tensor

from scorer import losses
from scorer.backbone import Backbone
from scorer.checkpoint import Checkpoints
from scorer.digits import DigitReadout
from scorer.likelihood import LikelihoodReadout, Surprise
from scorer.objective import Objective, balanced
from scorer.sights import Failure, PathOf
from scorer.snapshot import Example
from scorer.stopping import Stopping
from scorer.team import Team
from scorer.train import Fitted, Step
from scorer.trust import Weighed

OnProgress = Callable[[int, int, str], None]
OnMetrics = Callable[[int, Mapping[str, float]], None]


AnyReadout = TypeVar("AnyReadout", DigitReadout, LikelihoodReadout)


Memory = Literal["keep", "recompute"]
"""Whether activations are kept for the way back, or computed again: see `recomputing`."""

HeldOut = Callable[[], float]
"""The loss on videos that teach nothing."""

Balance = Tensor | None
"""Weights (D, 6) of the levels, where rare ones weigh more."""


class NothingToLearnFrom(Exception):
    """No video of the training split has both a rating and a picture."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The rated captions of one video."""

    video: str
    examples: Sequence[Example]
    weighed: Sequence[Weighed] | None = None
    """The votes by what each weighs, where not all weigh the same: see `trust`."""

    @property
    def texts(self) -> list[str]:
        return [example.caption.text for example in self.examples]

    def votes(self) -> Tensor:
        """(captions, dimensions, 6)."""
        counted: Sequence[Weighed] = [example.votes for example in self.examples]
        return losses.votes_table(self.weighed or counted)


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """The circumstances of learning: the model, the settings, and whom to tell."""

    backbone: Backbone
    model: str
    frames: int
    steps: int | None
    learning_rate: float | None
    lora_rank: int
    objective: Objective
    patience: int
    """Looks at held-out videos without anything better before it stops; 0 never looks."""

    memory: Memory
    seed: int
    path_of: PathOf
    scratch: Path | None
    team: Team
    on_progress: OnProgress
    on_metrics: OnMetrics

    def checkpoints(self, **identity: Any) -> Checkpoints | None:
        told = {**identity, "objective": asdict(self.objective), "patience": self.patience}
        return Checkpoints(self.scratch, told) if self.scratch else None

    def loss(
        self, logits_BD6: Tensor, votes_BD6: Tensor, *, video_B: Tensor, balance: Balance, step: int
    ) -> Tensor:
        """By the objective. What it draws depends on seed and step alone, so that it can resume."""
        return self.objective.loss(
            logits_BD6,
            votes_BD6,
            video_B=video_B,
            weights_D6=balance,
            draw=torch.Generator().manual_seed(self.seed * 1_000_003 + step),
        )

    def balance(self, votes_ND6: Tensor) -> Balance:
        power = self.objective.balance
        return balanced(votes_ND6, power) if power else None

    def stopping(self, held_out: HeldOut | None, steps: int) -> Stopping | None:
        """None where nobody asked for it, or nothing is held out."""
        if not self.patience or held_out is None:
            return None
        return Stopping(held_out, steps=steps, patience=self.patience)

    def on_step(self, steps: int) -> Callable[[Step], None]:
        def tell(step: Step) -> None:
            self.on_metrics(step.number, {"loss": step.loss})
            self.on_progress(step.number, steps, "learning")

        return tell


@dataclass(frozen=True, slots=True)
class Taught(Generic[AnyReadout]):
    """What came of it, and which lessons it came from."""

    readout: AnyReadout
    lessons: list[Lesson]
    failed: list[Failure]
    fitted: Fitted
    surprises: Sequence[Surprise] = ()
    """What the likelihood read-out saw of the lessons' captions, in their order."""


def votes_of(lessons: Sequence[Lesson]) -> Tensor:
    """Of all captions of the lessons, (captions, dimensions, 6). Raises `NothingToLearnFrom`."""
    if not lessons:
        raise NothingToLearnFrom
    return torch.cat([lesson.votes() for lesson in lessons])
