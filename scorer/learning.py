"""From ratings to a scorer: teach a read-out, calibrate it, and hold it against unseen ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

import torch

from scorer import baselines, calibration, conformal, frames, metrics, models, trust, twins
from scorer.backbone import Backbone, Placement, ReadoutName
from scorer.course import Course, Lesson, Memory, OnMetrics, OnProgress, Taught
from scorer.digits import DigitReadout
from scorer.evaluation import evaluate, tested
from scorer.evaluation.card import card as model_card
from scorer.evaluation.columns import Judged
from scorer.evaluation.page import page
from scorer.judging import compared, judged
from scorer.likelihood import LikelihoodReadout
from scorer.objective import Objective, Targets
from scorer.quantized import BITS, BaseName
from scorer.readout import Readout
from scorer.scorer import Card, Scorer
from scorer.sights import Failure, PathOf
from scorer.snapshot import Example, Snapshot, hold_out
from scorer.teaching_digits import teach_digits
from scorer.teaching_head import teach_head
from scorer.team import ALONE, Team

VALIDATION: Final = 0.1
"""Share of the training videos that teach nothing and set the temperatures."""

AnyTaught = Taught[DigitReadout] | Taught[LikelihoodReadout]

REPORT: Final = "report.html"
MODEL_CARD: Final = "README.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class LearnConfig:
    """What to learn on and how. None leaves the choice to the model or to the ratings' number."""

    model: str
    readout: Literal["auto", "digits", "likelihood"] = "auto"
    steps: int | None = None
    learning_rate: float | None = None
    lora_rank: int = 16
    frames: int = 4
    targets: Targets = "soft"
    expectation: float = 0.0
    ordinal: float = 0.0
    pairwise: float = 0.0
    balance: float = 0.0
    weights: Literal["even", "raters"] = "even"
    patience: int = 0
    base: BaseName = "full"
    memory: Memory = "keep"
    seed: int = 0

    @property
    def objective(self) -> Objective:
        """Raises ValueError for one that there cannot be."""
        return Objective(
            targets=self.targets,
            expectation=self.expectation,
            ordinal=self.ordinal,
            pairwise=self.pairwise,
            balance=self.balance,
        )

    def __post_init__(self) -> None:
        if self.readout not in ("auto", "digits", "likelihood"):
            raise ValueError(f"no read-out is called {self.readout!r}")
        if self.steps is not None and self.steps < 1:
            raise ValueError(f"steps ({self.steps}) must be positive")
        if self.learning_rate is not None and self.learning_rate <= 0:
            raise ValueError(f"learning_rate ({self.learning_rate}) must be positive")
        if self.weights not in ("even", "raters"):
            raise ValueError(f"no weights are called {self.weights!r}")
        if self.base not in BITS:
            raise ValueError(f"no base is called {self.base!r}")
        if self.memory not in get_args(Memory):
            raise ValueError(f"no use of memory is called {self.memory!r}")
        if self.patience < 0:
            raise ValueError(f"patience ({self.patience}) cannot be negative")
        if self.lora_rank < 1 or self.frames < 1:
            raise ValueError("lora_rank and frames must be positive")
        _ = self.objective


def learn(
    *,
    snapshot: Snapshot,
    config: LearnConfig,
    models_dir: Path | None,
    path_of: PathOf,
    out: Path,
    scratch: Path | None = None,
    team: Team = ALONE,
    on_progress: OnProgress = lambda _done, _total, _message: None,
    on_metrics: OnMetrics = lambda _step, _values: None,
) -> dict[str, Any]:
    """Train a scorer on the training split into `out`; report how it does on the test split.

    Raises `NothingToLearnFrom`. A video that cannot be read is left out and listed. In a team
    only the leader writes and reports; to the others the result is empty.
    """
    backbone = Backbone.load(config.model, models_dir, Placement.best(config.base))
    name: ReadoutName = backbone.preferences.readout if config.readout == "auto" else config.readout
    course = Course(
        backbone=backbone,
        model=config.model,
        frames=config.frames,
        steps=config.steps,
        learning_rate=config.learning_rate,
        lora_rank=config.lora_rank,
        objective=config.objective,
        patience=config.patience,
        memory=config.memory,
        seed=config.seed,
        path_of=path_of,
        scratch=scratch,
        team=team,
        on_progress=on_progress,
        on_metrics=on_metrics,
    )
    training, validation = _split(snapshot.examples("train"))
    if config.weights == "raters":
        training = _weighed(training, snapshot)
    taught: AnyTaught = (
        teach_head(course, training, validation)
        if name == "likelihood"
        else teach_digits(course, training, validation)
    )
    if not team.leads:
        return {}
    card, lost = _calibrated(config, course, name, taught, validation)
    card.write(out)
    taught.readout.save(out)
    scorer, held_out = Scorer(taught.readout, card), snapshot.examples("test")
    found, unseen = judged(scorer, held_out, path_of)
    tested.write(out / tested.FILE, found)
    result = _report(card, taught, found) | _beside(scorer, course, taught, held_out)
    result["twins"] = twins.bench(scorer, twins.of_examples(held_out), path_of).as_json()
    result["failed"] = [asdict(failure) for failure in [*taught.failed, *lost, *unseen]]
    _write_down(result, snapshot, out)
    return result


