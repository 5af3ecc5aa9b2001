"""Makes sure that the model a stage names can be opened."""

from pathlib import Path
from typing import Final

from training.journal import Journal

MINIATURE: Final = "miniature"


def ensure(model: str, models_dir: Path, journal: Journal) -> None:
    """Build the miniature where it is asked for and absent; every other model exists already."""
    if model == MINIATURE:
        from training.miniature.pretrained import ensure as build  # noqa: PLC0415 - nobody else needs it

        build(models_dir, journal)
