"""Every caption is scored or its video is named; a second attempt does only what is left."""

from dataclasses import replace
from pathlib import Path

import pytest

from scorer.scorer import Scorer
from tests.training import world as walls
from tests.training.world import Diary, World
from training import jsonl, scoring
from training.retraining import RetrainConfig, retrain
from training.scoring import SCORES, ScoreConfig, assist, score


@pytest.fixture
def taught(world: World) -> Path:
    work = world.work("scorer")
    retrain(work, RetrainConfig(model="smolvlm", readout="likelihood", steps=20), Diary())
    return work.out


class TestScore:
    def test_scores_every_caption_of_every_split(self, world: World, taught: Path) -> None:
        work = world.work("score", scorer=taught)
        result = score(work, ScoreConfig(), Diary())
        lines = list(jsonl.read(work.out / SCORES))
        assert [line["caption"] for line in lines] == [
            10 * video + place for video in range(8) for place in range(3)
        ]
        assert (result["captions"], result["videos"], result["failed"]) == (24, 8, [])
        assert [row["captions"] for row in result["per_captioner"]] == [8, 8, 8]
        assert len(result["histogram"]["counts"]) == len(result["histogram"]["edges"]) - 1
        assert sum(result["histogram"]["counts"]) == 24

    def test_a_batch_changes_nothing(self, world: World, taught: Path) -> None:
        together = world.work("together", scorer=taught)
        alone = world.work("alone", scorer=taught)
        score(together, ScoreConfig(batch=16), Diary())
        score(alone, ScoreConfig(batch=1), Diary())
        pairs = zip(jsonl.read(together.out / SCORES), jsonl.read(alone.out / SCORES), strict=True)
        for one, other in pairs:
            assert one["mean_involved"] == pytest.approx(other["mean_involved"], abs=1e-4)

    def test_an_unreadable_video_is_a_failed_item(self, broken: World, taught: Path) -> None:
        work = broken.work("score", scorer=taught)
        result = score(work, ScoreConfig(), Diary())
        assert [failure["video"] for failure in result["failed"]] == [walls.sha(1)]
        assert (result["captions"], result["videos"]) == (21, 7)
        scored = {line["video"] for line in jsonl.read(work.out / SCORES)}
        assert walls.sha(1) not in scored

    def test_a_killed_attempt_keeps_its_videos(
        self, world: World, taught: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = world.work("whole", scorer=taught)
        told = score(whole, ScoreConfig(), Diary())
        with pytest.raises(KeyboardInterrupt):
            score(world.work("cut", scorer=taught), ScoreConfig(), Diary(stop_at=5))

        looked: list[Path] = []
        real = Scorer.score

        def watched(scorer: Scorer, path: Path, captions: list[str]) -> object:
            looked.append(path)
            return real(scorer, path, captions)

        monkeypatch.setattr(Scorer, "score", watched)
        again = world.work("cut", attempt=2, scorer=taught)
        assert score(again, ScoreConfig(), Diary()) == told
        assert len(looked) == 3
        assert (again.out / SCORES).read_bytes() == (whole.out / SCORES).read_bytes()

    def test_parts_change_nothing(self, world: World, taught: Path) -> None:
        whole, cut = world.work("whole", scorer=taught), world.work("cut", scorer=taught)
        assert score(whole, ScoreConfig(), Diary()) == score(cut, ScoreConfig(part=3), Diary())
        assert (whole.out / SCORES).read_bytes() == (cut.out / SCORES).read_bytes()

    def test_whoever_assists_leaves_nothing_to_do(
        self, world: World, taught: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two that do the same part at once are as good as one."""
        whole = world.work("whole", scorer=taught)
        told = score(whole, ScoreConfig(part=3), Diary())
        shared = world.work("shared", scorer=taught)
        for beside in (replace(shared, parts=lambda _: [2]), replace(shared, parts=lambda _: [0])):
            assist(beside, ScoreConfig(part=3), Diary())

        looked: list[Path] = []
        real = Scorer.score

        def watched(scorer: Scorer, path: Path, captions: list[str]) -> object:
            looked.append(path)
            return real(scorer, path, captions)

        monkeypatch.setattr(Scorer, "score", watched)
        assert score(shared, ScoreConfig(part=3), Diary()) == told
        assert len(looked) == 3
        assert (shared.out / SCORES).read_bytes() == (whole.out / SCORES).read_bytes()

    def test_what_is_done_but_lost_is_done_again(self, world: World, taught: Path) -> None:
        """By whom it was said to be done matters not: what counts is its file."""
        whole, lost = world.work("whole", scorer=taught), world.work("lost", scorer=taught)
        told = score(whole, ScoreConfig(), Diary())
        assert score(replace(lost, parts=lambda _: []), ScoreConfig(), Diary()) == told

    @pytest.mark.parametrize("option", ["batch", "part"])
    def test_refuses_what_is_empty(self, option: str) -> None:
        with pytest.raises(ValueError, match="positive"):
            ScoreConfig(**{option: 0})


class TestHistogram:
    def test_holds_both_ends_of_the_scale(self) -> None:
        counts = scoring.histogram([1.0, 1.24, 1.25, 5.0])
        assert (counts[0], counts[1], counts[-1]) == (2, 1, 1)
