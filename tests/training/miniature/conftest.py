"""A miniature of the miniature: the real classes, learning for seconds."""

import pytest
import torch

from training.miniature.architecture import Shape
from training.miniature.pretraining import Config


@pytest.fixture(autouse=True)
def one_thread():
    """More are many times slower on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def small() -> Shape:
    return Shape(side=16, patch=4, width=32, vision_layers=1, text_layers=1, heads=2)


@pytest.fixture(scope="session")
def brief() -> Config:
    return Config(clips=24, steps=12, batch=8, warmup=2)
