"""What is exported is a plain model that says what the fine-tuned captioner says."""

import json
from pathlib import Path

import pytest

from scorer import manifest
from scorer.backbone import Backbone
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training import captioning, jsonl
from training.__main__ import main
from training.finetuning import FinetuneConfig, finetune


@pytest.fixture(params=["lora", "full"])
def finished(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Path:
    work = world.work("finetune", select=selection(tmp_path / "selected", range(6)))
    config = FinetuneConfig(model="smolvlm", adapt=request.param, steps=20, learning_rate=2e-3)
    finetune(work, config, Diary())
    manifest.seal(work.out, {"kind": "finetune"})
    return work.out


def test_the_export_says_what_the_captioner_said(
    world: World, finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "merged"

    assert main(["export", str(finished), "--to", str(to), "--models", str(world.models)]) == 0

    assert json.loads(capsys.readouterr().out)["to"] == str(to)
    assert not (to / "adapter_config.json").exists()
    plain = Backbone.load(str(to), None)
    path_of = world.work("look").video
    for line in jsonl.read(finished / "samples.jsonl"):
        said = captioning.caption(plain, [line["video"]], path_of=path_of, frame_count=4).captions
        assert said[line["video"]] == line["after"]


def test_nothing_is_written_over(
    world: World, finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["export", str(finished), "--to", str(tmp_path), "--models", str(world.models)]) == 1
    )
    assert "FileExistsError" in capsys.readouterr().err


def test_another_base_is_refused(
    world: World, finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = finished / "captioner.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | {"model_sha256": "0" * 64}))
    arguments = [
        "export",
        str(finished),
        "--to",
        str(tmp_path / "m"),
        "--models",
        str(world.models),
    ]
    assert main(arguments) == 1
    assert "Tampered" in capsys.readouterr().err

    manifest.seal(finished, {"kind": "finetune"})
    assert main(arguments) == 1
    assert "OtherBase" in capsys.readouterr().err
    assert not (tmp_path / "m").exists()


def test_what_is_no_captioner_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path), "--to", str(tmp_path / "m")]) == 1
    assert "NotACaptioner" in capsys.readouterr().err
