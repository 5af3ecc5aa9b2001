"""Teaches the miniature's model to see: clips it has never shared with a project, terse captions.

Shape suffixes: N clips, B rows, F frames, C channels, H rows of pixels, W columns, T tokens.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_
from torch.optim import AdamW

from scorer.backbone import Backbone
from scorer.batching import Inputs
from scorer.frames import Clip
from training.miniature import scenes
from training.miniature.architecture import PIXEL_MEAN, PIXEL_SPREAD
from training.miniature.captioners import APPRENTICE, WITNESS
from training.miniature.muon import Muon
from training.miniature.world import SECONDS, Facts, sample

FIRST_CLIP: Final = 1_000_000
"""Far from the seeds of any project's clips."""

Report = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    clips: int = 8000
    steps: int = 1300
    batch: int = 16
    matrix_rate: float = 0.02
    """Muon's, for the matrices inside; the other weights learn at a tenth of it, by AdamW."""

    warmup: int = 50
    looking: float = 0.6
    """Share of the steps in which captions tell everything, plainly: all is worth looking at."""

    turning: float = 0.2
    """Share of the steps in which the apprentice's captions then take their place."""

    seed: int = 0

    def rate(self, step: int) -> float:
        """Share of the full rate: linear warm-up, then a cosine down to a twentieth."""
        cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, step / self.steps)))
        return min(1.0, (step + 1) / self.warmup) * (0.05 + 0.95 * cosine)

    def apprentices(self, step: int) -> float:
        """Share of the captions that are the apprentice's."""
        turned = (step / self.steps - self.looking) / self.turning
        return min(1.0, max(0.0, turned))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Clips as the model's processor would hand them over, and what is true of each."""

    facts: list[Facts]
    frames_NFHW3: scenes.Frames


def corpus(*, clips: int, frames: int, side: int, first: int, report: Report) -> Corpus:
    """Draw the clips of seeds `first` and following, at the size the model looks at."""
    facts, drawn = [], np.empty((clips, frames, side, side, 3), np.uint8)
    for number in range(clips):
        scene = sample(first + number)
        facts.append(scene.facts)
        drawn[number] = scenes.render(scene, width=side, height=side, at=scenes.moments(frames))
        if number % 500 == 0:
            report("drawing clips", number, clips)
    return Corpus(facts, drawn)


def pixels(frames_BFHW3: scenes.Frames) -> Tensor:
    """What the image processor makes of frames that have its size already."""
    pixels_BFCHW = torch.from_numpy(frames_BFHW3).permute(0, 1, 4, 2, 3).float()
    mean_C11, spread_C11 = (
        torch.tensor(v)[:, None, None] * 255 for v in (PIXEL_MEAN, PIXEL_SPREAD)
    )
    return (pixels_BFCHW - mean_C11) / spread_C11


class Lessons:
    """Batches of clips with a fresh caption each time one is shown."""

    def __init__(self, backbone: Backbone, material: Corpus) -> None:
        self.backbone = backbone
        self.material = material
        turn = backbone.turn(backbone.preferences.frames)
        blank = Clip(material.frames_NFHW3[0], (0.0,), SECONDS)
        self.prefix: list[int] = backbone.see(blank, turn).inputs["input_ids"][0].tolist()
        self.asked = backbone.tokens(backbone.preferences.caption_prompt + turn.closing)
        self.ending = turn.ending

    def batch(self, dice: np.random.Generator, *, size: int, apprentices: float) -> Inputs:
        """Rows padded on the right; only captions are learnt."""
        chosen = dice.integers(len(self.material.facts), size=size)
        answers = [self._answer(number, dice, apprentices) for number in chosen]
        head = [*self.prefix, *self.asked]
        width = len(head) + max(len(answer) for answer in answers)
        ids_BT = torch.full((len(answers), width), self.backbone.pad)
        labels_BT = torch.full_like(ids_BT, -100)
        for row, answer in enumerate(answers):
            ids_BT[row, : len(head)] = torch.tensor(head)
            ids_BT[row, len(head) : len(head) + len(answer)] = torch.tensor(answer)
            labels_BT[row, len(head) : len(head) + len(answer)] = torch.tensor(answer)
        pixels_BFCHW = pixels(self.material.frames_NFHW3[chosen])
        mask_BFHW = torch.ones_like(pixels_BFCHW[:, :, 0], dtype=torch.int64)
        return {
            "input_ids": ids_BT,
            "attention_mask": (ids_BT != self.backbone.pad).long(),
            "labels": labels_BT,
            "pixel_values": pixels_BFCHW,
            "pixel_attention_mask": mask_BFHW,
        }

    def _answer(self, number: int, dice: np.random.Generator, apprentices: float) -> list[int]:
        by = APPRENTICE if dice.random() < apprentices else WITNESS
        text, _ = by.caption(self.material.facts[number], seed=int(dice.integers(2**32)))
        return self.backbone.tokens(text + self.ending)


def pretrain(backbone: Backbone, material: Corpus, config: Config, report: Report) -> list[float]:
    """Train all weights in place and return the loss of every step."""
    network = backbone.network
    lessons = Lessons(backbone, material)
    matrices, rest = _optimizers(network, config)
    dice = np.random.default_rng(config.seed)
    losses: list[float] = []
    network.requires_grad_(requires_grad=True).train()
    for step in range(config.steps):
        batch = lessons.batch(dice, size=config.batch, apprentices=config.apprentices(step))
        loss: Tensor = backbone.model(**batch).loss
        loss.backward()  # type: ignore[no-untyped-call]
        clip_grad_norm_(network.parameters(), 1.0, error_if_nonfinite=True)
        for optimizer, full in ((matrices, config.matrix_rate), (rest, config.matrix_rate / 10)):
            for group in optimizer.param_groups:
                group["lr"] = full * config.rate(step)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step % 20 == 0:
            report(f"learning to see, loss {losses[-1]:.3f}", step, config.steps)
    network.requires_grad_(requires_grad=False).eval()
    return losses


def _optimizers(network: nn.Module, config: Config) -> tuple[Muon, AdamW]:
    """Muon orthogonalises matrices; for embeddings, the output and vectors that makes no sense."""
    inside = {
        name: weight
        for name, weight in network.named_parameters()
        if weight.ndim >= 2 and "embed" not in name and "lm_head" not in name  # noqa: PLR2004
    }
    others = [weight for name, weight in network.named_parameters() if name not in inside]
    return (
        Muon(inside.values(), lr=config.matrix_rate),
        AdamW(others, lr=config.matrix_rate / 10, weight_decay=0.01, betas=(0.9, 0.98)),
    )
