"""The miniature's model and processor: SmolVLM's real classes, a million parameters."""

import re
from dataclasses import dataclass
from typing import Any, Final

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from scorer import prompt, torchvision_schemas
from scorer.backbone import Preferences
from scorer.rubric import LEVELS, QUESTIONS
from training.miniature import language

torchvision_schemas.ensure()

from transformers import (  # noqa: E402 - after the schemas
    LlamaConfig,
    PreTrainedTokenizerFast,
    SmolVLMConfig,
    SmolVLMForConditionalGeneration,
    SmolVLMImageProcessor,
    SmolVLMProcessor,
    SmolVLMVideoProcessor,
    SmolVLMVisionConfig,
)

PREFERENCES: Final = Preferences(
    readout="likelihood",
    caption_prompt="describe",
    frames=4,
    frames_as="images",  # as a video, SmolVLM would put clock times between them
    caption_tokens=40,
    learning_rate=1e-3,  # adapters on a model this small can and must learn fast
)

SPECIAL: Final = {
    "pad_token": "<pad>",
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "image_token": "<image>",
    "video_token": "<video>",
    "fake_image_token": "<frame>",
    "global_image_token": "<whole>",
    "end_of_utterance_token": "<end>",
}
PIXEL_MEAN: Final = (0.5, 0.5, 0.5)
PIXEL_SPREAD: Final = (0.25, 0.25, 0.25)
REPLY: Final = ":"
TEMPLATE: Final = (
    "{% for message in messages %}{% for part in message['content'] %}"
    "{% if part['type'] == 'text' %}{{ part['text'] }}{% else %}<{{ part['type'] }}>{% endif %}"
    "{% endfor %}{% if message['role'] == 'assistant' %}</s>"
    "{% elif not loop.last or add_generation_prompt %} : {% endif %}{% endfor %}"
)
"""Frames, the user's words, a colon, the answer: as little as can be to attend to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The size of the model. Patches are merged two by two into the tokens of a frame."""

    side: int = 32
    """Pixels along both edges of a frame."""

    patch: int = 8
    width: int = 128
    vision_layers: int = 3
    text_layers: int = 2
    heads: int = 4
    spread: float = 0.06
    """Of the first weights. The usual 0.02 learns much more slowly at this size."""

    @property
    def frame_tokens(self) -> int:
        return (self.side // self.patch // 2) ** 2


def vocabulary() -> list[str]:
    """Special tokens, then every word of the world's captions and of the scorer's prompts."""
    prompts = [
        prompt.rubric(),
        prompt.CAPTIONING,
        PREFERENCES.caption_prompt,
        *(prompt.question("", asked) for asked in QUESTIONS),
        *(str(level.value) for level in LEVELS),
        REPLY,
    ]
    asked = {word for text in prompts for word in re.findall(r"\w+|[^\w\s]+", text)}
    return [*SPECIAL.values(), *sorted(language.words() | asked)]


def tokenizer() -> PreTrainedTokenizerFast:
    """A word, a number or a mark is a token."""
    words = {word: number for number, word in enumerate(vocabulary())}
    inner = Tokenizer(models.WordLevel(words, unk_token=SPECIAL["unk_token"]))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    inner.decoder = decoders.WordPiece(prefix="##", cleanup=True)  # no space before a full stop
    inner.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in SPECIAL.values()]
    )
    usual = {name: SPECIAL[name] for name in ("pad_token", "bos_token", "eos_token", "unk_token")}
    extra = {name: token for name, token in SPECIAL.items() if name not in usual}
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, extra_special_tokens=extra, padding_side="left", **usual
    )


def processor(shape: Shape) -> SmolVLMProcessor:
    square = {"height": shape.side, "width": shape.side}
    sampling: dict[str, Any] = {
        "video_sampling": {"video_size": square, "max_frames": PREFERENCES.frames, "fps": 1}
    }
    sizes: dict[str, Any] = {
        "size": square,
        "max_image_size": {"longest_edge": shape.side},
        "image_mean": PIXEL_MEAN,
        "image_std": PIXEL_SPREAD,
        "resample": 2,  # bilinear, which averages when it makes smaller
    }
    return SmolVLMProcessor(
        SmolVLMImageProcessor(do_image_splitting=False, **sizes),
        tokenizer(),
        SmolVLMVideoProcessor(**sizes, **sampling),
        image_seq_len=shape.frame_tokens,
        chat_template=TEMPLATE,
    )


def model(shape: Shape, *, seed: int) -> SmolVLMForConditionalGeneration:
    """A new model. It has seen nothing yet."""
    words = vocabulary()
    common: dict[str, Any] = {
        "hidden_size": shape.width,
        "intermediate_size": 3 * shape.width,
        "num_attention_heads": shape.heads,
        "initializer_range": shape.spread,
    }
    tokens: dict[str, Any] = {
        name: words.index(SPECIAL[key])
        for name, key in (
            ("pad_token_id", "pad_token"),
            ("bos_token_id", "bos_token"),
            ("eos_token_id", "eos_token"),
        )
    }
    text = LlamaConfig(
        vocab_size=len(words),
        num_hidden_layers=shape.text_layers,
        num_key_value_heads=shape.heads,
        max_position_embeddings=1024,
        tie_word_embeddings=False,
        **common,
        **tokens,
    )
    vision = SmolVLMVisionConfig(
        image_size=shape.side,
        patch_size=shape.patch,
        num_hidden_layers=shape.vision_layers,
        **common,
    )
    config = SmolVLMConfig(
        text_config=text,
        vision_config=vision.to_dict(),
        image_token_id=words.index(SPECIAL["image_token"]),
        scale_factor=2,
        tie_word_embeddings=False,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return SmolVLMForConditionalGeneration(config)
