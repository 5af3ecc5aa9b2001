"""The tasks. Each looks at the database and does what it finds to do; none fails by being late."""

import importlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from annotation_site.common import stopping
from annotation_site.queue import app
from annotation_site.rating import claims as rating
from annotation_site.runs import services as runs
from annotation_site.runs.bell import PART_TASK, TASK
from annotation_site.runs.models import Kind
from annotation_site.runs.refusals import NotToBeTaken
from training.journal import Journal, Workspace
from training.recorder import assisting, recorded

log = logging.getLogger(__name__)

Stage = Callable[[Workspace, Any, Journal], dict[str, Any]]

STAGES: Final[Mapping[Kind, tuple[str, str, str]]] = {
    Kind.CAPTION: ("training.captions", "caption", "CaptionConfig"),
    Kind.SCORER: ("training.retraining", "retrain", "RetrainConfig"),
    Kind.SCORE: ("training.scoring", "score", "ScoreConfig"),
    Kind.SELECT: ("training.selection", "select", "SelectConfig"),
    Kind.FINETUNE: ("training.finetuning", "finetune", "FinetuneConfig"),
    Kind.DISTILL: ("training.distillation", "distill", "DistillConfig"),
    Kind.EVALUATE: ("training.evaluation", "evaluate", "EvaluateConfig"),
}
"""Module, function and config of each kind, by name: most of them load torch."""

ASSIST: Final[Mapping[Kind, tuple[str, str]]] = {Kind.SCORE: ("training.scoring", "assist")}
"""Of kinds whose runs have parts, what does some of them beside the stage."""


def load(kind: Kind) -> tuple[Stage, Callable[..., Any]]:
    """The stage of a kind and what makes its config."""
    module, stage, config = STAGES[kind]
    loaded = importlib.import_module(module)
    return getattr(loaded, stage), getattr(loaded, config)


@app.task(name=TASK)
def run(*, run_id: int, **_: object) -> None:
    """Do a run, unless somebody else does it already."""
    try:
        with recorded(run_id, stopping=stopping.wished) as record:
            stage, config = load(Kind(record.run.kind))
            record.result = stage(record.work, config(**record.run.config), record.journal)
    except NotToBeTaken:
        log.info("run %s is not to be taken", run_id)


@app.task(name=PART_TASK)
def part(*, run_id: int, **_: object) -> None:
    """Do parts of a run that somebody holds, until none is free."""
    try:
        with assisting(run_id, stopping=stopping.wished) as record:
            kind = Kind(record.run.kind)
            module, name = ASSIST[kind]
            assist = getattr(importlib.import_module(module), name)
            assist(record.work, load(kind)[1](**record.run.config), record.journal)
    except NotToBeTaken:
        log.info("no part of run %s is to be taken", run_id)


@app.task(name="crest.sweep")
def sweep(**_: object) -> None:
    """Put right what lost messages, killed workers and absent annotators left."""
    runs.sweep()
    rating.sweep()
