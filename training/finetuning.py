"""The stage that teaches a captioner the captions that the scorer selected."""

import contextlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from torch import Tensor
from torch.nn import functional as F

from scorer import lora, manifest, snapshot
from scorer.backbone import Backbone, Placement
from scorer.batching import Batch, Row, collate
from scorer.checkpoint import Checkpoints
from scorer.course import Memory
from scorer.models import fingerprint
from scorer.quantized import BaseName
from scorer.recomputing import recomputed
from scorer.sights import Failure, Sights
from scorer.train import Fitted, OptimConfig, Step, batch_at, fit
from training import captioner, captioning, jsonl, models
from training.captioner_card import CARD, Source, card
from training.journal import Journal, Workspace
from training.selection import SELECTION

SAMPLES: Final = "samples.jsonl"
SAMPLED_VIDEOS: Final = 4
LEARNING_RATE: Final = 2e-4
LEAST_STEPS: Final = 120


class NothingSelected(Exception):
    """The selection holds no caption whose video can be read: lower its threshold."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FinetuneConfig:
    """Steps are optimizer steps; None means one epoch, and never fewer than 120."""

    model: str = models.MINIATURE
    adapt: Literal["lora", "full"] = "lora"
    """`full` trains all weights of the language model and leaves a whole model, no adapter."""

    lora_rank: int = 16
    layers: lora.Targets = "language"
    vision: lora.Part = "frozen"
    projector: lora.Part = "frozen"
    steps: int | None = None
    batch: int = 8
    parts: int = 1
    """A step's batch goes through the model in so many parts: the same gradients in less memory."""

    learning_rate: float | None = None
    frames: int = 4
    base: BaseName = "full"
    memory: Memory = "keep"
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.lora_rank, self.batch, self.frames, self.parts) < 1:
            raise ValueError("lora_rank, batch, frames and parts must be positive")
        if self.adapt not in ("lora", "full"):
            raise ValueError(f"adapt ({self.adapt!r}) is lora or full")
        if self.adapt == "full" and self.base != "full":
            raise ValueError(f"weights in {self.base} cannot be trained themselves: choose lora")
        if self.steps is not None and self.steps < 1:
            raise ValueError(f"steps ({self.steps}) must be positive")
        if self.learning_rate is not None and self.learning_rate <= 0:
            raise ValueError(f"learning_rate ({self.learning_rate}) must be positive")


@dataclass(frozen=True, slots=True)
class Sample:
    """A selected caption as the captioner is to say it, end and all."""

    video: str
    tokens: Sequence[int]


def finetune(work: Workspace, config: FinetuneConfig, journal: Journal) -> dict[str, Any]:
    """Learn what was selected: see `learn`."""
    selected = list(jsonl.read(work.parents["select"] / SELECTION))
    return learn(work, selected, config, journal, source="selected")


def learn(
    work: Workspace,
    selected: Sequence[Mapping[str, Any]],
    config: FinetuneConfig,
    journal: Journal,
    *,
    source: Source,
) -> dict[str, Any]:
    """Learn the `text` of each `video`. Resumes from a checkpoint.

    Leaves the weights, `captioner.json`, the model card and `samples.jsonl`.
    """
    shown = _shown(snapshot.read(work.snapshot))
    models.ensure(config.model, work.models, journal)
    backbone = Backbone.load(config.model, work.models, Placement.best(config.base))
    before = _captions(backbone, shown, work, config)
    captioner.prepare(backbone, config.model, _adapting(config))
    with recomputed(backbone) if config.memory == "recompute" else contextlib.nullcontext():
        fitted, learnt, failed = _train(backbone, selected, work, config, journal)
    about = captioner.About(config.model, fingerprint(backbone.directory), config.frames)
    weights = captioner.save(backbone, work.out, about)
    after = _captions(backbone, shown, work, config)
    samples = [{"video": v, "before": before[v], "after": after[v]} for v in before]
    jsonl.write(work.out / SAMPLES, samples)
    result = {
        "model": config.model,
        "adapt": config.adapt,
        "lora_rank": config.lora_rank if config.adapt == "lora" else None,
        "trainable_parameters": sum(
            p.numel() for p in backbone.network.parameters() if p.requires_grad
        ),
        "captions": learnt,
        "steps": fitted.steps,
        "loss_first": fitted.loss_first,
        "loss_last": fitted.loss_last,
        "samples": samples,
        "weights_sha256": weights,
        "failed": [asdict(failure) for failure in failed],
    }
    text = card(
        result,
        asdict(config),
        source=source,
        prompt=backbone.preferences.caption_prompt,
        snapshot=manifest.digest(work.snapshot),
    )
    (work.out / CARD).write_text(text, encoding="utf-8")
    return result


