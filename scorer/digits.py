"""The paper's read-out: the level is the digit that the model would say next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from scorer import lora, losses, prompt, sharing, trie
from scorer.backbone import Backbone
from scorer.batching import Prefix
from scorer.frames import Clip
from scorer.readout import Reading
from scorer.rubric import LEVELS, Dimension


class DigitsNotApart(Exception):
    """The tokenizer does not write each digit as one token of its own where the answer begins."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the assistant answers: the tokens that lead there, and the token of each level."""

    lead: list[int]
    digits: list[int]


def answer(tokens: Callable[[str], list[int]], closing: str) -> Answer:
    """The position behind `closing` at which the six levels differ in exactly one token.

    Found in place, by what each digit makes of the text before it: some tokenizers put a space of
    its own ahead of a digit, some melt the two, and others write " 5" and "5" differently. What
    all six write alike leads there; the token that follows is the level.
    """
    written = [tokens(f"{closing}{level.value}") for level in LEVELS]
    alike = min(trie.in_common(written[0], other) for other in written[1:])
    lead = written[0][:alike]
    digits = [last for *before, last in written if before == lead]
    if len(set(digits)) != len(LEVELS):
        raise DigitsNotApart(f"{closing!r} and a digit give {written}")
    return Answer(lead, digits)


@dataclass(slots=True)
class DigitReadout:
    """Reads the logits of "0" to "5" behind five short questions a caption, all in one pass."""

    backbone: Backbone
    turn: prompt.Turn
    answer: Answer
    mode: sharing.Mode | None = None
    """Found out on the first clip: see `sharing.check`."""

    packs: bool | None = None
    """Found out on the first lesson: see `sharing.packs`."""

    @classmethod
    def over(cls, backbone: Backbone, frames: int) -> "DigitReadout":
        turn = backbone.turn(frames, before=prompt.rubric())
        return cls(backbone, turn, answer(backbone.tokens, turn.closing))

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        prefix = self.backbone.see(clip, self.turn)
        tails, kept = self._branches(captions)
        with torch.no_grad():
            self.mode = self.mode or sharing.check(self.backbone.model, prefix, tails[:3])
            rows = sharing.logits(self.backbone.model, prefix, tails, kept, self.mode)
        return self._table(rows).float().cpu()

    def reading(self, clip: Clip, caption: str) -> Reading:
        prefix = self.backbone.see(clip, self.turn).inputs["input_ids"][0].tolist()
        tails, _ = self._branches([caption])
        read = (self.backbone.as_read([*prefix, *tail]) for tail in tails)
        return Reading(dict(zip(Dimension, read, strict=True)))

    def loss(self, prefix: Prefix, captions: Sequence[str], votes_BK6: Tensor) -> Tensor:
        """Against the votes as they are."""
        return losses.soft_label(self.learnt(prefix, captions), votes_BK6.to(self.backbone.device))

    def learnt(self, prefix: Prefix, captions: Sequence[str]) -> Tensor:
        """The logits (K, D, 6), differentiable: one packed sequence for all captions of a clip."""
        tails, kept = self._branches(captions)
        if self.packs is None:
            self.packs = sharing.packs(self.backbone.model, prefix, tails[:3])
        if self.packs:
            rows = sharing.packed(self.backbone.model, prefix, tails, kept)
        else:
            rows = sharing.logits(self.backbone.model, prefix, tails, kept, sharing.Mode.NAIVE)
        return self._table(rows)

    def save(self, directory: Path) -> dict[str, Any]:
        lora.save(self.backbone.model, directory)
        return {}

    def _branches(self, captions: Sequence[str]) -> tuple[list[list[int]], list[tuple[int]]]:
        tails = [
            self.backbone.tokens(asked) + self.answer.lead
            for caption in captions
            for asked in prompt.questions(caption).values()
        ]
        return tails, [(len(tail) - 1,) for tail in tails]

    def _table(self, rows: Sequence[Tensor]) -> Tensor:
        """One row of six for every caption and dimension."""
        flat = torch.cat(list(rows))[:, self.answer.digits]
        return flat.view(-1, len(Dimension), len(LEVELS))
