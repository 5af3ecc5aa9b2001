"""From ratings to a scorer: teach a read-out, calibrate it, and hold it against unseen ratings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any, Final, Literal

import torch

from scorer import calibration, conformal, frames, metrics, models
from scorer.backbone import Backbone, ReadoutName
from scorer.evaluation import evaluate
from scorer.evaluation.card import card as model_card
from scorer.evaluation.columns import Judged
from scorer.evaluation.page import page
from scorer.objective import Objective, Targets
from scorer.readout import Readout
from scorer.rubric import Dimension
from scorer.scorer import Card, Scorer
from scorer.sights import Failure, PathOf
from scorer.snapshot import Example, Snapshot, hold_out
from scorer.teaching import Course, Lesson, OnMetrics, OnProgress, teach_digits, teach_head
from scorer.team import ALONE, Team

VALIDATION: Final = 0.1
"""Share of the training videos that teach nothing and set the temperatures."""

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
    backbone = Backbone.load(config.model, models_dir)
    name: ReadoutName = backbone.preferences.readout if config.readout == "auto" else config.readout
    course = Course(
        backbone=backbone,
        model=config.model,
        frames=config.frames,
        steps=config.steps,
        learning_rate=config.learning_rate,
        lora_rank=config.lora_rank,
        objective=config.objective,
        seed=config.seed,
        path_of=path_of,
        scratch=scratch,
        team=team,
        on_progress=on_progress,
        on_metrics=on_metrics,
    )
    training, validation = _split(snapshot.examples("train"))
    teach = teach_head if name == "likelihood" else teach_digits
    taught = teach(course, training)
    if not team.leads:
        return {}
    card = Card(
        readout=name,
        model=config.model,
        model_sha256=models.fingerprint(backbone.directory),
        frames=config.frames,
        temperatures=_temperatures(taught.readout, validation, course),
    )
    checked, lost = judged(Scorer(taught.readout, card), _by_video(validation), path_of)
    if (srcc := metrics.agreement(compared(checked))["srcc"]) is not None:
        on_metrics(taught.steps, {"validation_srcc": srcc})
    half_widths = conformal.half_widths(compared(checked))
    card = replace(card, half_widths={d.value: width for d, width in half_widths.items()})
    card.write(out)
    taught.readout.save(out)
    tested, unseen = judged(Scorer(taught.readout, card), snapshot.examples("test"), path_of)
    failed = [asdict(failure) for failure in [*taught.failed, *lost, *unseen]]
    result = _report(card, taught.lessons, tested) | {"failed": failed}
    _write_down(result, snapshot, out)
    return result


def _write_down(result: Mapping[str, Any], snapshot: Snapshot, out: Path) -> None:
    """What a person reads of the scorer, beside its weights."""
    title = f"A scorer on {result['model']}"
    (out / REPORT).write_text(page(result["report"], title=title), encoding="utf-8")
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
        return [1.0] * len(Dimension)
    return calibration.temperatures(torch.cat(logits), torch.cat(votes))


def judged(
    scorer: Scorer, by_video: Mapping[str, Sequence[Example]], path_of: PathOf
) -> tuple[list[Judged], list[Failure]]:
    """The scorer's word beside people's, for every rated caption whose video can be seen."""
    found: list[Judged] = []
    failed = []
    for video, examples in by_video.items():
        try:
            scores = scorer.score(path_of(video), [example.caption.text for example in examples])
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
        else:
            found.extend(zip(scores, examples, strict=True))
    return found, failed


def compared(found: Sequence[Judged]) -> dict[Dimension, list[metrics.Pair]]:
    return metrics.pairs((score, example.votes) for score, example in found)


def _report(card: Card, taught: Sequence[Lesson], tested: Sequence[Judged]) -> dict[str, Any]:
    learnt = [example for lesson in taught for example in lesson.examples]
    return {
        "readout": card.readout,
        "model": card.model,
        "train_captions": len(learnt),
        "train_judgments": _judgments(learnt),
        "test_captions": len(tested),
        "test": metrics.agreement(compared(tested)),
        "report": evaluate(tested).as_json(),
        "baselines": _baselines(learnt, [example for _, example in tested]),
    }


def _judgments(examples: Sequence[Example]) -> int:
    return sum(sum(counts) for example in examples for counts in example.votes.values())


def _baselines(learnt: Sequence[Example], tested: Sequence[Example]) -> dict[str, Any]:
    """What a scorer must beat: always the same level, and the longer the better."""
    length = _by_dimension(tested, lambda _, example: float(len(example.caption.text.split())))
    usual = {d: [p.human for p in pairs] for d, pairs in _by_dimension(learnt).items()}
    constant = _by_dimension(tested, lambda d, _: fmean(usual[d]) if usual[d] else 3.0)
    return {
        "constant": {"mae": metrics.agreement(constant)["mae"]},
        "length": {"srcc": metrics.agreement(length)["srcc"]},
    }


def _by_dimension(
    examples: Sequence[Example],
    guess: Callable[[Dimension, Example], float] = lambda _dimension, _example: 0.0,
) -> dict[Dimension, list[metrics.Pair]]:
    found: dict[Dimension, list[metrics.Pair]] = {dimension: [] for dimension in Dimension}
    for example in examples:
        for dimension, counts in example.votes.items():
            human = metrics.human_level(counts)
            if human is not None:
                found[dimension].append(metrics.Pair(guess(dimension, example), human))
    return found
