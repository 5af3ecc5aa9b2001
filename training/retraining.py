"""The stage that learns a scorer from a snapshot's ratings."""

from dataclasses import dataclass
from typing import Any

from scorer import learning, snapshot
from scorer.learning import LearnConfig
from training import models
from training.journal import Journal, Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class RetrainConfig(LearnConfig):
    """As the library takes it, with the platform's own model to begin with."""

    model: str = models.MINIATURE


def retrain(work: Workspace, config: RetrainConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `scorer.json` and its weights in `out`. Resumes from its last checkpoint."""
    rated = snapshot.read(work.snapshot)
    models.ensure(config.model, work.models, journal)
    return learning.learn(
        snapshot=rated,
        config=config,
        models_dir=work.models,
        path_of=work.video,
        out=work.out,
        scratch=work.scratch,
        on_progress=journal.progress,
        on_metrics=journal.metrics,
    )
