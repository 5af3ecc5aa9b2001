"""Classes that have no video processor: a video is several images."""

from typing import Any

import torch
import transformers as T  # noqa: N812

from tests.scorer.tiny_models.parts import ID, byte_tokenizer, language, template, tower


def llava(text: Any = None) -> tuple[Any, Any]:
    """One picture after another, as VILA reads them."""
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
        vision_config=tower(T.CLIPVisionConfig, projection_dim=32),
        text_config=text or language(T.LlamaConfig),
        image_token_index=ID["<image>"],
        image_seq_length=16,
    )
    return T.LlavaForConditionalGeneration(config), processor


def llava_sliding() -> tuple[Any, Any]:
    """Each word sees the last few words only: where a tree must not be trusted."""
    return llava(language(T.MistralConfig, sliding_window=24))


def idefics3() -> tuple[Any, Any]:
    """Pictures in nested lists, padded to the row with the most."""
    size = {"longest_edge": 64}
    extra = {
        "fake_image_token": "<fake_token_around_image>",
        "global_image_token": "<global-img>",
        "end_of_utterance_token": "<end_of_utterance>",
    }
    processor = T.Idefics3Processor(
        T.Idefics3ImageProcessor(size=size, max_image_size=size, do_image_splitting=False),
        byte_tokenizer(**extra),
        image_seq_len=4,
        chat_template=template("", "<image>"),
    )
    config = T.Idefics3Config(
        vision_config=tower(T.Idefics3VisionConfig, 64, 16).to_dict(),
        text_config=language(T.LlamaConfig),
        image_token_id=ID["<image>"],
        scale_factor=2,
    )
    return T.Idefics3ForConditionalGeneration(config), processor


def aria() -> tuple[Any, Any]:
    """A mixture of experts."""
    processor = T.AriaProcessor(
        T.AriaImageProcessor(max_image_size=490, split_image=False),
        byte_tokenizer(image="<|image|>"),
        size_conversion={490: 4, 980: 8},
        chat_template=template("", "<|image|>"),
    )
    experts = {"moe_num_experts": 4, "moe_topk": 2, "moe_num_shared_experts": 1}
    config = T.AriaConfig(
        vision_config=tower(T.Idefics3VisionConfig, 490, 70),
        image_token_index=ID["<|image|>"],
        projector_patch_to_query_dict={49: 4, 196: 8},
        text_config=language(T.AriaTextConfig, **experts).to_dict(),
    )
    return T.AriaForConditionalGeneration(config), processor


def mllama() -> tuple[Any, Any]:
    """Looks at pictures by cross attention: nothing of them is in the sequence to be shared."""
    processor = T.MllamaProcessor(  # type: ignore[no-untyped-call]
        T.MllamaImageProcessor(size={"height": 56, "width": 56}, max_image_tiles=2),
        byte_tokenizer(image="<|image|>"),
        chat_template=template("", "<|image|>"),
    )
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_global_layers": 1, "attention_heads": 2, "image_size": 56, "patch_size": 14,
        "vision_output_dim": 64, "max_num_tiles": 2, "intermediate_layers_indices": [0],
        "supported_aspect_ratios": [[1, 1], [1, 2], [2, 1]],
    }  # fmt: skip
    text = language(
        T.models.mllama.configuration_mllama.MllamaTextConfig,
        layers=3,
        cross_attention_layers=[1],
        rope_parameters={"rope_type": "default", "rope_theta": 5e5},
    )
    config = T.MllamaConfig(
        image_token_index=ID["<|image|>"], vision_config=vision, text_config=text.to_dict()
    )
    model = T.MllamaForConditionalGeneration(config)
    for name, parameter in model.named_parameters():
        if name.endswith(("attn_gate", "mlp_gate")):  # closed when new: it would see nothing
            torch.nn.init.ones_(parameter)
    return model, processor
