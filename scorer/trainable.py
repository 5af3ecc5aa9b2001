"""The parameters that training changes. The rest comes from the model it started from."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn


def trainable(learner: nn.Module) -> dict[str, Tensor]:
    """By name; the very tensors, not copies."""
    return {
        name: parameter.detach().contiguous()
        for name, parameter in learner.named_parameters()
        if parameter.requires_grad
    }


def load_weights(learner: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Put weights in place. ValueError where they are of another model."""
    current = trainable(learner)
    if current.keys() != weights.keys():
        raise ValueError("the checkpoint holds other parameters than the model")
    with torch.no_grad():
        for name, parameter in current.items():
            parameter.copy_(weights[name])
