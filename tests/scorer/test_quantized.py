"""A base in eight or four bits is scored with and learnt on as any other, a little less exactly."""

from pathlib import Path

import numpy as np
import pytest
import torch

from scorer import lora, quantized
from scorer.backbone import Backbone, Placement
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.quantized import Bits, NoQuantization
from tests.scorer.fixtures import TinyModel

CAPTIONS = ["a red kite over a beach", "two dogs"]
CPU = torch.device("cpu")


@pytest.fixture
def clip() -> Clip:
    dice = np.random.default_rng(2)
    pixels = dice.integers(0, 255, (2, 56, 56, 3), dtype=np.uint8)
    return Clip(pixels, (0.0, 1.0), 2.0)


def load(directory: Path, bits: Bits | None) -> Backbone:
    return Backbone.load(str(directory), None, Placement(CPU, torch.float32, bits))


@pytest.mark.parametrize("bits", [8, 4])
def test_it_says_nearly_the_same_in_less_room(
    bits: Bits, tiny_model: TinyModel, clip: Clip
) -> None:
    whole = load(tiny_model("llava_onevision"), None)
    small = load(tiny_model("llava_onevision"), bits)

    def size(backbone: Backbone) -> int:
        layers = backbone.model.get_decoder().layers
        return sum(p.numel() * p.element_size() for p in layers.parameters())

    assert size(small) < size(whole) * bits / 32 * 1.5  # what is no matrix keeps its bits
    expected = DigitReadout.over(whole, 2).logits(clip, CAPTIONS)
    found = DigitReadout.over(small, 2).logits(clip, CAPTIONS)
    alike = np.corrcoef(expected.flatten(), found.flatten())[0, 1]
    assert 0.9 < alike < 1 - 1e-9


@pytest.mark.parametrize("bits", [8, 4])
def test_an_adapter_learns_on_it_and_comes_back(
    bits: Bits, tiny_model: TinyModel, clip: Clip, tmp_path: Path
) -> None:
    backbone = load(tiny_model("llava_onevision"), bits)
    lora.add(backbone, name="tiny", shape=lora.Shape(rank=4), seed=0)
    readout = DigitReadout.over(backbone, 2)
    # The check only reads, upon which a CPU's four bits are packed anew and cannot learn any more.
    readout.packs = True
    votes = torch.zeros(2, 5, 6)
    votes[..., 4] = 1
    prefix = backbone.see(clip, readout.turn)
    learner = [p for p in backbone.network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learner, lr=5e-3)
    losses = []
    for _ in range(8):
        loss = readout.loss(prefix, CAPTIONS, votes)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.8 * losses[0]

    readout.save(tmp_path)
    expected = readout.logits(clip, CAPTIONS)
    again = load(tiny_model("llava_onevision"), bits)
    untaught = DigitReadout.over(again, 2).logits(clip, CAPTIONS)
    lora.attach(again, tmp_path)
    found = DigitReadout.over(again, 2).logits(clip, CAPTIONS)
    # In four bits a CPU computes with other kernels, in bfloat16, once nothing is learnt.
    assert float((found - expected).abs().max()) < 0.02
    assert float((untaught - expected).abs().max()) > 0.2


def test_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch, tiny_model: TinyModel) -> None:
    monkeypatch.setattr(quantized, "find_spec", lambda _: None)
    with pytest.raises(NoQuantization, match="4 bits need bitsandbytes"):
        load(tiny_model("llava_onevision"), 4)
