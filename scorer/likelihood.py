"""A read-out of how likely a captioner who sees the video finds each word of a caption.

The captioner is frozen. For each token of a caption it says log p(token | video, words so far) and
how far that lies below its own best guess; a head of some ten thousand weights learns from people
which surprises matter for which dimension. It works where a model is too small to answer questions.

Shape suffixes: K captions, T tokens, E size of an embedding, H hidden size, D dimensions, 6 levels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from scorer import prompt, sharing
from scorer.backbone import Backbone, seeded
from scorer.frames import Clip
from scorer.readout import Reading
from scorer.rubric import LEVELS, Dimension

HEAD: Final = "head.safetensors"
FLOOR: Final = -8.0
"""Beyond it a word is simply wrong; how wrong tells of the captioner, not of the caption."""

COST_UNIT: Final = 4.0
"""Costs are then about as large as the words' features."""


@dataclass(frozen=True, slots=True)
class Surprise:
    """One caption as the captioner sees it: its tokens and what each of them cost."""

    tokens_T: Tensor
    costs_T2: Tensor


class Head(nn.Module):
    """One query a dimension looks over the words and says a level."""

    def __init__(
        self, words_VE: Tensor, *, word_size: int = 16, hidden: int = 48, dropout: float = 0.45
    ) -> None:
        super().__init__()
        # The captioner's own idea of its words, so that the head's size does not hang on theirs.
        directions_VE = F.normalize(words_VE.float(), dim=-1) * words_VE.shape[1] ** 0.5
        self.register_buffer("words_VE", directions_VE, persistent=False)
        # A few hundred ratings would else be learnt by heart.
        self.dropout = nn.Dropout(dropout)
        self.word = nn.Linear(words_VE.shape[1], word_size, bias=False)
        self.mix = nn.Linear(word_size + 2, hidden)
        self.query = nn.Linear(hidden, len(Dimension))
        self.deep = nn.Parameter(torch.empty(len(Dimension), hidden, hidden))
        self.level = nn.Parameter(torch.zeros(len(Dimension), hidden, len(LEVELS)))
        self.prior = nn.Parameter(torch.zeros(len(Dimension), len(LEVELS)))
        nn.init.normal_(self.deep, std=hidden**-0.5)
        nn.init.normal_(self.level, std=0.3 * hidden**-0.5)

    def forward(self, tokens_KT: Tensor, costs_KT2: Tensor, real_KT: Tensor) -> Tensor:
        words_VE = self.get_buffer("words_VE")
        token_KTH = torch.cat([self.word(words_VE[tokens_KT]), costs_KT2 / COST_UNIT], dim=-1)
        token_KTH = self.dropout(F.gelu(self.mix(token_KTH)))
        asked_KTD = self.query(token_KTH).masked_fill(~real_KT[..., None], -torch.inf)
        pooled_KDH = asked_KTD.softmax(dim=1).transpose(1, 2) @ token_KTH
        deep_KDH = self.dropout(F.gelu(torch.einsum("kdh,dhg->kdg", pooled_KDH, self.deep)))
        return torch.einsum("kdh,dhl->kdl", deep_KDH, self.level) + self.prior


@dataclass(slots=True)
class LikelihoodReadout:
    """A frozen captioner and the head that learnt to read it."""

    backbone: Backbone
    turn: prompt.Turn
    head: Head
    mode: sharing.Mode | None = None
    """Found out on the first clip: see `sharing.check`."""

    @classmethod
    def over(cls, backbone: Backbone, frames: int, *, seed: int = 0) -> "LikelihoodReadout":
        with seeded(seed):
            head = Head(backbone.model.get_input_embeddings().weight.detach().cpu())
        return cls(backbone, backbone.turn(frames), head.train(mode=False))

    def logits(self, clip: Clip, captions: Sequence[str]) -> Tensor:
        with torch.no_grad():
            return self.read(self.surprises(clip, captions))

    def reading(self, clip: Clip, caption: str) -> Reading:
        prefix = self.backbone.see(clip, self.turn).inputs["input_ids"][0].tolist()
        said = self.backbone.tokens(caption)
        read = self.backbone.as_read([*prefix, *self._asked(), *said])
        (surprise,) = self.surprises(clip, [caption])
        words = self.backbone.pieces(surprise.tokens_T.tolist())
        costs = surprise.costs_T2[:, 0].tolist()
        return Reading(dict.fromkeys(Dimension, read), list(zip(words, costs, strict=True)))

    def read(self, surprises: Sequence[Surprise]) -> Tensor:
        """The head alone: what training repeats, over features that never change."""
        lengths = torch.tensor([len(one.tokens_T) for one in surprises])
        tokens_KT = pad_sequence([one.tokens_T for one in surprises], batch_first=True)
        costs_KT2 = pad_sequence([one.costs_T2 for one in surprises], batch_first=True)
        real_KT = torch.arange(tokens_KT.shape[1])[None] < lengths[:, None]
        logits_KD6: Tensor = self.head(tokens_KT, costs_KT2, real_KT)
        return logits_KD6

    def surprises(self, clip: Clip, captions: Sequence[str]) -> list[Surprise]:
        """What each word of each caption costs, in one pass for all captions of the clip."""
        prefix = self.backbone.see(clip, self.turn)
        asked = self._asked()
        said = [self.backbone.tokens(caption) + self._end() for caption in captions]
        tails = [asked + tokens for tokens in said]
        # The token at place i is foretold at place i - 1.
        kept = [tuple(range(len(asked) - 1, len(tail) - 1)) for tail in tails]
        with torch.no_grad():
            self.mode = self.mode or sharing.check(self.backbone.model, prefix, tails[:3])
            rows = sharing.logits(self.backbone.model, prefix, tails, kept, self.mode)
        return [_surprise(row, tokens) for row, tokens in zip(rows, said, strict=True)]

    def _asked(self) -> list[int]:
        """What comes between the video and the caption."""
        return self.backbone.tokens(self.backbone.preferences.caption_prompt + self.turn.closing)

    def _end(self) -> list[int]:
        """The end costs too: a caption that stops early is one that leaves things out."""
        return self.backbone.end_tokens(self.turn)

    def save(self, directory: Path) -> dict[str, Any]:
        tensors = {name: value.contiguous() for name, value in self.head.state_dict().items()}
        save_file(tensors, directory / HEAD)
        return {}

    def load_head(self, directory: Path) -> None:
        self.head.load_state_dict(load_file(directory / HEAD))


def _surprise(logits_TV: Tensor, tokens: Sequence[int]) -> Surprise:
    log_p_TV = logits_TV.float().log_softmax(dim=-1)
    tokens_T = torch.tensor(tokens, device=log_p_TV.device)
    cost_T = log_p_TV.gather(1, tokens_T[:, None])[:, 0]
    below_best_T = cost_T - log_p_TV.amax(dim=-1)
    costs_T2 = torch.stack([cost_T, below_best_T], dim=-1).clamp(min=FLOOR)
    return Surprise(tokens_T.cpu(), costs_T2.cpu())
