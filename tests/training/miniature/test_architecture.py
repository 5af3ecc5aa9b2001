import re

import numpy as np
import pytest
import torch
from PIL import Image

from scorer import prompt
from scorer.backbone import Backbone
from scorer.frames import Clip
from scorer.rubric import LEVELS
from training.miniature import architecture, pretraining, scenes
from training.miniature.world import SECONDS, sample


@pytest.fixture(scope="module")
def backbone(tmp_path_factory, small):
    return Backbone(
        architecture.model(small, seed=0),
        architecture.processor(small),
        architecture.PREFERENCES,
        tmp_path_factory.mktemp("model"),
    )


def clip(side: int, *, seed: int = 2) -> Clip:
    frames = scenes.render(sample(seed), width=side, height=side, at=scenes.moments(4))
    return Clip(frames, (0.0, 1.0, 2.0, 3.0), SECONDS)


def test_pixels_are_those_of_the_processor(backbone, small):
    shown = clip(small.side)
    seen = backbone.see(shown, backbone.turn(4)).inputs["pixel_values"]

    torch.testing.assert_close(pretraining.pixels(shown.pixels[None]), seen)


def test_large_frames_reach_the_model_as_its_thumbnails(backbone, small):
    large = scenes.render(sample(2), width=640, height=360, at=scenes.moments(4))
    seen = backbone.see(Clip(large, (0.0,) * 4, SECONDS), backbone.turn(4)).inputs["pixel_values"]
    drawn = pretraining.pixels(clip(small.side).pixels[None])

    assert (seen - drawn).abs().mean() < 0.05


def test_frames_as_a_video_have_the_same_pixels(backbone, small):
    shown = clip(small.side)
    as_video = backbone.processor.video_processor([shown.pixels], return_tensors="pt")
    images = [[Image.fromarray(np.ascontiguousarray(frame)) for frame in shown.pixels]]
    as_images = backbone.processor.image_processor(images, return_tensors="pt")

    torch.testing.assert_close(as_video["pixel_values"], as_images["pixel_values"])


def test_captions_survive_the_tokenizer(backbone):
    text = "A big red ring moves up over teal dots. The camera zooms in."

    assert backbone.text(backbone.tokens(text)) == text


def test_a_level_is_one_token(backbone):
    assert [len(backbone.tokens(str(level.value))) for level in LEVELS] == [1] * len(LEVELS)


def test_the_vocabulary_has_each_word_once_and_all_of_the_prompts(backbone):
    words = architecture.vocabulary()
    asked = [prompt.rubric(), prompt.CAPTIONING, architecture.PREFERENCES.caption_prompt]
    unknown = backbone.tokenizer.unk_token_id

    assert len(set(words)) == len(words)
    assert all(unknown not in backbone.tokens(text) for text in asked)
    assert backbone.tokens("unheard-of")[0] == unknown


def test_the_turn_can_be_cut_around_the_words(backbone, small):
    turn = backbone.turn(4)
    ids = backbone.see(clip(small.side), turn).inputs["input_ids"][0]
    image = backbone.tokenizer.convert_tokens_to_ids("<image>")

    assert int((ids == image).sum()) == 4 * small.frame_tokens
    assert re.fullmatch(r"(<image>){4}", turn.opening)
    assert turn.ending == "</s>"


def test_a_seed_makes_the_same_weights_and_leaves_the_dice_alone(small):
    state = torch.get_rng_state()
    one, two = (architecture.model(small, seed=3).state_dict() for _ in range(2))

    assert all(torch.equal(one[name], two[name]) for name in one)
    assert torch.equal(torch.get_rng_state(), state)


def test_the_usual_model_has_a_million_parameters():
    model = architecture.model(architecture.Shape(), seed=0)

    assert 0.9e6 < sum(weight.numel() for weight in model.parameters()) < 1.2e6
