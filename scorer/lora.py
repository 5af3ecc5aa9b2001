"""Low-rank adapters: the few weights that are learnt, kept apart from the model they adapt."""

import contextlib
import logging
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from safetensors.torch import save_file

from scorer import models
from scorer.backbone import Backbone, seeded

# Where bitsandbytes is installed peft imports it, and it tells a CPU of kernels that are optional.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

# isort: split
from peft import (  # noqa: E402 - after the logger
    LoraConfig,
    PeftModel,
    get_peft_model,
    get_peft_model_state_dict,
)

WEIGHTS: Final = models.ADAPTER_WEIGHTS

Targets = Literal["language", "attention"]
Part = Literal["frozen", "trained"]

LANGUAGE: Final = r".*(language_model|text_model).*\."
ATTENTION: Final = r"(q_proj|k_proj|v_proj|o_proj)"
LANGUAGE_LAYERS: Final[Mapping[Targets, str]] = {
    "language": LANGUAGE + r"(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)",
    "attention": LANGUAGE + ATTENTION,
}
"""The language model's own layers: all of them, or those by which tokens look at one another."""

VISION: Final = r".*(vision_tower|vision_model|visual|video_tower|image_tower)\."
"""Whatever belongs to a vision tower."""

VISION_BLOCKS: Final = VISION + r".*(layers?|blocks)\.\d+\..*"
VISION_LAYERS: Final = (
    VISION_BLOCKS + r"(q_proj|k_proj|v_proj|o_proj|out_proj|qkv|proj|fc1|fc2|linear_fc1|linear_fc2)"
)
"""The linear layers inside the blocks of a vision tower, in whatever class of model."""

PROJECTORS: Final = ("multi_modal_projector", "connector", "merger", "projector")
"""What leads from the vision tower to the language model, in one class of model or another."""


class NoSuchPart(Exception):
    """The model has no part of this kind that could be trained."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """Which parts of a model learn, and in how many ranks."""

    rank: int = 16
    targets: Targets = "language"
    vision: Part = "frozen"
    """Trained: its layers get low-rank adapters too."""
    projector: Part = "frozen"
    """Trained: all of its weights, for they are few. They are kept with the adapter."""

    @property
    def layers(self) -> str:
        language = LANGUAGE_LAYERS[self.targets]
        return f"{language}|{VISION_LAYERS}" if self.vision == "trained" else language


def add(backbone: Backbone, *, name: str, shape: Shape, seed: int) -> Any:
    """Put a fresh adapter on the backbone's model, in place. Only the adapter learns.

    `name` is the model as it was asked for: an adapter must not carry one machine's paths. Raises
    `NoSuchPart`.
    """
    config = LoraConfig(
        r=shape.rank,
        lora_alpha=2 * shape.rank,
        lora_dropout=0.0,  # the copies of a token in packed branches must be the same
        target_modules=shape.layers,
        modules_to_save=_projectors(backbone) if shape.projector == "trained" else None,
    )
    with seeded(seed), _by_its_old_name():
        backbone.model = get_peft_model(backbone.model, config)
    backbone.model.peft_config["default"].base_model_name_or_path = name
    backbone.network.eval()
    return backbone.model


def _projectors(backbone: Backbone) -> list[str]:
    """What leads from the pictures to the words, by the names of this class of model."""
    last = {name.rpartition(".")[2] for name, _ in backbone.network.named_modules()}
    found = [name for name in PROJECTORS if name in last]
    if not found:
        raise NoSuchPart(f"{type(backbone.model).__name__} has no projector that is known")
    return found


def save(model: Any, directory: Path) -> None:
    """The adapter as every peft reads it. Its weights do not depend on when they were written."""
    weights = get_peft_model_state_dict(model, save_embedding_layers=False)
    tensors = {key: value.detach().cpu().contiguous() for key, value in sorted(weights.items())}
    save_file(tensors, directory / WEIGHTS)
    config = model.peft_config["default"]
    config.inference_mode = True
    config.save_pretrained(directory)


def attach(backbone: Backbone, directory: Path) -> None:
    """Put a saved adapter on the backbone's model, in place. Raises `UnsafeModel`."""
    models.inspect_adapter(directory)
    with _by_its_old_name():
        backbone.model = PeftModel.from_pretrained(backbone.model, directory, is_trainable=False)
    backbone.network.eval()


@contextlib.contextmanager
def _by_its_old_name() -> Iterator[None]:
    """As peft 0.21 asks transformers 5 for something: no user can do anything about the warning."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".is_gradient_checkpointing", FutureWarning)
        yield


def merge(backbone: Backbone) -> None:
    """Add the adapter to the weights that it adapts, in place: a plain model, none slower."""
    backbone.model = backbone.model.merge_and_unload()
    backbone.network.eval()


def export(backbone: Backbone, directory: Path) -> None:
    """Write the merged model as any model is written: other software needs no adapter."""
    if isinstance(backbone.model, PeftModel):
        raise TypeError("merge the adapter first")
    backbone.model.save_pretrained(directory)
    backbone.processor.save_pretrained(directory)
    backbone.preferences.write(directory)
