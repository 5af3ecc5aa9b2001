"""Captions in the order asked for, alone or in a batch the same, and no picture no caption."""

from pathlib import Path

import pytest

from scorer import lora
from scorer.backbone import Backbone
from tests.training import world as walls
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training import captioning
from training.finetuning import FinetuneConfig, finetune

VIDEOS = [walls.sha(number) for number in (3, 0, 5)]


@pytest.fixture
def backbone(world: World) -> Backbone:
    return Backbone.load("smolvlm", world.models)


def captions(backbone: Backbone, world: World, videos: list[str]) -> dict[str, str]:
    path_of = world.work(f"caption-{len(videos)}-{videos[0][-1]}").video
    return captioning.caption(backbone, videos, path_of=path_of, frame_count=4).captions


class TestCaption:
    def test_a_batch_changes_nothing(self, backbone: Backbone, world: World) -> None:
        together = captions(backbone, world, VIDEOS)
        assert list(together) == VIDEOS
        for video in VIDEOS:
            assert captions(backbone, world, [video]) == {video: together[video]}

    def test_an_unreadable_video_has_no_caption(self, backbone: Backbone, broken: World) -> None:
        path_of = broken.work("caption").video
        videos = [walls.sha(1), walls.sha(2)]
        found = captioning.caption(backbone, videos, path_of=path_of, frame_count=4)
        assert list(found.captions) == [walls.sha(2)]
        assert [failure.video for failure in found.failed] == [walls.sha(1)]

    def test_a_fine_tuned_model_says_what_it_was_taught(
        self, backbone: Backbone, world: World, tmp_path: Path
    ) -> None:
        """One sentence, learnt by heart: it begins and ends where it should."""
        chosen = selection(tmp_path / "one", range(1), "A red wall.")
        work = world.work("finetune", select=chosen)
        config = FinetuneConfig(model="smolvlm", steps=60, learning_rate=1e-2)
        finetune(work, config, Diary())
        before = captions(backbone, world, [walls.sha(0)])
        lora.attach(backbone, work.out)
        after = captions(backbone, world, [walls.sha(3)])
        assert after[walls.sha(3)] == "A red wall."
        assert before[walls.sha(0)] != after[walls.sha(3)]

    def test_can_be_stopped_between_batches(
        self, backbone: Backbone, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(captioning, "TOGETHER", 1)
        done: list[int] = []

        def stop(behind: int) -> None:
            done.append(behind)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            captioning.caption(
                backbone, VIDEOS, path_of=world.work("c").video, frame_count=4, on_done=stop
            )
        assert done == [1]
