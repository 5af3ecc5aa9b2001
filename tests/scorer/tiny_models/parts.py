"""What tiny models are made of: a byte tokenizer, a chat template, a small decoder and tower."""

from typing import Any

import transformers as T  # noqa: N812
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

SPECIAL = (
    "<pad>", "<s>", "</s>", "<unk>", "<image>", "<video>", "<|im_start|>", "<|im_end|>",
    "<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>",
    "<fake_token_around_image>", "<global-img>", "<end_of_utterance>",
    "<img>", "</img>", "<IMG_CONTEXT>", "<|image|>",
)  # fmt: skip
ID = {word: number for number, word in enumerate(SPECIAL)}
TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n"
    "{% for c in m['content'] %}{% if c['type'] == 'video' %}VIDEO"
    "{% elif c['type'] == 'image' %}IMAGE{% else %}{{ c['text'] }}{% endif %}{% endfor %}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def template(video: str, image: str) -> str:
    return TEMPLATE.replace("VIDEO", video).replace("IMAGE", image)


def byte_tokenizer(image: str = "<image>", video: str = "<video>", **extra: str) -> Any:
    """256 bytes and the special tokens: every digit is one token, and so is every letter."""
    symbols = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = ID | {symbol: len(SPECIAL) + number for number, symbol in enumerate(symbols)}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(w, special=True, normalized=False) for w in SPECIAL])
    return T.PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        pad_token="<pad>", bos_token="<s>", eos_token="</s>", unk_token="<unk>",
        extra_special_tokens={"image_token": image, "video_token": video, **extra},
    )  # fmt: skip


def language(cls: Any, *, width: int = 64, layers: int = 2, widening: int = 2, **more: Any) -> Any:
    return cls(
        vocab_size=len(SPECIAL) + 256, hidden_size=width, intermediate_size=widening * width,
        num_hidden_layers=layers, num_attention_heads=4, num_key_value_heads=2,
        max_position_embeddings=4096, bos_token_id=1, eos_token_id=2, pad_token_id=0, **more,
    )  # fmt: skip


def tower(
    cls: Any, pixels: int = 56, patch: int = 14, *, width: int = 32, layers: int = 2, **more: Any
) -> Any:
    return cls(
        hidden_size=width, intermediate_size=2 * width, num_hidden_layers=layers,
        num_attention_heads=2, image_size=pixels, patch_size=patch, **more,
    )  # fmt: skip
