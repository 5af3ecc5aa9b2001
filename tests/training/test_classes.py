"""Each class of model describes videos, is fine-tuned, saved, loaded and exported."""

import re
from pathlib import Path

import pytest
import torch

from scorer import lora, manifest
from scorer.backbone import Backbone
from tests.scorer import tiny_models
from tests.scorer.fixtures import TinyModel
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training import captioner, captioning, jsonl
from training.captions import CAPTIONS, CaptionConfig, caption
from training.exporting import export
from training.finetuning import FinetuneConfig, finetune


@pytest.mark.parametrize("name", sorted(tiny_models.BUILDERS))
def test_a_captioner_of_every_class(
    name: str, tiny_model: TinyModel, world: World, tmp_path: Path
) -> None:
    model = str(tiny_model(name))
    described = world.work("caption")
    caption(described, CaptionConfig(model=model, frames=2, tokens=4, limit=2), Diary())
    assert len(list(jsonl.read(described.out / CAPTIONS))) == 2

    work = world.work("finetune", select=selection(tmp_path / "selected", range(2)))
    config = FinetuneConfig(
        model=model, lora_rank=2, steps=6, batch=2, frames=2, learning_rate=1e-3
    )
    result = finetune(work, config, Diary())
    assert result["loss_last"] < result["loss_first"]
    manifest.seal(work.out, {"kind": "finetune"})

    loaded = captioner.teach(Backbone.load(model, None), work.out)
    export(work.out, tmp_path / "plain", None)
    plain = Backbone.load(str(tmp_path / "plain"), None)
    for taught in (loaded, plain):
        for line in jsonl.read(work.out / "samples.jsonl"):
            said = captioning.caption(taught, [line["video"]], path_of=work.video, frame_count=2)
            assert said.captions == {line["video"]: line["after"]}


@pytest.mark.parametrize("adapt", ["lora", "full"])
@pytest.mark.parametrize("name", sorted(tiny_models.BUILDERS))
def test_every_part_of_every_class_can_learn(
    name: str, adapt: str, tiny_model: TinyModel, world: World, tmp_path: Path
) -> None:
    model = str(tiny_model(name))
    work = world.work("finetune", select=selection(tmp_path / "selected", range(2)))
    parts = {"adapt": adapt, "vision": "trained", "projector": "trained"}
    config = FinetuneConfig(model=model, lora_rank=2, steps=3, batch=2, frames=2, **parts)  # type: ignore[arg-type]
    finetune(work, config, Diary())

    after = captioner.teach(Backbone.load(model, None), work.out)
    if captioner.is_adapter(after.model):
        lora.merge(after)
    kept = Backbone.load(model, None).network.state_dict()
    changed = [
        key
        for key, value in after.network.state_dict().items()
        if not torch.equal(kept[key], value)
    ]
    assert any(re.match(lora.LANGUAGE, key) for key in changed)
    assert any(re.match(lora.VISION_BLOCKS, key) for key in changed)
    assert any(f".{part}." in key for key in changed for part in lora.PROJECTORS)
