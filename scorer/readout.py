"""What every read-out of levels offers, whichever part of the model it reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from torch import Tensor

from scorer.frames import Clip
from scorer.rubric import Dimension


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model is given for one caption, as text, for a person who wants to know why."""

    texts: Mapping[Dimension, str]
    """All up to where a dimension is read. A run of one token stands once, with its length."""

    words: Sequence[tuple[str, float]] = ()
    """Each token of the caption with log p(token | video, words so far), where that is read."""


class Readout(Protocol):
    """Shape suffixes: K captions, D dimensions in the rubric's order, 6 levels."""

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        """(K, D, 6): unnormalised log-probabilities of the levels of all captions of a clip."""

    def reading(self, clip: Clip, caption: str) -> Reading:
        """The text by which a caption of a clip is judged."""

    def save(self, directory: Path) -> dict[str, Any]:
        """Write what was learnt, as safetensors, and return the settings it needs to be read."""
