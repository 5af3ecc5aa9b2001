"""A model directory is data. What could be code is refused before anything opens it."""

import json
import zipfile
from pathlib import Path

import pytest
import torch

from scorer import lora, models
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


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that only code from a model would make."""
    return tmp_path / "canary"


@pytest.fixture
def no_pickles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening one is a failure, even in a way that runs nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was opened")

    monkeypatch.setattr(torch, "load", refuse)


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

    def test_refuses_code_that_a_nested_directory_brings(self, model: Path) -> None:
        (model / "inner").mkdir()
        (model / "inner" / "config.json").write_text('{"auto_map": {"AutoConfig": "code.Config"}}')
        with pytest.raises(UnsafeModel, match="inner"):
            Backbone.load(str(model), None)

    @pytest.mark.usefixtures("no_pickles")
    def test_leaves_pickles_beside_the_safetensors_alone(self, model: Path, canary: Path) -> None:
        (model / "inner").mkdir()
        for place in (model, model / "inner"):
            for name in ("pytorch_model.bin", "model.pt", "training_args.bin", "tokenizer.pkl"):
                (place / name).write_bytes(CANARY % bytes(canary))
        Backbone.load(str(model), None)
        assert not canary.exists()

    @pytest.mark.usefixtures("no_pickles")
    @pytest.mark.parametrize(
        "shard", ["pytorch_model.bin", "../model.bin", "/elsewhere/x.safetensors"]
    )
    def test_refuses_an_index_that_names_other_files(
        self, model: Path, canary: Path, shard: str
    ) -> None:
        """transformers would open them: the ending of the first shard decides for all."""
        (model / "model.safetensors").rename(model / "model-1.safetensors")
        (model / "pytorch_model.bin").write_bytes(CANARY % bytes(canary))
        index = {"metadata": {}, "weight_map": {"a": "model-1.safetensors", "b": shard}}
        (model / "model.safetensors.index.json").write_text(json.dumps(index))
        with pytest.raises(UnsafeModel, match=r"index\.json"):
            Backbone.load(str(model), None)
        assert not canary.exists()

    def test_refuses_a_model_that_names_its_own_file_of_weights(self, model: Path) -> None:
        config = json.loads((model / "config.json").read_text())
        config["transformers_weights"] = "adapter_model.bin"
        (model / "config.json").write_text(json.dumps(config))
        with pytest.raises(UnsafeModel, match="weights"):
            Backbone.load(str(model), None)

    def test_refuses_an_adapter_in_place_of_a_model(self, model: Path) -> None:
        (model / "adapter_config.json").write_text('{"base_model_name_or_path": "/elsewhere"}')
        with pytest.raises(UnsafeModel, match="adapter"):
            Backbone.load(str(model), None)

    def test_a_switch_that_is_off_asks_for_nothing(self, model: Path) -> None:
        path = model / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"trust_remote_code": False}))
        Backbone.load(str(model), None)


class TestTrusted:
    """Code of a model's own runs only where that model was named."""

    @pytest.fixture
    def coded(self, model: Path, canary: Path) -> Path:
        (model / "own.py").write_text(
            f"open({str(canary)!r}, 'w').close()\n"
            "from transformers import LlavaProcessor\n"
            "class Processor(LlavaProcessor): pass\n"
        )
        settings = json.loads((model / "processor_config.json").read_text())
        settings["auto_map"] = {"AutoProcessor": "own.Processor"}
        (model / "processor_config.json").write_text(json.dumps(settings))
        return model

    @pytest.mark.parametrize("trusted", [(), ("another",), ("mode", "models")])
    def test_another_name_is_not_enough(
        self, coded: Path, canary: Path, trusted: tuple[str, ...]
    ) -> None:
        with pytest.raises(UnsafeModel, match="code of its own"):
            Backbone.load("model", coded.parent, trust_remote_code=frozenset(trusted))
        assert not canary.exists()

    def test_the_model_that_was_named_may(
        self, coded: Path, canary: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "transformers.dynamic_module_utils.HF_MODULES_CACHE", str(coded.parent / "modules")
        )
        opened = Backbone.load("model", coded.parent, trust_remote_code=frozenset({"model"}))
        assert canary.exists()
        assert type(opened.processor).__name__ == "Processor"

    def test_a_pickle_is_refused_even_then(self, coded: Path) -> None:
        (coded / "model.safetensors").rename(coded / "pytorch_model.bin")
        with pytest.raises(UnsafeModel, match="safetensors"):
            Backbone.load("model", coded.parent, trust_remote_code=frozenset({"model"}))


class TestAdapter:
    @pytest.fixture
    def adapter(self, model: Path, tmp_path: Path) -> Path:
        backbone = Backbone.load(str(model), None)
        lora.add(backbone, name="model", shape=lora.Shape(rank=2), seed=0)
        directory = tmp_path / "adapter"
        directory.mkdir()
        lora.save(backbone.model, directory)
        return directory

    @pytest.mark.usefixtures("no_pickles")
    def test_never_opens_a_pickle(self, model: Path, adapter: Path, canary: Path) -> None:
        (adapter / "adapter_model.safetensors").rename(adapter / "head.safetensors")
        (adapter / "adapter_model.bin").write_bytes(CANARY % bytes(canary))
        with pytest.raises(UnsafeModel, match=r"adapter_model\.safetensors"):
            lora.attach(Backbone.load(str(model), None), adapter)
        assert not canary.exists()

    @pytest.mark.usefixtures("no_pickles")
    def test_leaves_a_pickle_beside_it_alone(
        self, model: Path, adapter: Path, canary: Path
    ) -> None:
        (adapter / "adapter_model.bin").write_bytes(CANARY % bytes(canary))
        lora.attach(Backbone.load(str(model), None), adapter)
        assert not canary.exists()

    @pytest.mark.parametrize(
        "spoiled",
        [
            {"megatron_config": {"a": 1}, "megatron_core": "own"},
            {"peft_type": "ADAPTION_PROMPT"},
            {"auto_map": {"AutoConfig": "own.Config"}},
        ],
    )
    def test_refuses_what_is_no_plain_adapter(
        self, model: Path, adapter: Path, spoiled: dict[str, object]
    ) -> None:
        path = adapter / "adapter_config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | spoiled))
        with pytest.raises(UnsafeModel):
            lora.attach(Backbone.load(str(model), None), adapter)

    def test_is_not_written_as_a_model_before_it_is_merged(
        self, model: Path, adapter: Path, tmp_path: Path
    ) -> None:
        backbone = Backbone.load(str(model), None)
        lora.attach(backbone, adapter)
        with pytest.raises(TypeError, match="merge"):
            lora.export(backbone, tmp_path / "merged")


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
