"""Computing again changes the memory and nothing else."""

import numpy as np
import pytest
import torch

from scorer import lora
from scorer.backbone import Backbone
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.recomputing import recompute
from tests.scorer.fixtures import TinyModel

CAPTIONS = ["a red kite over a beach", "two dogs"]


class Learner:
    def __init__(self, backbone: Backbone, clip: Clip) -> None:
        lora.add(backbone, name="tiny", shape=lora.Shape(rank=4), seed=0)
        for parameter in backbone.network.parameters():
            if parameter.requires_grad:
                torch.nn.init.normal_(parameter, generator=torch.Generator().manual_seed(1))
        self.backbone = backbone
        self.readout = DigitReadout.over(backbone, len(clip.pixels))
        self.readout.packs = True  # as a check would find with passes of its own
        self.prefix = backbone.see(clip, self.readout.turn)
        self.runs = 0
        first = backbone.model.get_base_model().get_decoder().layers[0]
        first.mlp.register_forward_pre_hook(self.count)

    def count(self, *_: object) -> None:
        self.runs += 1

    def gradients(self) -> list[torch.Tensor]:
        votes = torch.ones(2, 5, 6)
        self.readout.loss(self.prefix, CAPTIONS, votes).backward()
        return [p.grad for p in self.backbone.network.parameters() if p.grad is not None]


@pytest.mark.parametrize("name", ["llava_onevision", "qwen2_5_vl", "smolvlm", "llava"])
def test_gradients_are_the_same(name: str, tiny_model: TinyModel) -> None:
    dice = np.random.default_rng(3)
    pixels = dice.integers(0, 255, (2, 56, 56, 3), dtype=np.uint8)
    clip = Clip(pixels, (0.0, 1.0), 2.0)
    plain, saving = (Learner(Backbone.load(str(tiny_model(name)), None), clip) for _ in "ab")
    recompute(saving.backbone)

    expected, found = plain.gradients(), saving.gradients()

    assert (plain.runs, saving.runs) == (1, 2)
    assert len(found) == len(expected) > 0
    assert max(float(one.abs().max()) for one in expected) > 0
    for one, other in zip(expected, found, strict=True):
        assert torch.allclose(one, other, rtol=1e-5, atol=1e-7)
