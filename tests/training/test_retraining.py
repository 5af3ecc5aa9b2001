"""What the scorer stage learns, leaves behind, and does when it is interrupted."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from scorer import learning, prompt, snapshot
from scorer.course import NothingToLearnFrom
from scorer.manifest import file_digest
from scorer.models import UnknownModel
from scorer.rubric import Dimension
from scorer.scorer import OtherModel, Scorer
from tests.scorer import tiny_models
from tests.scorer.fixtures import TinyModel
from tests.training import world as walls
from tests.training.world import Diary, World
from training.retraining import RetrainConfig, retrain

LIKELIHOOD = RetrainConfig(model="smolvlm", readout="likelihood", steps=250)


DIGITS = RetrainConfig(
    model="llava_onevision", readout="digits", steps=13, lora_rank=4, learning_rate=5e-3
)


@pytest.fixture(autouse=True)
def few_words(monkeypatch: pytest.MonkeyPatch, tiny_model: TinyModel) -> None:
    """To a model that reads bytes the rubric is a book; learning does not hang on its length."""
    monkeypatch.setattr(prompt, "rubric", lambda: "Judge. ")
    tiny_model("llava_onevision")


EVERYTHING: dict[str, Any] = {
    "targets": "sampled",
    "expectation": 0.5,
    "ordinal": 0.5,
    "pairwise": 0.5,
    "balance": 1.0,
    "weights": "raters",
    "patience": 50,
}


class TestLearning:
    @pytest.mark.parametrize(("config", "name"), [(LIKELIHOOD, "head"), (DIGITS, "adapter_model")])
    def test_lowers_the_loss_and_leaves_plain_files(
        self, world: World, config: RetrainConfig, name: str
    ) -> None:
        work, diary = world.work("scorer"), Diary()
        retrain(work, config, diary)
        losses = diary.figures["loss"]
        assert losses[config.steps or 0] < 0.7 * losses[1]
        files = {path.name for path in work.out.iterdir()}
        assert {"scorer.json", f"{name}.safetensors"} <= files
        assert {Path(file).suffix for file in files} == {
            ".json",
            ".jsonl",
            ".safetensors",
            ".html",
            ".md",
        }

    def test_learns_what_people_said(self, world: World) -> None:
        """The three captioners write three kinds of captions, and no wall ever moves."""
        work = world.work("scorer")
        result = retrain(work, LIKELIHOOD, Diary())
        assert result["test"]["srcc"] > 0.8
        assert result["test"]["mae"] < result["baselines"]["constant"]["mae"]
        scorer = Scorer.load(work.out, models_dir=world.models)
        careful, careless, _ = scorer.score(
            work.video(walls.sha(7)), walls.captions("purple", "orange")
        )
        assert careful.mean_involved > careless.mean_involved + 1
        assert careful.levels[Dimension.ACTION] is None

    def test_counts_what_it_learnt_from(self, world: World) -> None:
        result = retrain(world.work("scorer"), LIKELIHOOD, Diary())
        held = snapshot.hold_out(map(walls.sha, range(6)), 0.1)
        assert result["train_captions"] == 3 * (6 - len(held))
        assert result["train_judgments"] == result["train_captions"] * 2 * 5
        assert result["test"]["per_dimension"][Dimension.OBJECT]["n"] == 6
        assert result["test"]["per_dimension"][Dimension.ACTION] == {
            "srcc": None,
            "mae": None,
            "n": 0,
        }

    def test_stands_beside_what_it_must_beat(self, world: World) -> None:
        result = retrain(world.work("scorer"), LIKELIHOOD, Diary())
        beside = result["baselines"]
        assert set(beside) == {"constant", "length", "zero_shot", "blind", "one_hot"}
        assert beside["one_hot"]["srcc"] > 0.8
        assert beside["one_hot"]["mae"] < beside["constant"]["mae"]
        captions = [point["captions"] for point in result["curve"]]
        assert captions == sorted(captions)
        assert captions[-1] == result["train_captions"]
        assert result["curve"][-1]["srcc"] > 0.8

    def test_digits_are_held_against_the_model_before_it_learnt(self, world: World) -> None:
        work = world.work("scorer")
        result = retrain(work, replace(DIGITS, patience=50), Diary())
        beside = result["baselines"]
        assert set(beside) == {"constant", "length", "zero_shot", "blind"}
        assert beside["zero_shot"]["mae"] > result["test"]["mae"]
        assert beside["blind"]["mae"] is not None

    def test_stops_where_held_out_videos_gain_nothing(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(learning, "VALIDATION", 0.5)
        assert 0 < len(snapshot.hold_out(map(walls.sha, range(6)), 0.5)) < 6
        early = replace(LIKELIHOOD, learning_rate=0.5, patience=2)
        result = retrain(world.work("scorer"), early, Diary())
        looks = result["looks"]
        best = min(range(len(looks)), key=lambda place: looks[place]["held_out"])
        assert len(looks) - 1 - best == 2
        assert result["steps"] == looks[-1]["step"] < 250

    def test_recomputing_activations_changes_nothing(self, world: World) -> None:
        short = replace(DIGITS, steps=3)
        kept, again = world.work("kept"), world.work("again")
        told = retrain(kept, short, Diary())
        assert retrain(again, replace(short, memory="recompute"), Diary()) == told
        name = "adapter_model.safetensors"
        assert (kept.out / name).read_bytes() == (again.out / name).read_bytes()

    def test_learns_on_a_base_in_eight_bits(self, world: World) -> None:
        work = world.work("scorer")
        result = retrain(work, replace(DIGITS, steps=2, base="8-bit"), Diary())
        assert result["test_captions"] == 6
        scorer = Scorer.load(work.out, models_dir=world.models)
        assert scorer.card.base == "8-bit"
        assert scorer.readout.backbone.network.is_loaded_in_8bit  # type: ignore[attr-defined]

    def test_auto_follows_the_models_own_preference(self, world: World, tmp_path: Path) -> None:
        model = tiny_models.save("smolvlm", tmp_path / "model")
        auto = RetrainConfig(model=str(model), steps=1)
        assert retrain(world.work("plain"), auto, Diary())["readout"] == "digits"
        (model / "crest.json").write_text('{"readout": "likelihood", "caption_prompt": "describe"}')
        assert retrain(world.work("asked"), auto, Diary())["readout"] == "likelihood"


class TestResume:
    @pytest.fixture(autouse=True)
    def half_is_held_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """So that there is something to look at, among six videos."""
        monkeypatch.setattr(learning, "VALIDATION", 0.5)

    @pytest.mark.parametrize(
        ("config", "at", "name"),
        [
            (LIKELIHOOD, 130, "head"),
            (DIGITS, 12, "adapter_model"),
            (replace(LIKELIHOOD, **EVERYTHING), 130, "head"),
            (replace(DIGITS, **EVERYTHING), 12, "adapter_model"),
        ],
    )
    def test_a_killed_run_ends_with_the_same_bytes(
        self, world: World, config: RetrainConfig, at: int, name: str
    ) -> None:
        whole = world.work("whole")
        told = retrain(whole, config, Diary())
        with pytest.raises(KeyboardInterrupt):
            retrain(world.work("cut"), config, Diary(stop_at=at))
        again, diary = world.work("cut", attempt=2), Diary()
        assert retrain(again, config, diary) == told
        assert min(diary.figures["loss"]) > 1  # it did not begin anew
        for file in (f"{name}.safetensors", "scorer.json"):
            assert file_digest(again.out / file) == file_digest(whole.out / file)


class TestBadInput:
    def test_an_unreadable_video_is_listed_and_left_out(self, broken: World) -> None:
        result = retrain(broken.work("scorer"), LIKELIHOOD, Diary())
        assert [failure["video"] for failure in result["failed"]] == [walls.sha(1)]
        assert "web.mp4" in result["failed"][0]["reason"]
        held = snapshot.hold_out(map(walls.sha, (0, 2, 3, 4, 5)), 0.1)
        assert result["train_captions"] == 3 * (5 - len(held))

    @pytest.mark.parametrize("config", [LIKELIHOOD, DIGITS])
    def test_refuses_a_snapshot_without_ratings(
        self, world: World, tmp_path: Path, config: RetrainConfig
    ) -> None:
        empty = walls.write_snapshot(tmp_path / "unrated", rated=False)
        bare = World(world.root, empty, world.media, world.models)
        with pytest.raises(NothingToLearnFrom):
            retrain(bare.work("scorer"), config, Diary())

    def test_refuses_a_model_that_is_absent(self, world: World) -> None:
        with pytest.raises(UnknownModel):
            retrain(world.work("scorer"), RetrainConfig(model="absent"), Diary())

    @pytest.mark.parametrize(
        "nonsense",
        [
            {"readout": "hunch"},
            {"steps": 0},
            {"learning_rate": 0.0},
            {"lora_rank": 0},
            {"frames": 0},
            {"targets": "hard"},
            {"pairwise": -1.0},
        ],
    )
    def test_refuses_nonsense(self, nonsense: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=r"read-out|positive|targets|negative"):
            RetrainConfig(**nonsense)

    def test_a_scorer_is_not_loaded_over_another_model(self, world: World, tmp_path: Path) -> None:
        model = tiny_models.save("smolvlm", tmp_path / "model")
        work = world.work("scorer")
        config = RetrainConfig(model=str(model), readout="likelihood", steps=1)
        retrain(work, config, Diary())
        assert load_file(work.out / "head.safetensors")
        tiny_models.save("smolvlm", model, seed=1)
        with pytest.raises(OtherModel):
            Scorer.load(work.out)
