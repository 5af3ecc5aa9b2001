"""Where a model lies, and whether its files are safe to open.

Only safetensors and JSON are ever read. A digest proves that a file is the one that was meant, not
that it is harmless; a format that cannot carry code needs no such proof.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from scorer import manifest

NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w][\w.-]*)?")
CODE_KEYS: Final = frozenset({"auto_map", "trust_remote_code"})
VOCABULARIES: Final = frozenset({"tokenizer.json", "vocab.json"})
"""Words, not settings: nothing in them is ever taken for a class to load."""

DOWNLOADED: Final = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")


class UnknownModel(Exception):
    """No such directory, no such name below the models directory, no such id on the hub."""


class UnsafeModel(Exception):
    """The model asks to run code of its own, or its weights are not safetensors."""


def resolve(model: str, models_dir: Path | None) -> Path:
    """The directory of a model: an absolute path, a name below `models_dir`, or a hub id."""
    if Path(model).is_absolute():
        return _existing(Path(model))
    if not NAME.fullmatch(model) or ".." in model:
        raise UnknownModel(f"{model!r} is neither a path nor a model's name")
    if models_dir is not None and (models_dir / model).is_dir():
        return models_dir / model
    return _download(model)


def _existing(path: Path) -> Path:
    if not path.is_dir():
        raise UnknownModel(f"{path} is not a directory")
    return path


def _download(model: str) -> Path:
    """A copy from the hub, of nothing but configuration, tokenizer and safetensors."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only where it is needed
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(model, allow_patterns=list(DOWNLOADED)))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        raise UnknownModel(f"{model!r} is not here and cannot be fetched: {error}") from error


def inspect(directory: Path) -> None:
    """Refuse a directory that wants to run code, or that holds its weights as pickles."""
    if not any(directory.glob("*.safetensors")):
        raise UnsafeModel(f"{directory} has no safetensors; other formats can carry code")
    for path in sorted(directory.glob("*.json")):
        if path.name in VOCABULARIES:
            continue
        if found := CODE_KEYS.intersection(_keys(json.loads(path.read_text(encoding="utf-8")))):
            raise UnsafeModel(f"{path} asks to run code of its own: {', '.join(sorted(found))}")


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
