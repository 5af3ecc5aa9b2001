"""Named sets of options: those of the paper, and two for smaller machines.

What a preset does not name has its default, and what its user gives as well comes before it.
"""

from collections.abc import Mapping
from typing import Any, Final

from annotation_site.runs.kinds import TURN
from annotation_site.runs.models import Kind

Preset = Mapping[Kind, Mapping[str, Any]]


STUDENT: Final = "OpenGVLab/InternVL3-8B-hf"


def _of_the_paper(model: str) -> Preset:
    """Its selection and its captioner's training. It does not say how often its scorer learnt.

    VILA has no class of its own in transformers, so a model of about the same size stands for it.
    """
    return {
        Kind.SCORER: {"model": model, "readout": "digits", "frames": 32},
        Kind.SELECT: {
            "policy": "threshold",
            "statistic": "mean_paper",
            "threshold": 3.5,
            "budget": 20_000,
        },
        Kind.FINETUNE: {"model": model, "lora_rank": 256, "frames": 32},
        Kind.DISTILL: {"model": STUDENT, "lora_rank": 256, "frames": 32},
    }


def _for_one_small_gpu(model: str) -> Preset:
    return {
        Kind.SCORER: {"model": model, "frames": 8},
        Kind.FINETUNE: {"model": model, "lora_rank": 64, "batch": 4, "frames": 8},
    }


PRESETS: Final[Mapping[str, Preset]] = {
    "paper-13b": _of_the_paper("OpenGVLab/InternVL3-14B-hf"),
    "paper-8b": _of_the_paper(STUDENT),
    "small": _for_one_small_gpu("llava-hf/llava-onevision-qwen2-0.5b-ov-hf"),
    "demo": {},
}
"""The demo's options are the defaults: the miniature model, which learns on any processor."""


def options_of(name: str, kind: Kind) -> dict[str, Any]:
    """What the preset says of a kind; of a turn, what it says of each stage."""
    preset = PRESETS[name]
    if kind == Kind.TURN:
        return {stage.value: dict(preset.get(stage, {})) for stage in TURN}
    return dict(preset.get(kind, {}))
