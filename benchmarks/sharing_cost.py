"""What a way of scoring costs in floating-point operations and in memory.

The count is of what has to be computed: linear and convolutional layers as they run, and attention
between the pairs of tokens that see each other, whatever else a kernel may compute.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from scorer import positions
from scorer.trie import Trie

PEAK = Path("/proc/self/clear_refs")


@dataclass
class Layers:
    """Operations of the linear and convolutional layers that ran."""

    operations: float = 0.0


@contextmanager
def counted(model: nn.Module) -> Iterator[Layers]:
    found = Layers()

    def add(layer: nn.Module, _: object, out: torch.Tensor) -> None:
        weight = layer.weight
        assert isinstance(weight, torch.Tensor)
        found.operations += 2.0 * out.numel() * weight[0].numel()

    hooks = [
        layer.register_forward_hook(add)
        for layer in model.modules()
        if isinstance(layer, nn.Linear | nn.Conv2d)
    ]
    try:
        yield found
    finally:
        for hook in hooks:
            hook.remove()


def causal(tokens: int) -> int:
    """Pairs of a token and one that it sees in a plain text."""
    return tokens * (tokens + 1) // 2


def loop_pairs(prefix: int, tails: Sequence[Sequence[int]]) -> int:
    return sum(causal(prefix + len(tail)) for tail in tails)


def shared_pairs(prefix: int, tails: Sequence[Sequence[int]]) -> int:
    depths = Trie.of(tails).depths
    return causal(prefix) + sum(prefix + depth + 1 for depth in depths)


def language_attention(model: Any, pairs: int) -> float:
    """Operations of scores and weighted sums over so many pairs."""
    config = model.config.text_config
    return 4.0 * pairs * float(config.hidden_size * config.num_hidden_layers)


def tower_attention(model: Any, frames: int) -> float:
    """Every patch of a frame sees every other."""
    config = model.config.vision_config
    patches = (config.image_size // config.patch_size) ** 2
    return 4.0 * frames * float(patches**2 * config.hidden_size * config.num_hidden_layers)


def parameters(model: Any) -> tuple[float, float]:
    """Millions in the language model and in all the rest."""
    language = sum(p.numel() for p in positions.base(model).get_decoder().parameters())
    total = sum(p.numel() for p in model.parameters())
    return language / 1e6, (total - language) / 1e6


def peak_mebibytes(work: Callable[[], object]) -> float | None:
    """How far the process grew while it worked, on Linux."""
    if not PEAK.exists():
        return None
    _give_back()
    before = _status("VmRSS")
    PEAK.write_text("5")  # sets the high-water mark back
    work()
    return (_status("VmHWM") - before) / 1024


def _give_back() -> None:
    """Memory that was freed but is still held would be used again, and not be seen."""
    ctypes.CDLL(None).malloc_trim(0)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    (kibibytes,) = [int(line.split()[1]) for line in lines if line.startswith(f"{name}:")]
    return kibibytes
