"""Teaching the likelihood read-out: a small head over what a frozen captioner finds surprising."""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

from scorer import frames, losses
from scorer.backbone import seeded
from scorer.course import Course, HeldOut, Lesson, Taught, votes_of
from scorer.likelihood import LikelihoodReadout, Surprise
from scorer.sights import Failure
from scorer.train import Fitted, OptimConfig, batch_at, fit

STEPS: Final = 400
BATCH: Final = 64
RATE: Final = 1e-2
DECAY: Final = 0.5


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


def train_head(
    course: Course,
    readout: LikelihoodReadout,
    surprises: Sequence[Surprise],
    lessons: Sequence[Lesson],
    *,
    held_out: Looked = ([], []),
) -> Fitted:
    """Teach the head over what was seen of the lessons' captions, in their order."""
    votes_ND6 = votes_of(lessons)
    video_N = torch.repeat_interleave(torch.tensor([len(lesson.examples) for lesson in lessons]))
    balance = course.balance(votes_ND6)
    config = OptimConfig(
        steps=course.steps or STEPS,
        learning_rate=course.learning_rate or RATE,
        weight_decay=DECAY,
        checkpoint_every=100,
    )
    groups = _drawn_together(video_N, whole_videos=course.objective.pairwise > 0)
    size = min(max(BATCH * len(groups) // len(surprises), 1), len(groups))

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
    votes_ND6 = votes_of(lessons)

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
