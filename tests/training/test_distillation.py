"""A student learns what its teacher says of videos that nobody rated, however often killed."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from scorer import manifest
from tests.training import world as walls
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training import jsonl
from training.distillation import TAUGHT, DistillConfig, NothingUnlabelled, distill
from training.finetuning import FinetuneConfig, finetune

FEW = {"model": "smolvlm", "lora_rank": 4, "steps": 27, "batch": 4}


def config(**given: Any) -> DistillConfig:
    return DistillConfig(**{**FEW, **given})


@pytest.fixture
def unrated(world: World, tmp_path: Path) -> World:
    """The walls, of which nobody has rated anything."""
    bare = walls.write_snapshot(tmp_path / "bare", rated=False)
    return World(world.root, bare, world.media, world.models)


@pytest.fixture
def teacher(unrated: World, tmp_path: Path) -> Path:
    """It has learnt one sentence by heart."""
    work = unrated.work("finetune", select=selection(tmp_path / "one", range(1), "A red wall."))
    finetune(work, FinetuneConfig(model="smolvlm", steps=60, learning_rate=1e-2), Diary())
    return work.out


def taught(work: Any) -> list[dict[str, Any]]:
    return list(jsonl.read(work.out / TAUGHT))


def test_the_student_learns_what_the_teacher_says(unrated: World, teacher: Path) -> None:
    work = unrated.work("distill", finetune=teacher)
    result = distill(work, config(), Diary())
    assert [line["video"] for line in taught(work)] == [walls.sha(number) for number in range(6)]
    assert {line["text"] for line in taught(work)} == {"A red wall."}
    assert (result["captions"], result["teacher"], result["failed"]) == (6, "ours", [])
    assert result["loss_last"] < result["loss_first"]
    assert "another captioner" in (work.out / "README.md").read_text()


def test_the_base_teaches_other_words(unrated: World, teacher: Path) -> None:
    work = unrated.work("distill", finetune=teacher)
    distill(work, config(teacher="base", steps=1), Diary())
    assert "A red wall." not in {line["text"] for line in taught(work)}
    assert {line["captioner"] for line in taught(work)} == {"base"}


def test_both_teach_a_part_of_the_videos_each(unrated: World, teacher: Path) -> None:
    work = unrated.work("distill", finetune=teacher)
    distill(work, config(teacher="ours+base", steps=1), Diary())
    assert {line["captioner"] for line in taught(work)} == {"ours", "base"}
    for line in taught(work):
        assert (line["text"] == "A red wall.") == (line["captioner"] == "ours")


@pytest.mark.parametrize("at", [1, 10, 26])
def test_a_killed_run_ends_with_the_same_bytes(unrated: World, teacher: Path, at: int) -> None:
    """At 1 it is still describing; at 26 it has a checkpoint."""
    whole = unrated.work("whole", finetune=teacher)
    told = distill(whole, config(), Diary())
    with pytest.raises(KeyboardInterrupt):
        distill(unrated.work("cut", finetune=teacher), config(), Diary(stop_at=at))
    again = unrated.work("cut", attempt=2, finetune=teacher)
    assert distill(again, config(), Diary()) == told
    for name in (TAUGHT, "adapter_model.safetensors", "README.md"):
        assert manifest.file_digest(again.out / name) == manifest.file_digest(whole.out / name)


def test_a_video_that_cannot_be_seen_teaches_nothing(
    unrated: World, teacher: Path, tmp_path: Path
) -> None:
    media = Path(shutil.copytree(unrated.media, tmp_path / "broken"))
    (media / walls.sha(2)[:2] / walls.sha(2) / "web.mp4").write_bytes(b"not a video")
    broken = World(unrated.root, unrated.snapshot, media, unrated.models)
    result = distill(broken.work("distill", finetune=teacher), config(steps=1), Diary())
    assert result["captions"] == 5
    assert [failure["video"] for failure in result["failed"]] == [walls.sha(2)]


def test_rated_videos_are_left_to_people(world: World, teacher: Path) -> None:
    work = world.work("rated", finetune=teacher)
    with pytest.raises(NothingUnlabelled):
        distill(work, config(), Diary())
    distill(work, config(pool="train", limit=2, steps=1), Diary())
    assert [line["video"] for line in taught(work)] == [walls.sha(0), walls.sha(1)]


@pytest.mark.parametrize(
    "nonsense", [{"teacher": "nobody"}, {"pool": "mine"}, {"limit": 0}, {"lora_rank": 0}]
)
def test_refuses_nonsense(nonsense: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(nonsense))):
        DistillConfig(**nonsense)
