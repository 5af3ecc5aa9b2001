"""Simulated annotators: the true level seen through a person's leaning and unsteadiness."""

import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from scorer.rubric import INVOLVED_LEVELS, LEVELS, NOT_INVOLVED
from training.miniature.captioners import Levels


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotator:
    name: str
    bias: float
    """Levels above (kind) or below (strict) the truth, on average."""

    noise: float
    """Standard deviation of the level given around that."""

    slips: float = 0.02
    """How often any key is hit."""

    def rate(self, truth: Levels, *, about: str, seed: int) -> Levels:
        """Levels for a caption. `about` names it, so that it is always rated the same."""
        dice = np.random.default_rng([seed, zlib.crc32(f"{self.name} {about}".encode())])
        return {dimension: self._level(level, dice) for dimension, level in truth.items()}

    def _level(self, truth: int, dice: np.random.Generator) -> int:
        if dice.random() < self.slips:
            return int(dice.integers(len(LEVELS)))
        if truth == NOT_INVOLVED:
            return NOT_INVOLVED
        felt = round(truth + self.bias + self.noise * float(dice.standard_normal()))
        return min(max(felt, INVOLVED_LEVELS[0]), INVOLVED_LEVELS[-1])


ANNOTATORS: Final = (
    Annotator(name="ann-1", bias=0.0, noise=0.35),
    Annotator(name="ann-2", bias=-0.3, noise=0.5),
    Annotator(name="ann-3", bias=0.3, noise=0.5, slips=0.04),
)
