"""Activations computed again on the way back instead of kept: long videos in little memory.

One forward pass more for each step; only what goes between layers is kept. Source: Chen et al.,
"Training Deep Nets with Sublinear Memory Cost" (1604.06174).
"""

import contextlib
from collections.abc import Iterator

from scorer.backbone import Backbone

# isort: split
from transformers.modeling_layers import GradientCheckpointingLayer


@contextlib.contextmanager
def recomputed(backbone: Backbone) -> Iterator[None]:
    """Learning within computes activations again; behind it everything is as it was."""
    recompute(backbone)
    try:
        yield
    finally:
        backbone.network.train(mode=False)


def recompute(backbone: Backbone) -> None:
    """Have each layer of the model, and of its vision tower, computed again where it is learnt.

    Layers do so in training mode only, and then keep no cache. What is inside of them stays as it
    is: dropout would undo exact sharing.
    """
    network = backbone.model.get_base_model() if _adapted(backbone) else backbone.model
    network.activation_checkpointing_enable()
    for module in backbone.network.modules():
        if isinstance(module, GradientCheckpointingLayer):
            module.training = True


def _adapted(backbone: Backbone) -> bool:
    return hasattr(backbone.model, "get_base_model")
