"""A video-language model of any class behind one face: frames and words in, logits out."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import torch
from PIL import Image
from torch import nn

from scorer import models, prompt, quantized, torchvision_schemas
from scorer.batching import Prefix
from scorer.features import FeatureCache
from scorer.frames import Clip

torchvision_schemas.ensure()

from transformers import AutoModelForImageTextToText, AutoProcessor  # noqa: E402 - after the schemas
from transformers.utils import logging as transformers_logging  # noqa: E402

transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]

PREFERENCES: Final = "crest.json"
SHORT_RUN: Final = 3
"""So many equal tokens in a row are words; more are places for a picture."""

ReadoutName = Literal["digits", "likelihood"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Preferences:
    """What a model says of itself in its `crest.json`. A model that says nothing gets these."""

    readout: ReadoutName = "digits"
    caption_prompt: str = prompt.CAPTIONING
    frames: int = 8
    frames_as: Literal["video", "images", "auto"] = "auto"
    caption_tokens: int = 256
    """The longest caption that is generated."""

    learning_rate: float | None = None
    """The rate at which this model is best adapted, where it is not the usual one."""

    @classmethod
    def read(cls, directory: Path) -> "Preferences":
        path = directory / PREFERENCES
        if not path.is_file():
            return cls()
        said = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: said[name] for name in cls.__slots__ if name in said})

    def write(self, directory: Path) -> None:
        text = json.dumps(asdict(self), indent=2, sort_keys=True)
        (directory / PREFERENCES).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a model computes and in which precision."""

    device: torch.device
    dtype: torch.dtype
    bits: quantized.Bits | None = None
    """Of the language model's weights, where fewer than those of `dtype`."""

    @classmethod
    def best(cls, base: quantized.BaseName = "full") -> "Placement":
        """bfloat16 on a GPU; float32 on a CPU, where the other is not always faster."""
        bits = quantized.BITS[base]
        if torch.cuda.is_available():
            return cls(torch.device("cuda"), torch.bfloat16, bits)
        return cls(torch.device("cpu"), torch.float32, bits)


