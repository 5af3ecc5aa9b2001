"""Tiny random models of real classes, built offline and saved as any model is.

Their weights are sharpened so that logits differ by more than rounding: an equality that holds
between numbers that are all alike proves nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from scorer import torchvision_schemas

torchvision_schemas.ensure()

from tests.scorer.tiny_models import of_images, of_videos, qwen  # noqa: E402 - after the schemas

BUILDERS: dict[str, Callable[..., tuple[Any, Any]]] = {
    builder.__name__: builder
    for builder in (
        of_videos.internvl,
        of_videos.llava_next_video,
        of_videos.llava_onevision,
        of_videos.smolvlm,
        of_videos.video_llama_3,
        of_videos.video_llava,
        qwen.qwen2_vl,
        qwen.qwen2_5_vl,
        qwen.qwen3_vl,
        of_images.aria,
        of_images.idefics3,
        of_images.llava,
        of_images.mllama,
    )
}
UNSHARED = {"llava_sliding": of_images.llava_sliding}
OF_IMAGES = frozenset({"aria", "idefics3", "llava", "mllama"})
WITHOUT_FEATURES = frozenset({"mllama"})
"""Classes that take pixels only, not what the vision tower made of them."""


def save(name: str, directory: Path, *, sharpness: float = 6.0, seed: int = 0, **size: int) -> Path:
    """Build a model by name and save it as any model is saved."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model, processor = (BUILDERS | UNSHARED)[name](**size)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.mul_(sharpness)
    model.save_pretrained(directory)
    processor.save_pretrained(directory)
    # A model that knows nothing never ends a caption by itself.
    (directory / "crest.json").write_text('{"caption_tokens": 24}')
    return directory
