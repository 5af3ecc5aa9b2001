"""Bases in eight or four bits, where bitsandbytes is installed, so that a larger one fits.

Only the language model: it holds nearly all weights, and a small vision tower in four bits sees
worse for little gain. The adapter on top learns and is kept in full precision (QLoRA, 2305.14314;
eight bits: LLM.int8(), 2208.07339).
"""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, Final, Literal

import torch

Bits = Literal[4, 8]
BaseName = Literal["full", "8-bit", "4-bit"]
BITS: Final[Mapping[BaseName, Bits | None]] = {"full": None, "8-bit": 8, "4-bit": 4}
"""How settings and cards call it."""

LEFT_AS_THEY_ARE: Final = (  # in one class of model or another
    "vision_tower",
    "vision_model",
    "visual",
    "video_tower",
    "image_tower",
    "multi_modal_projector",
    "connector",
    "lm_head",
)


class NoQuantization(Exception):
    """bitsandbytes is not installed: `pip install bitsandbytes`."""


def settings(bits: Bits, dtype: torch.dtype) -> Any:
    """What transformers is told when it loads the model. Raises `NoQuantization`."""
    if find_spec("bitsandbytes") is None:
        raise NoQuantization(f"{bits} bits need bitsandbytes, which is not installed")
    from transformers import BitsAndBytesConfig  # noqa: PLC0415 - after torchvision's schemas

    skipped = [f".*{name}" for name in LEFT_AS_THEY_ARE]
    if bits == 8:  # noqa: PLR2004 - bits
        how: dict[str, Any] = {"load_in_8bit": True}
    else:
        how = {
            "load_in_4bit": True,
            "bnb_4bit_quant_type": "nf4",
            "bnb_4bit_use_double_quant": True,
            "bnb_4bit_compute_dtype": dtype,
        }
    return BitsAndBytesConfig(llm_int8_skip_modules=skipped, **how)  # type: ignore[no-untyped-call]
