"""The captioner learns the selected captions, nothing else, and the same however often killed."""

from pathlib import Path
from typing import Any

import pytest
import torch

from scorer.backbone import Backbone
from scorer.batching import Row, collate
from scorer.manifest import file_digest
from tests.training import world as walls
from tests.training.world import Diary, World
from training import captioner, captioning, finetuning, jsonl
from training.finetuning import FinetuneConfig, NothingSelected, finetune

CONFIG = FinetuneConfig(model="smolvlm", lora_rank=4, steps=30, batch=4, learning_rate=5e-3)


def selection(directory: Path, videos: range, text: str | None = None) -> Path:
    """The careful caption of each video, or the same text for all."""
    directory.mkdir()
    lines = (
        {
            "video": walls.sha(number),
            "caption": 10 * number,
            "captioner": "careful",
            "text": text or walls.captions(walls.COLOURS[number], "")[0],
            "score": 5.0,
            "mean_paper": 4.0,
            "levels": {},
        }
        for number in videos
    )
    jsonl.write(directory / "selection.jsonl", lines)
    return directory


@pytest.fixture
def selected(tmp_path: Path) -> Path:
    return selection(tmp_path / "selected", range(6))


class TestFinetune:
    def test_learns_to_say_what_was_selected(self, world: World, selected: Path) -> None:
        work, diary = world.work("finetune", select=selected), Diary()
        result = finetune(work, CONFIG, diary)
        losses = diary.figures["loss"]
        assert set(losses) == set(range(1, 31))
        assert result["loss_first"] == losses[1]
        assert result["loss_last"] == losses[30] < 0.6 * losses[1]
        assert result["captions"] == 6
        assert 0 < result["trainable_parameters"] < 50_000

    def test_leaves_an_adapter_and_what_it_says(self, world: World, selected: Path) -> None:
        work = world.work("finetune", select=selected)
        result = finetune(work, CONFIG, Diary())
        assert {path.name for path in work.out.iterdir()} == {
            "adapter_model.safetensors",
            "adapter_config.json",
            "captioner.json",
            "README.md",
            "samples.jsonl",
        }
        samples = list(jsonl.read(work.out / "samples.jsonl"))
        assert result["samples"] == samples
        assert "that a scorer chose" in (work.out / "README.md").read_text()
        assert [line["video"] for line in samples] == [walls.sha(6), walls.sha(7)]
        assert all(line["before"] != line["after"] for line in samples)
        written = (work.out / "adapter_config.json").read_text() + (
            work.out / "captioner.json"
        ).read_text()
        assert str(world.models) not in written  # no machine's paths

    @pytest.mark.parametrize("at", [10, 28])
    def test_a_killed_run_ends_with_the_same_bytes(
        self, world: World, selected: Path, at: int
    ) -> None:
        told = finetune(world.work("whole", select=selected), CONFIG, Diary())
        with pytest.raises(KeyboardInterrupt):
            finetune(world.work("cut", select=selected), CONFIG, Diary(stop_at=at))
        again, diary = world.work("cut", attempt=2, select=selected), Diary()
        assert finetune(again, CONFIG, diary) == told
        assert (min(diary.figures["loss"]) > 1) == (at >= 25)
        assert file_digest(again.out / "adapter_model.safetensors") == told["weights_sha256"]

    @pytest.mark.parametrize(
        "how",
        [
            {"adapt": "full", "learning_rate": 1e-3},
            {"layers": "attention"},
            {"vision": "trained", "projector": "trained"},
            {"adapt": "full", "vision": "trained", "projector": "trained"},
            {"memory": "recompute", "parts": 2},
        ],
    )
    def test_every_way_of_learning_survives_a_kill_and_is_loaded_again(
        self, world: World, selected: Path, how: dict[str, Any]
    ) -> None:
        config = FinetuneConfig(
            **{"model": "smolvlm", "lora_rank": 4, "batch": 4, "steps": 27, **how}
        )
        whole = world.work("whole", select=selected)
        told = finetune(whole, config, Diary())
        assert told["loss_last"] < told["loss_first"]
        with pytest.raises(KeyboardInterrupt):
            finetune(world.work("cut", select=selected), config, Diary(stop_at=26))
        again = world.work("cut", attempt=2, select=selected)
        assert finetune(again, config, Diary()) == told

        base = Backbone.load("smolvlm", world.models)
        taught = captioner.teach(base, again.out)
        for line in jsonl.read(again.out / "samples.jsonl"):
            said = captioning.caption(taught, [line["video"]], path_of=again.video, frame_count=4)
            assert said.captions[line["video"]] == line["after"]
        assert not any(str(world.models) in path.read_text() for path in again.out.glob("*.json"))

    def test_frozen_parts_stay_as_they_were(self, world: World, selected: Path) -> None:
        work = world.work("finetune", select=selected)
        finetune(work, FinetuneConfig(model="smolvlm", adapt="full", steps=3), Diary())
        before = Backbone.load("smolvlm", world.models).model.state_dict()
        after = Backbone.load(str(work.out), None).model.state_dict()
        changed = {name for name in before if not torch.equal(before[name], after[name])}
        assert changed
        assert not {name for name in changed if "vision" in name or "connector" in name}

    def test_parts_change_nothing(self, world: World, selected: Path) -> None:
        few = {"model": "smolvlm", "lora_rank": 4, "steps": 2, "batch": 4}
        one, three = (
            finetune(
                world.work(f"parts-{parts}", select=selected),
                FinetuneConfig(parts=parts, **few),  # type: ignore[arg-type]
                Diary(),
            )
            for parts in (1, 3)
        )
        assert three["loss_last"] == pytest.approx(one["loss_last"], abs=1e-5)

    def test_weights_in_few_bits_are_not_trained_themselves(self) -> None:
        with pytest.raises(ValueError, match="choose lora"):
            FinetuneConfig(adapt="full", base="4-bit")

    def test_another_seed_is_another_captioner(self, world: World, selected: Path) -> None:
        few = {"model": "smolvlm", "lora_rank": 4, "steps": 2}
        one, other = (
            finetune(
                world.work(f"seed-{seed}", select=selected),
                FinetuneConfig(seed=seed, **few),  # type: ignore[arg-type]
                Diary(),
            )
            for seed in (0, 1)
        )
        assert one["weights_sha256"] != other["weights_sha256"]

    def test_an_unreadable_video_is_left_out(self, broken: World, selected: Path) -> None:
        config = FinetuneConfig(model="smolvlm", lora_rank=4, steps=1)
        result = finetune(broken.work("finetune", select=selected), config, Diary())
        assert result["captions"] == 5
        assert [failure["video"] for failure in result["failed"]] == [walls.sha(1)]

    def test_refuses_an_empty_selection(self, world: World, tmp_path: Path) -> None:
        nothing = selection(tmp_path / "nothing", range(0))
        with pytest.raises(NothingSelected):
            finetune(world.work("finetune", select=nothing), CONFIG, Diary())

    @pytest.mark.parametrize(
        "nonsense",
        [{"lora_rank": 0}, {"steps": 0}, {"batch": 0}, {"learning_rate": 0.0}, {"frames": 0}],
    )
    def test_refuses_nonsense(self, nonsense: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="positive"):
            FinetuneConfig(**nonsense)


