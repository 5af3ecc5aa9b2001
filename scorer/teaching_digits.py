"""Teaching the digit read-out: an adapter on the language model, a few videos a step."""

import contextlib
import math
from collections.abc import Sequence
from typing import Final

import torch

from scorer import lora
from scorer.course import Course, HeldOut, Lesson, NothingToLearnFrom, Taught, votes_of
from scorer.digits import DigitReadout
from scorer.recomputing import recomputed
from scorer.sights import Sights
from scorer.train import OptimConfig, batch_at, fit

LORA_RATE: Final = 2e-4
VIDEOS_A_STEP: Final = 4
EPOCHS: Final = 3
LEAST_STEPS: Final = 60


def teach_digits(
    course: Course, lessons: Sequence[Lesson], validation: Sequence[Lesson]
) -> Taught[DigitReadout]:
    """Train an adapter, each step on all captions and dimensions of a few videos."""
    lora.add(
        course.backbone,
        name=course.model,
        shape=lora.Shape(rank=course.lora_rank),
        seed=course.seed,
    )
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
    balance = course.balance(votes_of(taught))

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
    with recomputed(course.backbone) if course.memory == "recompute" else contextlib.nullcontext():
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
    total = float(votes_of(lessons).sum())

    def loss() -> float:
        found = 0.0
        for lesson in course.team.share(lessons):
            votes = lesson.votes()
            of_one = readout.loss(sights(lesson.video), lesson.texts, votes)
            found += of_one.item() * float(votes.sum()) / total
        return found

    return loss
