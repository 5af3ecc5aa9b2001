"""A captioner that was fine-tuned: an adapter on its base model, or a whole model of its own."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from scorer import lora, manifest, models
from scorer.backbone import Backbone
from scorer.models import fingerprint

CARD: Final = "captioner.json"
FORMAT: Final = "crest.captioner/1"


@dataclass(frozen=True, slots=True)
class Adapting:
    """What of the model learns."""

    shape: lora.Shape
    whole: bool = False
    """The weights themselves, in place of adapters on them."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What its weights need around them to speak as they were taught to."""

    model: str
    """The base model, as it was asked for."""
    model_sha256: str
    frames: int

    @classmethod
    def read(cls, directory: Path) -> "About":
        said = json.loads((directory / CARD).read_text(encoding="utf-8"))
        return cls(said["model"], said["model_sha256"], said["frames"])

    @property
    def name(self) -> str:
        return Path(self.model).name


def prepare(backbone: Backbone, name: str, adapting: Adapting) -> None:
    """Have the parts learn that are to. Raises `NoSuchPart`."""
    if not adapting.whole:
        lora.add(backbone, name=name, shape=adapting.shape, seed=adapting.seed)
        return
    shape = adapting.shape
    for path, parameter in backbone.network.named_parameters():
        parameter.requires_grad = _learns(path, shape)


def _learns(path: str, shape: lora.Shape) -> bool:
    """Whether a weight learns where whole models do."""
    if any(f".{part}." in f".{path}" for part in lora.PROJECTORS):
        return shape.projector == "trained"
    if re.match(lora.VISION, path):
        return shape.vision == "trained"
    return True


def save(backbone: Backbone, directory: Path, about: About) -> str:
    """Write the weights as other software reads them; the sha256 that names them."""
    if is_adapter(backbone.model):
        lora.save(backbone.model, directory)
        digest = manifest.file_digest(directory / lora.WEIGHTS)
    else:
        lora.export(backbone, directory)
        digest = fingerprint(directory)
    card = {
        "format": FORMAT,
        "caption_prompt": backbone.preferences.caption_prompt,
        **asdict(about),
    }
    (directory / CARD).write_text(json.dumps(card, indent=2, sort_keys=True) + "\n", "utf-8")
    return digest


def teach(backbone: Backbone, directory: Path) -> Backbone:
    """The base model as it speaks after its fine-tuning; the base itself may be changed."""
    if (directory / models.ADAPTER_SETTINGS).is_file():
        lora.attach(backbone, directory)
        return backbone
    return Backbone.load(str(directory), None)


def is_adapter(model: Any) -> bool:
    return hasattr(model, "peft_config")