class TestLoss:
    @pytest.fixture
    def backbone(self, world: World) -> Backbone:
        return Backbone.load("smolvlm", world.models)

    def rows(self, backbone: Backbone, world: World) -> list[Row]:
        from scorer import frames  # noqa: PLC0415 - only here

        turn = backbone.turn(4)
        asked = backbone.tokens("Describe." + turn.closing)
        end = backbone.end_tokens(turn)
        rows = []
        for number, text in enumerate(("A wall.", "A much longer wall, in red.")):
            path = world.media / walls.sha(number)[:2] / walls.sha(number) / "web.mp4"
            said = backbone.tokens(text) + end
            prefix = backbone.see(frames.sample(path, 4), turn)
            rows.append(Row(prefix, [*asked, *said], len(said)))
        return rows

    def test_is_on_the_caption_and_its_end_only(self, backbone: Backbone, world: World) -> None:
        rows = self.rows(backbone, world)
        (batch,) = collate(rows, pad=backbone.pad, left=False)
        for row, labels in zip(rows, batch.labels_BT, strict=True):
            learnt = labels[labels != -100].tolist()
            assert learnt == list(row.tail[-row.learnt :])
            assert backbone.tokenizer.decode(learnt).endswith(".<|im_end|>")

    @pytest.mark.parametrize("left", [True, False])
    def test_padding_costs_nothing(
        self,
        backbone: Backbone,
        world: World,
        left: bool,  # noqa: FBT001 - a parameter
    ) -> None:
        rows = self.rows(backbone, world)
        with torch.no_grad():
            (together,) = collate(rows, pad=backbone.pad, left=left)
            whole = finetuning._token_losses(backbone, together).sum()  # noqa: SLF001
            parts = [
                finetuning._token_losses(backbone, alone).sum()  # noqa: SLF001
                for row in rows
                for alone in collate([row], pad=backbone.pad, left=left)
            ]
        assert float(whole) == pytest.approx(float(sum(parts)), abs=1e-3)