class Backbone:
    """A model with its processor. Never in training mode: dropout would undo exact sharing."""

    def __init__(
        self, model: Any, processor: Any, preferences: Preferences, directory: Path
    ) -> None:
        self.model = model
        self.processor = processor
        self.tokenizer = processor.tokenizer
        self.preferences = preferences
        self.directory = directory
        self.as_video = _takes_video(processor, preferences)
        self.features: FeatureCache | None = None
        """Where what the vision tower makes of videos is kept, if anywhere."""

    @classmethod
    def load(
        cls,
        model: str,
        models_dir: Path | None,
        placement: Placement | None = None,
        *,
        features: FeatureCache | None = None,
        trust_remote_code: frozenset[str] = frozenset(),
    ) -> "Backbone":
        """Open a model. Raises `UnknownModel` or `UnsafeModel` before anything of it runs.

        `trust_remote_code` names the models, as they are asked for, that may bring Python of their
        own. It runs with all the rights of this program.
        """
        opened = cls.without_weights(model, models_dir, trust_remote_code=trust_remote_code)
        placed = placement or Placement.best()
        network = AutoModelForImageTextToText.from_pretrained(
            opened.directory,
            trust_remote_code=model in trust_remote_code,
            use_safetensors=True,
            local_files_only=True,
            dtype=placed.dtype,
            device_map={"": placed.device},
            quantization_config=placed.bits and quantized.settings(placed.bits, placed.dtype),
        )
        network.requires_grad_(requires_grad=False)
        opened.model = network.train(mode=False)
        opened.features = features
        return opened

    @classmethod
    def without_weights(
        cls,
        model: str,
        models_dir: Path | None,
        *,
        trust_remote_code: frozenset[str] = frozenset(),
    ) -> "Backbone":
        """Its words and its sight alone: for a model that runs elsewhere. As `load`."""
        trusted = model in trust_remote_code
        directory = models.resolve(model, models_dir, with_code=trusted)
        models.inspect(directory, may_run_code=trusted)
        processor = AutoProcessor.from_pretrained(  # type: ignore[no-untyped-call]
            directory, trust_remote_code=trusted, local_files_only=True
        )
        return cls(None, processor, Preferences.read(directory), directory)

    @property
    def device(self) -> torch.device:
        return next(self.network.parameters()).device

    @property
    def network(self) -> nn.Module:
        """The model, typed."""
        network: nn.Module = self.model
        return network

    @property
    def pad(self) -> int:
        return int(self.tokenizer.pad_token_id or 0)

    def tokens(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def text(self, tokens: Sequence[int]) -> str:
        decoded: str = self.tokenizer.decode(tokens, skip_special_tokens=True)
        return decoded.strip()

    def pieces(self, tokens: Sequence[int]) -> list[str]:
        """What each token adds to the text. Alone, some tokenizers forget a word's space."""
        ends = [self.tokenizer.decode(tokens[:end]) for end in range(len(tokens) + 1)]
        return [after[len(before) :] for before, after in pairwise(ends)]

    def as_read(self, tokens: Sequence[int]) -> str:
        """Tokens as a person may read them, special ones too: a run of one stands once."""
        runs = ((token, len(list(run))) for token, run in groupby(tokens))
        parts: list[str] = []
        plain: list[int] = []
        for token, length in runs:
            plain += [token] * min(length, SHORT_RUN)
            if length > SHORT_RUN:
                before = self.tokenizer.decode(plain[:-SHORT_RUN])
                parts.append(f"{before}{self.tokenizer.decode([token])} (x {length}) ")
                plain = []
        return "".join(parts) + str(self.tokenizer.decode(plain))

    def end_tokens(self, turn: prompt.Turn) -> list[int]:
        """What ends the assistant's words: the template's first token behind them."""
        return self.tokens(turn.ending)[:1] or [int(self.tokenizer.eos_token_id)]

    def turn(self, frames: int, before: str = "") -> prompt.Turn:
        """The model's own chat template around a video of so many frames."""
        media = [{"type": "video"}] if self.as_video else [{"type": "image"}] * frames
        return prompt.turn(self._render, media=media, before=before)

    def _render(self, messages: Sequence[prompt.Message], *, speaks_next: bool) -> str:
        # Its own template by name: some processors else put another in its place for videos.
        text: str = self.processor.apply_chat_template(
            list(messages),
            chat_template=self.processor.chat_template,
            add_generation_prompt=speaks_next,
            tokenize=False,
        )
        return text

    def see(self, clip: Clip, turn: prompt.Turn) -> Prefix:
        """What all that is said about a clip shares: its pixels and the words around them."""
        # A template may write the first token itself; the tokenizer must not write it again.
        bos = self.tokenizer.bos_token
        special = not (bos and turn.opening.startswith(bos))
        made = self.processor(
            text=[turn.opening],
            return_tensors="pt",
            add_special_tokens=special,
            **(_as_video(clip) if self.as_video else _as_images(clip)),
        )
        prefix = Prefix({name: self._placed(name, value) for name, value in made.items()})
        return self.features.see(self.model, prefix) if self.features else prefix

    def _placed(self, name: str, value: torch.Tensor) -> torch.Tensor:
        # Pixels go in the model's precision. Times must not: bfloat16 has three digits.
        dtype = self.model.dtype if name.startswith("pixel_values") else None
        return value.to(device=self.device, dtype=dtype)


def _takes_video(processor: Any, preferences: Preferences) -> bool:
    if preferences.frames_as == "auto":
        return getattr(processor, "video_processor", None) is not None
    return preferences.frames_as == "video"


def _as_video(clip: Clip) -> dict[str, Any]:
    count = len(clip.pixels)
    # Frames were sampled already; the rate tells the model how far apart they are.
    rate = count / clip.seconds if clip.seconds > 0 else 1.0
    metadata = {
        "total_num_frames": count,
        "fps": rate,
        "duration": clip.seconds,
        "frames_indices": list(range(count)),
    }
    return {
        "videos": [clip.pixels],
        "videos_kwargs": {"do_sample_frames": False, "video_metadata": [metadata]},
    }


def _as_images(clip: Clip) -> dict[str, Any]:
    return {"images": [[Image.fromarray(np.ascontiguousarray(frame)) for frame in clip.pixels]]}


@contextlib.contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw from torch's generator as if it had just been seeded, and leave it as it was."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield
