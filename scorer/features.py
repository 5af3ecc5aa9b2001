"""What a model's vision tower made of a video, kept on disk: the tower runs once a video.

A file is named by all that its content hangs on: the tower's weights and settings, and the pixels
as the model is given them. So there is nothing to invalidate, and an adapter on the language model
shares the files of the model below it. Files are safetensors, written whole or not at all; beyond
the budget, those that were used longest ago go first.
"""

import contextlib
import hashlib
import importlib.metadata
import inspect
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from weakref import WeakKeyDictionary

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor, nn

from scorer import positions
from scorer.batching import Prefix

BUDGET: Final = 16 * 2**30
PIXELS: Final = "pixel_"
"""What the names of the inputs begin with that only the tower reads."""

MODALITIES: Final = ("image", "video")
OUTPUTS: Final = ("pooler_output", "deepstack_features")
"""What a language model reads of its tower's output."""

SEPARATOR: Final = "/"


def takes_features(model: Any) -> bool:
    """Whether the model's class can be given what its tower made, in place of pixels."""
    known = inspect.signature(positions.base(model).forward).parameters
    return "mm_encoder_outputs" in known


def encoded(model: Any, prefix: Prefix) -> Prefix:
    """The prefix with what the tower makes of its pixels in their place."""
    found = {}
    for modality in MODALITIES:
        look = getattr(positions.core(model), f"get_{modality}_features", None)
        if look is None:
            continue
        known = inspect.signature(look).parameters
        given = {name: value for name, value in prefix.inputs.items() if name in known}
        if any(name.startswith(PIXELS) for name in given):
            with torch.no_grad():
                found[modality] = look(**given, return_dict=True)
    return _without_pixels(prefix, found)


def _without_pixels(prefix: Prefix, features: Mapping[str, Any]) -> Prefix:
    kept = {name: value for name, value in prefix.inputs.items() if not name.startswith(PIXELS)}
    return replace(prefix, inputs=kept, features=features)


@dataclass(slots=True)
class FeatureCache:
    """Features in the files of a directory, of at most `budget` bytes together.

    `dtype` is how they are stored; None keeps what the model computed, and so every bit of it.
    bfloat16 halves a float32 model's files and moves its logits by about its rounding.
    """

    directory: Path
    budget: int = BUDGET
    dtype: torch.dtype | None = None
    _towers: WeakKeyDictionary[nn.Module, str] = field(default_factory=WeakKeyDictionary)

    def see(self, model: Any, prefix: Prefix) -> Prefix:
        """The prefix with features for pixels. As it was, where the model takes only pixels."""
        if not takes_features(model):
            return prefix
        path = self.directory / f"{self._key(model, prefix)}.safetensors"
        if (stored := _read(path)) is None:
            tensors = dict(_flat(encoded(model, prefix).features or {}))
            self._write(path, tensors)
            # As it will be read: a score must not hang on whether it was the first.
            stored = {name: self._stored(value) for name, value in tensors.items()}
        placed = {name: value.to(model.device, model.dtype) for name, value in stored.items()}
        return _without_pixels(prefix, _assembled(placed))

    def _key(self, model: Any, prefix: Prefix) -> str:
        digest = hashlib.sha256(self._tower(model).encode())
        digest.update(str(self.dtype).encode())
        for name, value in sorted(prefix.media().items()):
            digest.update(f"{name} {value.dtype} {tuple(value.shape)}".encode())
            digest.update(_bytes(value))
        return digest.hexdigest()

    def _tower(self, model: Any) -> str:
        inside = positions.base(model)
        if inside not in self._towers:
            self._towers[inside] = tower_fingerprint(inside)
        return self._towers[inside]

    def _stored(self, value: Tensor) -> Tensor:
        return value.to(self.dtype or value.dtype)

    def _write(self, path: Path, tensors: Mapping[str, Tensor]) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        content = save({k: self._stored(v).cpu().contiguous() for k, v in tensors.items()})
        with tempfile.NamedTemporaryFile(dir=self.directory, delete=False) as partial:
            partial.write(content)
        Path(partial.name).replace(path)
        self._prune()

    def _prune(self) -> None:
        """Remove what was used longest ago. Others may write here, and remove, at the same time."""
        found = []
        for path in self.directory.glob("*.safetensors"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                found.append((status.st_mtime_ns, status.st_size, path))
        spent = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if spent <= self.budget:
                return
            path.unlink(missing_ok=True)
            spent -= size


def tower_fingerprint(model: Any) -> str:
    """The sha256 of all that turns pixels into features: weights, settings and the library."""
    library = importlib.metadata.version("transformers")
    digest = hashlib.sha256(f"{library} {model.dtype}".encode())
    digest.update(model.config.to_json_string().encode())
    language = {id(parameter) for parameter in _language_model(model).parameters()}
    for name, tensor in (*model.named_parameters(), *model.named_buffers()):
        if id(tensor) not in language:
            digest.update(name.encode())
            digest.update(_bytes(tensor))
    return digest.hexdigest()


def _language_model(model: Any) -> nn.Module:
    decoder: nn.Module = model.get_decoder()
    return decoder


def _bytes(tensor: Tensor) -> bytes:
    return tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes()


def _read(path: Path) -> dict[str, Tensor] | None:
    """What is stored, if it is there and whole; and note that it was of use."""
    try:
        stored = load_file(path)
        os.utime(path)
    except (FileNotFoundError, SafetensorError):
        return None
    return stored


def _flat(features: Mapping[str, Any]) -> Iterator[tuple[str, Tensor]]:
    """Every tensor by its place: "video/pooler_output/0"."""
    for modality, output in features.items():
        for name in OUTPUTS:
            yield from _leaves(f"{modality}{SEPARATOR}{name}", getattr(output, name, None))


def _leaves(place: str, value: Any) -> Iterator[tuple[str, Tensor]]:
    if isinstance(value, Tensor):
        yield place, value
    elif value is not None:
        for number, inner in enumerate(value):
            yield from _leaves(f"{place}{SEPARATOR}{number}", inner)


def _assembled(tensors: Mapping[str, Tensor]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for place, tensor in tensors.items():
        *above, last = place.split(SEPARATOR)
        inner = nested
        for step in above:
            inner = inner.setdefault(step, {})
        inner[last] = tensor
    return {modality: SimpleNamespace(**_lists(output)) for modality, output in nested.items()}


def _lists(value: Any) -> Any:
    """Numbered places become a list again; named ones stay a mapping."""
    if isinstance(value, Tensor):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    if all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
