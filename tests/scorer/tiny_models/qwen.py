"""Three positions a token (mrope), and a video that takes fewer positions than tokens."""

from typing import Any

import transformers as T  # noqa: N812

from tests.scorer.tiny_models.parts import ID, byte_tokenizer, language, template

ROPE = {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]}
TOKENS: dict[str, Any] = {
    "image_token_id": ID["<|image_pad|>"],
    "video_token_id": ID["<|video_pad|>"],
    "vision_start_token_id": ID["<|vision_start|>"],
    "vision_end_token_id": ID["<|vision_end|>"],
}


def qwen2_vl() -> tuple[Any, Any]:
    text = T.models.qwen2_vl.configuration_qwen2_vl.Qwen2VLTextConfig
    config = T.Qwen2VLConfig(
        text_config=language(text, rope_parameters=ROPE).to_dict(),
        vision_config={
            "depth": 2, "embed_dim": 32, "hidden_size": 64, "mlp_ratio": 2, "num_heads": 2,
            "patch_size": 14,
        },
        **TOKENS,
    )  # fmt: skip
    processor = _processor(T.Qwen2VLProcessor, T.Qwen2VLVideoProcessor, 14)
    return T.Qwen2VLForConditionalGeneration(config), processor


def qwen2_5_vl() -> tuple[Any, Any]:
    """A tower that looks through windows."""
    text = T.models.qwen2_5_vl.configuration_qwen2_5_vl.Qwen2_5_VLTextConfig
    config = T.Qwen2_5_VLConfig(
        text_config=language(text, rope_parameters=ROPE).to_dict(),
        vision_config={
            "depth": 2, "hidden_size": 32, "intermediate_size": 64, "num_heads": 2,
            "patch_size": 14, "out_hidden_size": 64, "fullatt_block_indexes": [1],
            "window_size": 56,
        },
        **TOKENS,
    )  # fmt: skip
    processor = _processor(T.Qwen2_5_VLProcessor, T.Qwen2VLVideoProcessor, 14)
    return T.Qwen2_5_VLForConditionalGeneration(config), processor


def qwen3_vl() -> tuple[Any, Any]:
    """Times between frames, and the tower's layers added to the language model's own."""
    text = T.models.qwen3_vl.configuration_qwen3_vl.Qwen3VLTextConfig
    config = T.Qwen3VLConfig(
        text_config=language(text, head_dim=16, rope_parameters=ROPE).to_dict(),
        vision_config={
            "depth": 2, "hidden_size": 32, "intermediate_size": 64, "num_heads": 2,
            "patch_size": 16, "out_hidden_size": 64, "num_position_embeddings": 64,
            "deepstack_visual_indexes": [0, 1],
        },
        **TOKENS,
    )  # fmt: skip
    processor = _processor(T.Qwen3VLProcessor, T.Qwen3VLVideoProcessor, 16)
    return T.Qwen3VLForConditionalGeneration(config), processor


def _processor(cls: Any, video_processor: Any, patch: int) -> Any:
    area = (4 * patch) ** 2
    size = {"shortest_edge": area, "longest_edge": 8 * area}
    return cls(
        T.Qwen2VLImageProcessor(patch_size=patch, size=size),
        byte_tokenizer(image="<|image_pad|>", video="<|video_pad|>"),
        video_processor(patch_size=patch, size=size, cap_pixels_per_frame=True),
        chat_template=template(
            "<|vision_start|><|video_pad|><|vision_end|>",
            "<|vision_start|><|image_pad|><|vision_end|>",
        ),
    )
