"""Teaching a read-out from ratings: a head over frozen features, or an adapter on the model."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import torch
from torch import Tensor

from scorer import frames, lora, losses
from scorer.backbone import Backbone, seeded
from scorer.checkpoint import Checkpoints
from scorer.digits import DigitReadout
from scorer.likelihood import LikelihoodReadout, Surprise
from scorer.objective import Objective, balanced
from scorer.sights import Failure, PathOf, Sights
from scorer.snapshot import Example
from scorer.stopping import Stopping
from scorer.team import Team
from scorer.train import Fitted, OptimConfig, Step, batch_at, fit
from scorer.trust import Weighed

HEAD_STEPS: Final = 400
HEAD_BATCH: Final = 64
HEAD_RATE: Final = 1e-2
HEAD_DECAY: Final = 0.5

LORA_RATE: Final = 2e-4
VIDEOS_A_STEP: Final = 4
EPOCHS: Final = 3
LEAST_STEPS: Final = 60

OnProgress = Callable[[int, int, str], None]
OnMetrics = Callable[[int, Mapping[str, float]], None]


AnyReadout = TypeVar("AnyReadout", DigitReadout, LikelihoodReadout)


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


def teach_head(
    course: Course, lessons: Sequence[Lesson], validation: Sequence[Lesson]
) -> Taught[LikelihoodReadout]:
    """Look at each caption once, then train the small head over what was seen."""
    readout = LikelihoodReadout.over(course.backbone, course.frames, seed=course.seed)
    seen, taught, failed = looked_at(course, readout, lessons)
    held_out, readable, _ = looked_at(course, readout, validation if course.patience else ())
    fitted = train_head(course, readout, seen, taught, held_out=(held_out, readable))
    return Taught(readout, taught, failed, fitted, seen)


Looked = tuple[list[Surprise], list[Lesson]]


def looked_at(
    course: Course, readout: LikelihoodReadout, lessons: Sequence[Lesson]
) -> tuple[list[Surprise], list[Lesson], list[Failure]]:
    """What was seen of the captions of those videos that can be read."""
    surprises: list[Surprise] = []
    readable: list[Lesson] = []
    failed: list[Failure] = []
    for number, lesson in enumerate(lessons, start=1):
        try:
            clip = frames.sample(course.path_of(lesson.video), course.frames)
        except frames.Unreadable as error:
            failed.append(Failure(lesson.video, str(error)))
        else:
            surprises += readout.surprises(clip, lesson.texts)
            readable.append(lesson)
        course.on_progress(number, len(lessons), "looking")
    return surprises, readable, failed


def _votes(lessons: Sequence[Lesson]) -> Tensor:
    if not lessons:
        raise NothingToLearnFrom
    return torch.cat([lesson.votes() for lesson in lessons])


def train_head(
    course: Course,
    readout: LikelihoodReadout,
    surprises: Sequence[Surprise],
    lessons: Sequence[Lesson],
    *,
    held_out: Looked = ([], []),
) -> Fitted:
    """Teach the head over what was seen of the lessons' captions, in their order."""
    votes_ND6 = _votes(lessons)
    video_N = torch.repeat_interleave(torch.tensor([len(lesson.examples) for lesson in lessons]))
    balance = course.balance(votes_ND6)
    config = OptimConfig(
        steps=course.steps or HEAD_STEPS,
        learning_rate=course.learning_rate or HEAD_RATE,
        weight_decay=HEAD_DECAY,
        checkpoint_every=100,
    )
    groups = _drawn_together(video_N, whole_videos=course.objective.pairwise > 0)
    size = min(max(HEAD_BATCH * len(groups) // len(surprises), 1), len(groups))

    def objective(step: int) -> float:
        drawn = batch_at(step, items=len(groups), size=size, seed=course.seed)
        chosen = [row for group in drawn for row in groups[group]]
        logits_BD6 = readout.read([surprises[i] for i in chosen])
        loss = course.loss(
            logits_BD6, votes_ND6[chosen], video_B=video_N[chosen], balance=balance, step=step
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    checkpoints = course.checkpoints(
        readout="likelihood", captions=len(surprises), seed=course.seed
    )
    readout.head.train()
    with seeded(course.seed):  # dropout draws, and a checkpoint knows where it was
        fitted = fit(
            readout.head,
            objective,
            config,
            checkpoints=checkpoints,
            stopping=course.stopping(_held_out(readout, *held_out), config.steps),
            on_step=course.on_step(config.steps),
        )
    readout.head.train(mode=False)
    return fitted


def _held_out(
    readout: LikelihoodReadout, surprises: Sequence[Surprise], lessons: Sequence[Lesson]
) -> HeldOut | None:
    if not lessons:
        return None
    votes_ND6 = _votes(lessons)

    def loss() -> float:
        readout.head.train(mode=False)
        found = losses.soft_label(readout.read(surprises), votes_ND6).item()
        readout.head.train()
        return found

    return loss


def _drawn_together(video_N: Tensor, *, whole_videos: bool) -> list[list[int]]:
    """What a batch is made of: captions, or whole videos where their pairs teach."""
    if not whole_videos:
        return [[row] for row in range(len(video_N))]
    return [(video_N == video).nonzero()[:, 0].tolist() for video in torch.unique(video_N)]


def teach_digits(
    course: Course, lessons: Sequence[Lesson], validation: Sequence[Lesson]
) -> Taught[DigitReadout]:
    """Train an adapter, each step on all captions and dimensions of a few videos."""
    lora.add(course.backbone, name=course.model, rank=course.lora_rank, seed=course.seed)
    readout = DigitReadout.over(course.backbone, course.frames)
    sights = Sights(course.backbone, readout.turn, course.frames, course.path_of)
    good, failed = sights.readable(lesson.video for lesson in lessons)
    taught = [lesson for lesson in lessons if lesson.video in set(good)]
    if not taught:
        raise NothingToLearnFrom
    config = OptimConfig(
        steps=course.steps or max(LEAST_STEPS, EPOCHS * math.ceil(len(taught) / VIDEOS_A_STEP)),
        learning_rate=course.learning_rate
        or course.backbone.preferences.learning_rate
        or LORA_RATE,
        checkpoint_every=10,
    )
    size = min(VIDEOS_A_STEP, len(taught))
    balance = course.balance(_votes(taught))

    def objective(step: int) -> float:
        chosen = batch_at(step, items=len(taught), size=size, seed=course.seed)
        votes = [taught[i].votes() for i in chosen]
        total = float(sum(of_one.sum() for of_one in votes))
        sum_of_losses = 0.0
        # Video by video, each weighing as many votes as it has: as if all were one batch.
        batch = list(zip((taught[i] for i in chosen), votes, strict=True))
        for lesson, of_one in course.team.share(batch):
            logits_BD6 = readout.learnt(sights(lesson.video), lesson.texts)
            loss = course.loss(
                logits_BD6,
                of_one.to(logits_BD6.device),
                video_B=torch.zeros(len(of_one)),
                balance=balance if balance is None else balance.to(logits_BD6.device),
                step=step,
            )
            share = loss * (float(of_one.sum()) / total)
            share.backward()  # type: ignore[no-untyped-call]
            sum_of_losses += share.item()
        return sum_of_losses

    checkpoints = course.checkpoints(readout="digits", videos=len(taught), seed=course.seed)
    asked = validation if course.patience else ()
    readable = set(sights.readable(lesson.video for lesson in asked)[0])
    held = [lesson for lesson in validation if lesson.video in readable]
    fitted = fit(
        course.backbone.network,
        objective,
        config,
        checkpoints=checkpoints,
        stopping=course.stopping(_held_out_videos(course, readout, sights, held), config.steps),
        on_step=course.on_step(config.steps),
        team=course.team,
    )
    return Taught(readout, taught, failed, fitted)


def _held_out_videos(
    course: Course, readout: DigitReadout, sights: Sights, lessons: Sequence[Lesson]
) -> HeldOut | None:
    """This process's share of the loss of all held-out videos as one batch."""
    if not lessons:
        return None
    total = float(_votes(lessons).sum())

    def loss() -> float:
        found = 0.0
        for lesson in course.team.share(lessons):
            votes = lesson.votes()
            of_one = readout.loss(sights(lesson.video), lesson.texts, votes)
            found += of_one.item() * float(votes.sum()) / total
        return found

    return loss
