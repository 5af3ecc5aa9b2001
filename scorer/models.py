"""Where a model lies, and whether its files are safe to open.

Only safetensors and JSON are ever read, and a model's own Python only where its name was given for
that. A digest proves that a file is the one that was meant, not that it is harmless; a format that
cannot carry code needs no such proof.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from scorer import manifest

NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w][\w.-]*)?")
CODE_KEYS: Final = frozenset({"auto_map", "trust_remote_code"})
VOCABULARIES: Final = frozenset({"tokenizer.json", "vocab.json"})
"""Words, not settings: nothing in them is ever taken for a class to load."""

DOWNLOADED: Final = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
CODE: Final = "*.py"

WEIGHTS: Final = "model.safetensors"
INDEX_ENDING: Final = ".index.json"
INDEX: Final = f"{WEIGHTS}{INDEX_ENDING}"
NAMED_WEIGHTS: Final = "transformers_weights"
"""A setting by which transformers opens another file, which may be a pickle."""

ADAPTER_WEIGHTS: Final = "adapter_model.safetensors"
ADAPTER_SETTINGS: Final = "adapter_config.json"


class UnknownModel(Exception):
    """No such directory, no such name below the models directory, no such id on the hub."""


class UnsafeModel(Exception):
    """The model asks to run code of its own, or its weights are not safetensors."""


def resolve(model: str, models_dir: Path | None, *, with_code: bool = False) -> Path:
    """The directory of a model: an absolute path, a name below `models_dir`, or a hub id.

    What is fetched from the hub comes without the model's own code unless it is asked for.
    """
    if Path(model).is_absolute():
        return _existing(Path(model))
    if not NAME.fullmatch(model) or ".." in model:
        raise UnknownModel(f"{model!r} is neither a path nor a model's name")
    if models_dir is not None and (models_dir / model).is_dir():
        return models_dir / model
    return _download(model, (*DOWNLOADED, CODE) if with_code else DOWNLOADED)


def _existing(path: Path) -> Path:
    if not path.is_dir():
        raise UnknownModel(f"{path} is not a directory")
    return path


def _download(model: str, patterns: Sequence[str]) -> Path:
    """A copy from the hub, of nothing but these files."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only where it is needed
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(model, allow_patterns=list(patterns)))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        raise UnknownModel(f"{model!r} is not here and cannot be fetched: {error}") from error


def inspect(directory: Path, *, may_run_code: bool = False) -> None:
    """Refuse a model that wants to run code, or whose weights are in a format that can carry it.

    Other files may lie beside the safetensors. They are never opened.
    """
    if (directory / ADAPTER_SETTINGS).exists():
        # transformers would go on to open whatever model the adapter names.
        raise UnsafeModel(f"{directory} is an adapter and not a model; merge it first")
    if not any((directory / name).is_file() for name in (WEIGHTS, INDEX)):
        raise UnsafeModel(f"{directory} has no {WEIGHTS}; other formats can carry code")
    if NAMED_WEIGHTS in _keys(_json(directory / "config.json")):
        raise UnsafeModel(f"{directory} names its own file of weights")
    for path in sorted(directory.rglob(f"*{INDEX_ENDING}")):
        _inspect_shards(path)
    if not may_run_code:
        _refuse_code(directory)


def inspect_adapter(directory: Path) -> None:
    """The same for low-rank adapters."""
    if not (directory / ADAPTER_WEIGHTS).is_file():
        raise UnsafeModel(f"{directory} has no {ADAPTER_WEIGHTS}; other formats can carry code")
    settings = _json(directory / ADAPTER_SETTINGS)
    # peft imports the module that an adapter names as its kind of Megatron.
    if settings.get("peft_type") != "LORA" or settings.get("megatron_config"):
        raise UnsafeModel(f"{directory} is not a plain low-rank adapter")
    _refuse_code(directory)


def _inspect_shards(index: Path) -> None:
    """An index may name any file as part of the weights, and transformers would open it."""
    for shard in set(_json(index).get("weight_map", {}).values()):
        if Path(shard).name != shard or not shard.endswith(".safetensors"):
            raise UnsafeModel(f"{index} names {shard!r} as weights")


def _refuse_code(directory: Path) -> None:
    for path in sorted(directory.rglob("*.json")):
        if path.name in VOCABULARIES:
            continue
        if found := CODE_KEYS.intersection(_keys(_json(path))):
            raise UnsafeModel(f"{path} asks to run code of its own: {', '.join(sorted(found))}")


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise UnsafeModel(f"{path} is not JSON") from error


def _keys(value: Any) -> Iterator[str]:
    """Every key that asks for something, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if inner:
                yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def fingerprint(directory: Path) -> str:
    """The sha256 that names a model's weights and settings, wherever they lie."""
    files = sorted([*directory.glob("*.safetensors"), *directory.glob("config.json")])
    listed = {path.name: manifest.file_digest(path) for path in files}
    return hashlib.sha256(manifest.canonical(listed).encode()).hexdigest()