def _calibrated(
    config: LearnConfig,
    course: Course,
    name: ReadoutName,
    taught: AnyTaught,
    validation: Sequence[Lesson],
) -> tuple[Card, list[Failure]]:
    """The scorer's card, with temperatures and intervals from videos that taught nothing."""
    card = Card(
        readout=name,
        model=course.model,
        model_sha256=models.fingerprint(course.backbone.directory),
        frames=course.frames,
        base=config.base,
        temperatures=_temperatures(taught.readout, validation, course),
    )
    checked, lost = judged(Scorer(taught.readout, card), _by_video(validation), course.path_of)
    if (srcc := metrics.agreement(compared(checked))["srcc"]) is not None:
        course.on_metrics(taught.fitted.steps, {"validation_srcc": srcc})
    half_widths = conformal.half_widths(compared(checked))
    return replace(card, half_widths={d.value: w for d, w in half_widths.items()}), lost


def _write_down(result: Mapping[str, Any], snapshot: Snapshot, out: Path) -> None:
    """What a person reads of the scorer, beside its weights."""
    title = f"A scorer on {result['model']}"
    (out / REPORT).write_text(page(result, title=title), encoding="utf-8")
    (out / MODEL_CARD).write_text(model_card(result, snapshot=snapshot.digest), encoding="utf-8")


def _by_video(lessons: Sequence[Lesson]) -> dict[str, Sequence[Example]]:
    return {lesson.video: lesson.examples for lesson in lessons}


def _split(by_video: Mapping[str, Sequence[Example]]) -> tuple[list[Lesson], list[Lesson]]:
    """Training and validation, apart by video. A handful of videos is all for training."""
    held = hold_out(by_video, VALIDATION)
    lessons = [Lesson(video, examples) for video, examples in by_video.items()]
    training = [lesson for lesson in lessons if lesson.video not in held]
    validation = [lesson for lesson in lessons if lesson.video in held]
    return (training, validation) if training else (lessons, [])


def _temperatures(readout: Readout, validation: Sequence[Lesson], course: Course) -> list[float]:
    logits, votes = [], []
    for lesson in validation:
        try:
            clip = frames.sample(course.path_of(lesson.video), course.frames)
        except frames.Unreadable:
            continue  # `judged` lists it
        logits.append(readout.logits(clip, lesson.texts))
        votes.append(lesson.votes())
    if not logits:
        return calibration.UNTOUCHED
    return calibration.temperatures(torch.cat(logits), torch.cat(votes))


def _report(card: Card, taught: AnyTaught, found: Sequence[Judged]) -> dict[str, Any]:
    learnt = [example for lesson in taught.lessons for example in lesson.examples]
    return {
        "readout": card.readout,
        "model": card.model,
        "train_captions": len(learnt),
        "train_judgments": baselines.judgments(learnt),
        "steps": taught.fitted.steps,
        "looks": [look._asdict() for look in taught.fitted.looks],
        "test_captions": len(found),
        "test": metrics.agreement(compared(found)),
        "report": evaluate(found).as_json(),
    }


def _beside(
    scorer: Scorer, course: Course, taught: AnyTaught, held_out: Mapping[str, Sequence[Example]]
) -> dict[str, Any]:
    """The baselines, and the curve over the number of ratings where heads are quickly taught."""
    learnt = [example for lesson in taught.lessons for example in lesson.examples]
    tested = [example for examples in held_out.values() for example in examples]
    beside: dict[str, Any] = baselines.untaught(learnt, tested)
    beside["blind"] = baselines.blind(scorer, held_out, course.path_of)
    if isinstance(taught.readout, DigitReadout):
        beside["zero_shot"] = baselines.without_adapter(
            taught.readout, scorer.card, held_out, course.path_of
        )
        return {"baselines": beside, "curve": []}
    heads = baselines.Heads.over(course, taught, held_out)
    beside |= {"zero_shot": heads.zero_shot(), "one_hot": heads.one_hot()}
    return {"baselines": beside, "curve": heads.curve()}


def _weighed(lessons: Sequence[Lesson], snapshot: Snapshot) -> list[Lesson]:
    """Each vote by what the rater model thinks of who gave it."""
    found = trust.weigh(_by_video(lessons), list(snapshot.judgments()))
    return [
        replace(lesson, weighed=[found[example.caption.id] for example in lesson.examples])
        for lesson in lessons
    ]
