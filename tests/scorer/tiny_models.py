"""Tiny random models of real classes, built offline and saved as any model is.

Their weights are sharpened so that logits differ by more than rounding: an equality that holds
between numbers that are all alike proves nothing.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from scorer import torchvision_schemas

torchvision_schemas.ensure()

import transformers as T  # noqa: E402, N812
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers  # noqa: E402

SPECIAL = (
    "<pad>", "<s>", "</s>", "<unk>", "<image>", "<video>", "<|im_start|>", "<|im_end|>",
    "<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>",
    "<fake_token_around_image>", "<global-img>", "<end_of_utterance>",
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


def language(cls: Any, *, width: int = 64, layers: int = 2, **more: Any) -> Any:
    return cls(
        vocab_size=len(SPECIAL) + 256, hidden_size=width, intermediate_size=2 * width,
        num_hidden_layers=layers, num_attention_heads=4, num_key_value_heads=2,
        max_position_embeddings=4096, bos_token_id=1, eos_token_id=2, pad_token_id=0, **more,
    )  # fmt: skip


def tower(cls: Any, pixels: int, patch: int, **more: Any) -> Any:
    return cls(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        image_size=pixels, patch_size=patch, **more,
    )  # fmt: skip


def llava_onevision(**size_of_language: int) -> tuple[Any, Any]:
    """Llama-like: one position a token."""
    size = {"height": 56, "width": 56}
    grid = [[56, 56], [112, 112]]
    processor = T.LlavaOnevisionProcessor(  # type: ignore[no-untyped-call]
        T.LlavaOnevisionImageProcessor(size=size, image_grid_pinpoints=grid),
        byte_tokenizer(),
        T.LlavaOnevisionVideoProcessor(size=size),
        num_image_tokens=16,
        vision_feature_select_strategy="full",
        chat_template=template("<video>\n", "<image>\n"),
    )
    config = T.LlavaOnevisionConfig(
        vision_config=tower(T.SiglipVisionConfig, 56, 14, vision_use_head=False),
        text_config=language(T.Qwen2Config, **size_of_language),
        image_token_index=ID["<image>"],
        video_token_index=ID["<video>"],
        vision_feature_select_strategy="full",
        image_grid_pinpoints=grid,
        tie_word_embeddings=False,
    )
    return T.LlavaOnevisionForConditionalGeneration(config), processor


def qwen2_5_vl() -> tuple[Any, Any]:
    """Three positions a token (mrope), and a video that takes fewer positions than tokens."""
    size = {"shortest_edge": 56 * 56, "longest_edge": 8 * 56 * 56}
    processor = T.Qwen2_5_VLProcessor(  # type: ignore[no-untyped-call]
        T.Qwen2VLImageProcessor(patch_size=14, size=size),
        byte_tokenizer(image="<|image_pad|>", video="<|video_pad|>"),
        T.Qwen2VLVideoProcessor(patch_size=14, size=size),
        chat_template=template(
            "<|vision_start|><|video_pad|><|vision_end|>",
            "<|vision_start|><|image_pad|><|vision_end|>",
        ),
    )
    rope = {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]}
    text = T.models.qwen2_5_vl.configuration_qwen2_5_vl.Qwen2_5_VLTextConfig
    config = T.Qwen2_5_VLConfig(
        text_config=language(text, rope_parameters=rope).to_dict(),
        vision_config={
            "depth": 2, "hidden_size": 32, "intermediate_size": 64, "num_heads": 2,
            "patch_size": 14, "out_hidden_size": 64, "fullatt_block_indexes": [1],
            "window_size": 56,
        },
        image_token_id=ID["<|image_pad|>"],
        video_token_id=ID["<|video_pad|>"],
        vision_start_token_id=ID["<|vision_start|>"],
        vision_end_token_id=ID["<|vision_end|>"],
    )  # fmt: skip
    return T.Qwen2_5_VLForConditionalGeneration(config), processor


def smolvlm() -> tuple[Any, Any]:
    """Frames become text with times between images."""
    size = {"longest_edge": 64}
    extra = {
        "fake_image_token": "<fake_token_around_image>",
        "global_image_token": "<global-img>",
        "end_of_utterance_token": "<end_of_utterance>",
    }
    processor = T.SmolVLMProcessor(
        T.SmolVLMImageProcessor(size=size, max_image_size=size, do_image_splitting=False),
        byte_tokenizer(**extra),
        T.SmolVLMVideoProcessor(  # type: ignore[call-arg]
            size=size, max_image_size=size, num_frames=8, fps=1,
            video_sampling={"video_size": size, "max_frames": 64, "fps": 1},
        ),
        image_seq_len=4,
        chat_template=template("<video>", "<image>"),
    )  # fmt: skip
    config = T.SmolVLMConfig(
        vision_config=tower(T.SmolVLMVisionConfig, 64, 16).to_dict(),
        text_config=language(T.LlamaConfig),
        image_token_id=ID["<image>"],
        scale_factor=2,
    )
    return T.SmolVLMForConditionalGeneration(config), processor


def llava() -> tuple[Any, Any]:
    """No video processor: a video is several images."""
    edge = {"shortest_edge": 56}
    processor = T.LlavaProcessor(  # type: ignore[no-untyped-call]
        T.CLIPImageProcessor(size=edge, crop_size={"height": 56, "width": 56}),
        byte_tokenizer(),
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template("", "<image>\n"),
    )
    config = T.LlavaConfig(
        vision_config=tower(T.CLIPVisionConfig, 56, 14, projection_dim=32),
        text_config=language(T.LlamaConfig),
        image_token_index=ID["<image>"],
        image_seq_length=16,
    )
    return T.LlavaForConditionalGeneration(config), processor


BUILDERS: dict[str, Callable[..., tuple[Any, Any]]] = {
    "llava_onevision": llava_onevision,
    "qwen2_5_vl": qwen2_5_vl,
    "smolvlm": smolvlm,
    "llava": llava,
}


def save(name: str, directory: Path, *, sharpness: float = 6.0, seed: int = 0, **size: int) -> Path:
    """Build a model by name and save it as any model is saved."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model, processor = BUILDERS[name](**size)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.mul_(sharpness)
    model.save_pretrained(directory)
    processor.save_pretrained(directory)
    # A model that knows nothing never ends a caption by itself.
    (directory / "crest.json").write_text('{"caption_tokens": 24}')
    return directory
