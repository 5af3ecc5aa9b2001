"""One face for models of different classes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from scorer.backbone import Backbone, Preferences, seeded
from scorer.batching import Row, collate, extend
from scorer.frames import Clip
from scorer.prompt import Message, NoTurns, turn
from tests.scorer import tiny_models
from tests.scorer.fixtures import TinyModel


def clip(seed: int, frames: int = 4) -> Clip:
    dice = np.random.default_rng(seed)
    pixels = dice.integers(0, 255, (frames, 48, 64, 3), dtype=np.uint8)
    return Clip(pixels, tuple(range(frames)), float(frames))


@pytest.fixture(scope="module", params=sorted(tiny_models.BUILDERS))
def backbone(request: pytest.FixtureRequest, tiny_model: TinyModel) -> Backbone:
    return Backbone.load(str(tiny_model(request.param)), None)


class TestSee:
    def test_takes_a_video_where_the_processor_does(self, backbone: Backbone) -> None:
        assert backbone.as_video == (backbone.directory.name not in tiny_models.OF_IMAGES)

    def test_frames_reach_the_logits(self, backbone: Backbone) -> None:
        said = backbone.turn(4)
        tokens = backbone.tokens("Describe." + said.closing)
        with torch.no_grad():
            one, other = (
                backbone.model(**extend(backbone.see(clip(seed), said), tokens)).logits[0, -1]
                for seed in (0, 1)
            )
        assert float((one - other).abs().max()) > 0.05

    def test_what_is_said_before_comes_before_the_video(self, backbone: Backbone) -> None:
        opening = backbone.turn(4, before="The rubric.").opening
        assert 0 <= opening.index("The rubric.") < max(opening.rfind("<"), 1)

    def test_never_trains(self, backbone: Backbone) -> None:
        assert not backbone.network.training
        assert not any(parameter.requires_grad for parameter in backbone.network.parameters())

    def test_a_first_token_that_the_template_writes_is_not_written_twice(
        self, tiny_model: TinyModel
    ) -> None:
        backbone = Backbone.load(str(tiny_model("llava_onevision")), None)
        backbone.processor.chat_template = "<s>" + backbone.processor.chat_template
        prefix = backbone.see(clip(0), backbone.turn(4))
        assert prefix.inputs["input_ids"][0].tolist().count(backbone.tokenizer.bos_token_id) == 1


class TestCollate:
    @pytest.mark.parametrize("left", [True, False])
    def test_a_row_in_a_batch_is_as_if_alone(self, backbone: Backbone, left: bool) -> None:  # noqa: FBT001 - a parameter
        said = backbone.turn(4)
        rows = [
            Row(backbone.see(clip(seed), said), backbone.tokens(text + said.closing))
            for seed, text in enumerate(("Short.", "A text that is a good deal longer."))
        ]
        (batch,) = collate(rows, pad=backbone.pad, left=left)
        assert batch.rows == (0, 1)
        with torch.no_grad():
            together = backbone.model(**batch.inputs).logits
            for place, row in enumerate(rows):
                alone = backbone.model(**extend(row.prefix, row.tail)).logits[0, -1]
                last = -1 if left else row.prefix.length + len(row.tail) - 1
                assert torch.allclose(together[place, last], alone, atol=1e-4)

    def test_videos_of_different_shapes_are_batched_apart(self, tiny_model: TinyModel) -> None:
        backbone = Backbone.load(str(tiny_model("llava_onevision")), None)
        rows = [
            Row(backbone.see(clip(0, frames), backbone.turn(frames)), [70]) for frames in (4, 2, 4)
        ]
        batches = collate(rows, pad=0, left=False)
        assert sorted(batch.rows for batch in batches) == [(0, 2), (1,)]


class TestPreferences:
    def test_a_model_that_says_nothing_is_read_by_digits(self, tmp_path: Path) -> None:
        assert Preferences.read(tmp_path) == Preferences()
        assert Preferences().readout == "digits"

    def test_a_model_may_say_what_suits_it(self, tmp_path: Path) -> None:
        said = {"readout": "likelihood", "caption_prompt": "describe", "frames": 4, "later": 1}
        (tmp_path / "crest.json").write_text(json.dumps(said))
        found = Preferences.read(tmp_path)
        assert (found.readout, found.caption_prompt, found.frames) == ("likelihood", "describe", 4)

    def test_frames_may_be_asked_for_as_images(self, tmp_path: Path) -> None:
        model = tiny_models.save("smolvlm", tmp_path / "model")
        (model / "crest.json").write_text('{"frames_as": "images"}')
        backbone = Backbone.load(str(model), None)
        assert not backbone.as_video
        assert backbone.see(clip(0), backbone.turn(4)).inputs["pixel_values"].shape[1] == 4


class TestTurn:
    def test_refuses_a_template_that_loses_the_text(self) -> None:
        def render(messages: Any, *, speaks_next: bool) -> str:
            return f"{len(messages)} {speaks_next}"

        with pytest.raises(NoTurns):
            turn(render, media=[{"type": "video"}])

    def test_cuts_where_the_user_begins_to_speak(self) -> None:
        def render(messages: list[Message], *, speaks_next: bool) -> str:
            text = "".join(
                f"[{message['role']}]"
                + "".join(part.get("text", "VIDEO") for part in message["content"])
                + "[end]"
                for message in messages
            )
            return text + ("[assistant]" if speaks_next else "")

        found = turn(render, media=[{"type": "video"}], before="Rubric.")
        assert found.opening == "[user]Rubric.VIDEO"
        assert found.closing == "[end][assistant]"
        assert found.ending == "[end]"


def test_seeded_draws_the_same_and_leaves_no_trace() -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    with seeded(1):
        one = torch.rand(3)
    with seeded(1):
        other = torch.rand(3)
    assert torch.equal(one, other)
    assert torch.equal(torch.get_rng_state(), before)
