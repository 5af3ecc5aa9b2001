"""Low-rank adapters: the few weights that are learnt, kept apart from the model they adapt."""

import contextlib
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

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

LANGUAGE_LAYERS: Final = (
    r".*(language_model|text_model).*\."
    r"(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
)
"""The language model's own layers. The vision tower stays as it was in every class of model."""


def add(backbone: Backbone, *, name: str, rank: int, seed: int) -> Any:
    """Put a fresh adapter on the backbone's model, in place. Only the adapter learns.

    `name` is the model as it was asked for: an adapter must not carry one machine's paths.
    """
    config = LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.0,  # the copies of a token in packed branches must be the same
        target_modules=LANGUAGE_LAYERS,
    )
    with seeded(seed), _by_its_old_name():
        backbone.model = get_peft_model(backbone.model, config)
    backbone.model.peft_config["default"].base_model_name_or_path = name
    backbone.network.eval()
    return backbone.model


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
