"""Standings and their intervals, and what evaluation refuses."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer.levels import Score
from scorer.rubric import Dimension
from tests.training import world as walls
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training.evaluation import (
    Entry,
    EvaluateConfig,
    NothingHeldOut,
    evaluate,
    interval,
    standings,
)
from training.finetuning import FinetuneConfig, finetune
from training.retraining import RetrainConfig, retrain

SURE = {level: tuple(float(n == level) for n in range(6)) for level in range(6)}


def said(video: str, captioner: str, level: int, action: int = 0) -> tuple[Entry, Score]:
    entry = Entry(video=video, captioner=captioner, source="imported", text="A wall.")
    table = dict.fromkeys(Dimension, SURE[level]) | {Dimension.ACTION: SURE[action]}
    return entry, Score(table)


class TestStandings:
    def test_a_video_with_many_captions_counts_once(self) -> None:
        scored = [said("a", "m", 5), said("a", "m", 5), said("a", "m", 5), said("b", "m", 1)]
        (row,) = standings(scored, EvaluateConfig(resamples=10))
        assert row["mean_involved"]["value"] == pytest.approx(3.0)
        assert row["videos"] == 2

    def test_the_best_comes_first(self) -> None:
        scored = [said("a", "poor", 2), said("a", "good", 4), said("a", "also good", 4)]
        rows = standings(scored, EvaluateConfig(resamples=10))
        assert [row["name"] for row in rows] == ["also good", "good", "poor"]

    def test_a_dimension_that_is_never_involved_has_no_mean(self) -> None:
        rows = standings([said("a", "m", 4), said("b", "m", 2)], EvaluateConfig(resamples=10))
        assert rows[0]["dimensions"][Dimension.ACTION] is None
        assert rows[0]["dimensions"][Dimension.OBJECT] == pytest.approx(3.0)

    def test_zeros_do_not_enter_a_dimensions_mean(self) -> None:
        scored = [said("a", "m", 4, action=0), said("b", "m", 4, action=2)]
        (row,) = standings(scored, EvaluateConfig(resamples=10))
        assert row["dimensions"][Dimension.ACTION] == pytest.approx(2.0)


class TestInterval:
    @given(st.lists(st.floats(1.0, 5.0), min_size=1, max_size=20))
    def test_holds_the_mean_and_stays_within_the_values(self, values: list[float]) -> None:
        found = interval(values, EvaluateConfig(resamples=200))
        assert min(values) - 1e-9 <= found["low"] <= found["high"] <= max(values) + 1e-9
        assert found["value"] == pytest.approx(np.mean(values))

    def test_is_as_wide_as_theory_says(self) -> None:
        values = np.random.default_rng(0).normal(3.0, 0.5, size=400).tolist()
        found = interval(values, EvaluateConfig(resamples=2000))
        assert found["high"] - found["low"] == pytest.approx(2 * 1.96 * 0.5 / 20, rel=0.1)

    def test_the_same_seed_draws_the_same(self) -> None:
        values = [1.0, 2.0, 4.0]
        assert interval(values, EvaluateConfig(seed=3)) == interval(values, EvaluateConfig(seed=3))

    def test_refuses_no_resamples(self) -> None:
        with pytest.raises(ValueError, match="positive"):
            EvaluateConfig(resamples=0)


class TestEvaluate:
    @pytest.fixture
    def parents(self, world: World, tmp_path: Path) -> dict[str, Path]:
        taught = world.work("scorer")
        retrain(taught, RetrainConfig(model="smolvlm", readout="likelihood", steps=5), Diary())
        tuned = world.work("finetune", select=selection(tmp_path / "selected", range(6)))
        finetune(tuned, FinetuneConfig(model="smolvlm", lora_rank=4, steps=1), Diary())
        return {"scorer": taught.out, "finetune": tuned.out}

    def test_an_unreadable_video_is_listed(self, world: World, parents: dict[str, Path]) -> None:
        absent = world.root / "other-media"
        for number in range(7):
            source = world.media / walls.sha(number)[:2] / walls.sha(number) / "web.mp4"
            copy = absent / source.relative_to(world.media)
            copy.parent.mkdir(parents=True)
            copy.write_bytes(source.read_bytes())
        lacking = World(world.root, world.snapshot, absent, world.models)
        result = evaluate(lacking.work("evaluate", **parents), EvaluateConfig(), Diary())
        assert [failure["video"] for failure in result["failed"]] == [walls.sha(7)]
        assert {row["videos"] for row in result["captioners"]} == {1}

    def test_refuses_where_nothing_is_held_out(
        self, world: World, parents: dict[str, Path], tmp_path: Path
    ) -> None:
        trained = walls.write_snapshot(tmp_path / "all-train", test_videos=0)
        bare = World(world.root, trained, world.media, world.models)
        with pytest.raises(NothingHeldOut):
            evaluate(bare.work("evaluate", **parents), EvaluateConfig(), Diary())

    def test_an_entry_is_plain_data(self) -> None:
        entry, _ = said("a", "m", 3)
        assert asdict(entry)["caption"] is None