def _adapting(config: FinetuneConfig) -> captioner.Adapting:
    shape = lora.Shape(
        rank=config.lora_rank,
        targets=config.layers,
        vision=config.vision,
        projector=config.projector,
    )
    return captioner.Adapting(shape, whole=config.adapt == "full", seed=config.seed)


def _shown(frozen: snapshot.Snapshot) -> list[str]:
    """A few videos to look at before and after: such as were not learnt from, where there are."""
    videos = list(frozen.of_split("test")) or list(frozen.of_split("train"))
    return videos[:SAMPLED_VIDEOS]


def _captions(
    backbone: Backbone, videos: Sequence[str], work: Workspace, config: FinetuneConfig
) -> dict[str, str]:
    found = captioning.caption(backbone, videos, path_of=work.video, frame_count=config.frames)
    return found.captions


def _train(
    backbone: Backbone,
    selected: Sequence[Mapping[str, Any]],
    work: Workspace,
    config: FinetuneConfig,
    journal: Journal,
) -> tuple[Fitted, int, list[Failure]]:
    turn = backbone.turn(config.frames)
    asked = backbone.tokens(backbone.preferences.caption_prompt + turn.closing)
    end = backbone.end_tokens(turn)
    sights = Sights(backbone, turn, config.frames, work.video)
    good, failed = sights.readable(line["video"] for line in selected)
    samples = [
        Sample(line["video"], backbone.tokens(line["text"]) + end)
        for line in selected
        if line["video"] in set(good)
    ]
    if not samples:
        raise NothingSelected
    optim = OptimConfig(
        steps=config.steps or max(LEAST_STEPS, math.ceil(len(samples) / config.batch)),
        learning_rate=config.learning_rate or backbone.preferences.learning_rate or LEARNING_RATE,
    )

    def objective(step: int) -> float:
        chosen = batch_at(
            step, items=len(samples), size=min(config.batch, len(samples)), seed=config.seed
        )
        rows = [
            Row(sights(samples[i].video), [*asked, *samples[i].tokens], len(samples[i].tokens))
            for i in chosen
        ]
        return _backward(backbone, rows, config.parts)

    def tell(step: Step) -> None:
        journal.metrics(step.number, {"loss": step.loss})
        journal.progress(step.number, optim.steps, "learning")

    checkpoints = Checkpoints(work.scratch, asdict(config) | {"captions": len(samples)})
    fitted = fit(backbone.network, objective, optim, checkpoints=checkpoints, on_step=tell)
    return fitted, len(samples), failed


def _backward(backbone: Backbone, rows: Sequence[Row], parts: int = 1) -> float:
    """Add the gradients of the mean loss of a learnt token, and return that loss.

    Every token weighs the same, in however many parts the rows go through the model.
    """
    learnt = sum(row.learnt for row in rows)
    size = math.ceil(len(rows) / parts)
    total = 0.0
    for start in range(0, len(rows), size):
        for batch in collate(rows[start : start + size], pad=backbone.pad, left=False):
            loss = _token_losses(backbone, batch).sum() / learnt
            loss.backward()  # type: ignore[no-untyped-call]
            total += loss.item()
    return total


def _token_losses(backbone: Backbone, batch: Batch) -> Tensor:
    """What each place costs; only places inside a caption cost anything."""
    logits_BTV = backbone.model(**batch.inputs, use_cache=False).logits[:, :-1].float()
    labels_BT = batch.labels_BT[:, 1:]
    return F.cross_entropy(
        logits_BTV.flatten(0, 1), labels_BT.flatten(), ignore_index=-100, reduction="none"
    )
