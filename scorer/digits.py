"""The paper's read-out: the level is the digit that the model would say next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from scorer import lora, losses, prompt, sharing
from scorer.backbone import Backbone
from scorer.batching import Prefix
from scorer.frames import Clip
from scorer.rubric import LEVELS, Dimension


class DigitsNotApart(Exception):
    """The tokenizer does not write each digit as one token of its own where the answer begins."""


def digit_tokens(tokens: Callable[[str], list[int]], closing: str) -> list[int]:
    """The token of each level exactly where it is trained and read.

    Found in place, by what a digit adds to the text before it: some tokenizers put a space of
    its own ahead of a digit, and others write " 5" and "5" differently.
    """
    before = tokens(closing)
    found = []
    for level in LEVELS:
        with_digit = tokens(f"{closing}{level.value}")
        if with_digit[:-1] != before:
            raise DigitsNotApart(f"{closing!r} and {level.value} give {with_digit}")
        found.append(with_digit[-1])
    if len(set(found)) != len(LEVELS):
        raise DigitsNotApart(f"two levels share a token: {found}")
    return found


@dataclass(slots=True)
class DigitReadout:
    """Reads the logits of "0" to "5" behind five short questions a caption, all in one pass."""

    backbone: Backbone
    turn: prompt.Turn
    digits: list[int]
    mode: sharing.Mode | None = None
    """Found out on the first clip: see `sharing.check`."""

    @classmethod
    def over(cls, backbone: Backbone, frames: int) -> "DigitReadout":
        turn = backbone.turn(frames, before=prompt.rubric())
        return cls(backbone, turn, digit_tokens(backbone.tokens, turn.closing))

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        prefix = self.backbone.see(clip, self.turn)
        tails, kept = self._branches(captions)
        with torch.no_grad():
            self.mode = self.mode or sharing.check(self.backbone.model, prefix, tails[:3])
            rows = sharing.logits(self.backbone.model, prefix, tails, kept, self.mode)
        return self._table(rows).float().cpu()

    def loss(self, prefix: Prefix, captions: Sequence[str], votes_BK6: Tensor) -> Tensor:
        """Differentiable, over one packed sequence for all captions of a clip."""
        tails, kept = self._branches(captions)
        rows = sharing.packed(self.backbone.model, prefix, tails, kept)
        return losses.soft_label(self._table(rows), votes_BK6.to(self.backbone.device))

    def save(self, directory: Path) -> dict[str, Any]:
        lora.save(self.backbone.model, directory)
        return {}

    def _branches(self, captions: Sequence[str]) -> tuple[list[list[int]], list[tuple[int]]]:
        tails = [
            self.backbone.tokens(asked) + self.backbone.tokens(self.turn.closing)
            for caption in captions
            for asked in prompt.questions(caption).values()
        ]
        return tails, [(len(tail) - 1,) for tail in tails]

    def _table(self, rows: Sequence[Tensor]) -> Tensor:
        """One row of six for every caption and dimension."""
        flat = torch.cat(list(rows))[:, self.digits]
        return flat.view(-1, len(Dimension), len(LEVELS))
