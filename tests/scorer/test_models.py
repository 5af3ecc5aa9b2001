"""A model directory is data. What could be code is refused before anything opens it."""

import json
import zipfile
from pathlib import Path

import pytest

from scorer import models
from scorer.backbone import Backbone
from scorer.models import UnknownModel, UnsafeModel
from tests.scorer.fixtures import TinyModel

# What `pickle.dumps` writes for an object whose `__reduce__` touches a file.
CANARY = b"cos\nsystem\n(S'touch %s'\ntR."


@pytest.fixture
def model(tiny_model: TinyModel, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    directory = tmp_path / "model"
    directory.mkdir()
    for path in tiny_model("llava").iterdir():
        (directory / path.name).write_bytes(path.read_bytes())
    return directory


class TestResolve:
    def test_finds_a_name_below_the_models_directory(self, model: Path) -> None:
        assert models.resolve("model", model.parent) == model

    def test_takes_an_absolute_path(self, model: Path) -> None:
        assert models.resolve(str(model), None) == model

    @pytest.mark.parametrize("name", ["../model", "a/../b", "", ".", ".hidden", "a/b/c", "a b"])
    def test_refuses_what_is_not_a_name(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UnknownModel):
            models.resolve(name, tmp_path)

    def test_refuses_a_directory_that_is_absent(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownModel):
            models.resolve(str(tmp_path / "absent"), None)

    def test_refuses_a_name_that_cannot_be_fetched(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownModel, match="cannot be fetched"):
            models.resolve("crest/absent", tmp_path)


class TestUnsafe:
    @pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "adapter_model.bin"])
    def test_never_opens_a_pickle(self, model: Path, tmp_path: Path, name: str) -> None:
        canary = tmp_path / "canary"
        (model / "model.safetensors").unlink()
        (model / name).write_bytes(CANARY % bytes(canary))
        with pytest.raises(UnsafeModel):
            Backbone.load(str(model), None)
        assert not canary.exists()

    def test_never_opens_a_pickle_in_an_archive(self, model: Path, tmp_path: Path) -> None:
        canary = tmp_path / "canary"
        (model / "model.safetensors").unlink()
        with zipfile.ZipFile(model / "pytorch_model.bin", "w") as archive:
            archive.writestr("archive/data.pkl", CANARY % bytes(canary))
        with pytest.raises(UnsafeModel):
            Backbone.load(str(model), None)
        assert not canary.exists()

    @pytest.mark.parametrize(
        ("name", "spoiled"),
        [
            ("config.json", {"auto_map": {"AutoConfig": "code.Config"}}),
            ("config.json", {"text_config": {"trust_remote_code": True}}),
            ("processor_config.json", {"auto_map": {"AutoProcessor": "code.Processor"}}),
            ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["code.Tokenizer", None]}}),
        ],
    )
    def test_refuses_a_model_that_brings_code(
        self, model: Path, tmp_path: Path, name: str, spoiled: dict[str, object]
    ) -> None:
        canary = tmp_path / "canary"
        (model / "code.py").write_text(f"open({str(canary)!r}, 'w')")
        path = model / name
        path.write_text(json.dumps(json.loads(path.read_text()) | spoiled))
        with pytest.raises(UnsafeModel, match=name):
            Backbone.load(str(model), None)
        assert not canary.exists()

    def test_a_switch_that_is_off_asks_for_nothing(self, model: Path) -> None:
        path = model / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"trust_remote_code": False}))
        Backbone.load(str(model), None)


class TestFingerprint:
    def test_follows_the_weights_and_not_the_place(self, model: Path, tmp_path: Path) -> None:
        before = models.fingerprint(model)
        moved = model.rename(tmp_path / "elsewhere")
        assert models.fingerprint(moved) == before
        weights = moved / "model.safetensors"
        content = bytearray(weights.read_bytes())
        content[-1] ^= 1
        weights.write_bytes(content)
        assert models.fingerprint(moved) != before
