"""Classes that take a video as a video."""

from typing import Any

import transformers as T  # noqa: N812

from tests.scorer.tiny_models.parts import ID, byte_tokenizer, language, template, tower

SQUARE = {"height": 56, "width": 56}
EDGE = {"shortest_edge": 56}


def llava_onevision(
    pixels: int = 56, tower_width: int = 32, tower_layers: int = 2, **size_of_language: int
) -> tuple[Any, Any]:
    """Llama-like: one position a token. A frame is cut in patches of 14 pixels, pooled by four."""
    size = {"height": pixels, "width": pixels}
    grid = [[pixels, pixels], [2 * pixels, 2 * pixels]]
    processor = T.LlavaOnevisionProcessor(  # type: ignore[no-untyped-call]
        T.LlavaOnevisionImageProcessor(size=size, image_grid_pinpoints=grid),
        byte_tokenizer(),
        T.LlavaOnevisionVideoProcessor(size=size),
        num_image_tokens=(pixels // 14) ** 2,
        vision_feature_select_strategy="full",
        chat_template=template("<video>\n", "<image>\n"),
    )
    config = T.LlavaOnevisionConfig(
        vision_config=tower(
            T.SiglipVisionConfig,
            pixels,
            width=tower_width,
            layers=tower_layers,
            vision_use_head=False,
        ),
        text_config=language(T.Qwen2Config, **size_of_language),
        image_token_index=ID["<image>"],
        video_token_index=ID["<video>"],
        vision_feature_select_strategy="full",
        image_grid_pinpoints=grid,
        tie_word_embeddings=False,
    )
    return T.LlavaOnevisionForConditionalGeneration(config), processor


def llava_next_video() -> tuple[Any, Any]:
    """Frames pooled by a resampler, images cut into tiles."""
    tiles = [[56, 112], [112, 56]]
    processor = T.LlavaNextVideoProcessor(  # type: ignore[no-untyped-call]
        T.LlavaNextVideoVideoProcessor(size=EDGE, crop_size=SQUARE),
        T.LlavaNextImageProcessor(size=EDGE, crop_size=SQUARE, image_grid_pinpoints=tiles),
        byte_tokenizer(),
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template("<video>\n", "<image>\n"),
    )
    config = T.LlavaNextVideoConfig(
        vision_config=tower(T.CLIPVisionConfig, projection_dim=32),
        text_config=language(T.LlamaConfig),
        image_token_index=ID["<image>"],
        video_token_index=ID["<video>"],
        image_grid_pinpoints=tiles,
    )
    return T.LlavaNextVideoForConditionalGeneration(config), processor


def video_llava() -> tuple[Any, Any]:
    """Two towers: one for images, one for videos."""
    processor = T.VideoLlavaProcessor(  # type: ignore[no-untyped-call]
        T.VideoLlavaImageProcessor(size=EDGE, crop_size=SQUARE),
        T.VideoLlavaVideoProcessor(size=EDGE, crop_size=SQUARE),
        byte_tokenizer(),
        patch_size=14,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=template("<video>\n", "<image>\n"),
    )
    config = T.VideoLlavaConfig(
        vision_config=tower(T.CLIPVisionConfig, projection_dim=32),
        text_config=language(T.LlamaConfig),
        image_token_index=ID["<image>"],
        video_token_index=ID["<video>"],
    )
    return T.VideoLlavaForConditionalGeneration(config), processor


def internvl() -> tuple[Any, Any]:
    """Frames become text: "Frame1: <img>...</img>"."""
    tokenizer = byte_tokenizer(
        image="<IMG_CONTEXT>",
        start_image_token="<img>",
        end_image_token="</img>",
        context_image_token="<IMG_CONTEXT>",
    )
    processor = T.InternVLProcessor(
        T.GotOcr2ImageProcessor(size=SQUARE, crop_to_patches=False),
        tokenizer,
        T.InternVLVideoProcessor(size=SQUARE),
        image_seq_length=4,
        chat_template=template("<video>\n", "<IMG_CONTEXT>\n"),
    )
    config = T.InternVLConfig(
        vision_config=tower(T.InternVLVisionConfig).to_dict(),
        text_config=language(T.Qwen2Config, tie_word_embeddings=False),
        image_token_id=ID["<IMG_CONTEXT>"],
        image_seq_length=4,
        tie_word_embeddings=False,
    )
    return T.InternVLForConditionalGeneration(config), processor


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


def video_llama_3() -> tuple[Any, Any]:
    """Patches of frames in one row, as Qwen's, but one position a token."""
    processor = T.VideoLlama3Processor(  # type: ignore[no-untyped-call]
        T.VideoLlama3ImageProcessor(
            patch_size=14, size={"shortest_edge": 28 * 28, "longest_edge": 56 * 56}
        ),
        byte_tokenizer(image="<|image_pad|>", video="<|video_pad|>"),
        T.VideoLlama3VideoProcessor(
            patch_size=14, size={"shortest_edge": 28 * 28, "longest_edge": 8 * 56 * 56}
        ),
        chat_template=template("<|video_pad|>", "<|image_pad|>"),
    )
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 2, "patch_size": 14,
    }  # fmt: skip
    config = T.VideoLlama3Config(
        vision_config=vision,
        text_config=language(T.Qwen2Config),
        image_token_id=ID["<|image_pad|>"],
        video_token_id=ID["<|video_pad|>"],
    )
    return T.VideoLlama3ForConditionalGeneration(config), processor
