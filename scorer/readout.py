"""What every read-out of levels offers, whichever part of the model it reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from torch import Tensor

from scorer.frames import Clip


class Readout(Protocol):
    """Shape suffixes: K captions, D dimensions in the rubric's order, 6 levels."""

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        """(K, D, 6): unnormalised log-probabilities of the levels of all captions of a clip."""

    def save(self, directory: Path) -> dict[str, Any]:
        """Write what was learnt, as safetensors, and return the settings it needs to be read."""
