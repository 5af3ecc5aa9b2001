"""What only a GPU can show. `make gpu` runs these and prints what was measured; `-rA` shows it.

The models are the tiny ones of the other tests, and with CREST_GPU_MODEL (a directory or a hub id)
the real one that is named.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from scorer import lora, sharing
from scorer.backbone import Backbone, Placement
from scorer.digits import DigitReadout
from scorer.frames import Clip
from scorer.quantized import Bits
from scorer.recomputing import recompute
from scorer.sharing import Mode
from tests.scorer.fixtures import TinyModel

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU"),
]
CAPTIONS = [f"a red kite, number {n}, climbs over a grey beach" for n in range(8)]
VOTES = torch.nn.functional.one_hot(torch.full((len(CAPTIONS), 5), 4), 6).float()


@pytest.fixture(scope="module")
def clip() -> Clip:
    dice = np.random.default_rng(4)
    pixels = dice.integers(0, 255, (8, 224, 224, 3), dtype=np.uint8)
    return Clip(pixels, tuple(float(n) for n in range(8)), 8.0)


@pytest.fixture(scope="module", params=["llava_onevision", "qwen2_5_vl"])
def model(request: pytest.FixtureRequest, tiny_model: TinyModel) -> str:
    return os.environ.get("CREST_GPU_MODEL") or str(tiny_model(request.param))


def milliseconds(readout: DigitReadout, clip: Clip, mode: Mode) -> float:
    readout.mode = mode
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in "ab")
    readout.logits(clip, CAPTIONS)  # warms up
    begin.record()
    readout.logits(clip, CAPTIONS)
    end.record()
    torch.cuda.synchronize()
    return float(begin.elapsed_time(end))


def test_sharing_says_in_bfloat16_what_the_loop_says(model: str, clip: Clip) -> None:
    backbone = Backbone.load(model, None)
    assert (backbone.device.type, backbone.model.dtype) == ("cuda", torch.bfloat16)
    readout = DigitReadout.over(backbone, 8)
    found = {}
    for mode in (Mode.NAIVE, Mode.TREE):
        readout.mode = mode
        found[mode] = readout.logits(clip, CAPTIONS).softmax(-1)
    apart = float((found[Mode.TREE] - found[Mode.NAIVE]).abs().max())
    naive, tree = (milliseconds(readout, clip, mode) for mode in (Mode.NAIVE, Mode.TREE))
    print(f"{model}: naive {naive:.0f} ms, tree {tree:.0f} ms, ratio {naive / tree:.1f}, {apart=}")
    assert apart < 0.05


def test_exactly_the_same_in_float32(model: str, clip: Clip) -> None:
    backbone = Backbone.load(model, None, Placement(torch.device("cuda"), torch.float32))
    readout = DigitReadout.over(backbone, 8)
    prefix = backbone.see(clip, readout.turn)
    tails = [backbone.tokens(caption) for caption in CAPTIONS]
    with torch.no_grad():
        assert sharing.check(backbone.model, prefix, tails) is Mode.TREE


@pytest.mark.parametrize("bits", [None, 8, 4])
def test_learns_in_less_memory_where_activations_are_recomputed(
    bits: Bits | None, model: str, clip: Clip
) -> None:
    peaks, losses = {}, {}
    for saving in (False, True):
        placed = Placement(torch.device("cuda"), torch.bfloat16, bits)
        backbone = Backbone.load(model, None, placed)
        lora.add(backbone, name="tiny", shape=lora.Shape(rank=8), seed=0)
        if saving:
            recompute(backbone)
        readout = DigitReadout.over(backbone, 8)
        prefix = backbone.see(clip, readout.turn)
        learnt = [p for p in backbone.network.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(learnt, lr=2e-3)
        torch.cuda.reset_peak_memory_stats()
        losses[saving] = []
        for _ in range(6):
            loss = readout.loss(prefix, CAPTIONS, VOTES)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            losses[saving].append(loss.item())
        peaks[saving] = torch.cuda.max_memory_allocated() / 2**20
    print(f"{model}, {bits or 16} bits: {peaks[False]:.0f} MiB, recomputing {peaks[True]:.0f} MiB")
    assert all(of_one[-1] < of_one[0] for of_one in losses.values())
    assert peaks[True] < peaks[False]


@pytest.mark.skipif(torch.cuda.device_count() < 2, reason="there is one GPU only")
def test_gpus_add_up_their_gradients(tmp_path: Path) -> None:
    count = torch.cuda.device_count()
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    script = str(Path(__file__).with_name("teamwork.py"))
    root = str(Path(__file__).resolve().parents[2])
    subprocess.run(
        [*launch, "--nproc_per_node", str(count), script, str(tmp_path)],
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert len(list(tmp_path.glob("*.json"))) == count
