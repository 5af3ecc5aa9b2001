"""Every video is described or named with the reason; a killed attempt keeps what it has done."""

from pathlib import Path
from typing import Any

import pytest

from scorer import manifest
from scorer.backbone import Backbone, Preferences
from scorer.chat import ServerRefused
from tests.common.servers import say, serving
from tests.training import world as walls
from tests.training.test_finetuning import selection
from tests.training.world import Diary, World
from training import asking, captioning, jsonl
from training.captions import (
    CAPTIONS,
    CaptionConfig,
    NameTooLong,
    NothingToDescribe,
    NothingWasSaid,
    TwoCaptioners,
    UnknownServer,
    caption,
)
from training.finetuning import FinetuneConfig, finetune
from training.journal import Endpoint, Workspace
from training.speakers import OnePromptOnly

ALL = [walls.sha(number) for number in range(8)]


def config(**given: Any) -> CaptionConfig:
    return CaptionConfig(**{"model": "smolvlm", "frames": 4, "tokens": 8, **given})


def lines(work: Workspace) -> list[dict[str, Any]]:
    return list(jsonl.read(work.out / CAPTIONS))


class TestCaption:
    def test_describes_every_video_once(self, world: World) -> None:
        work = world.work("caption")
        result = caption(work, config(), Diary())
        found = lines(work)
        assert [line["video"] for line in found] == ALL
        assert {line["captioner"] for line in found} == {"smolvlm"}
        assert (result["videos"], result["captions"], result["failed"]) == (8, 8, [])
        for line in found:
            asked = asking.draw("detailed", line["video"])
            assert (line["prompt"], line["prompt_text"]) == (asked.name, asked.text)
            assert line["frames"] == 4
            assert len(line["model_sha256"]) == 64

    def test_says_what_the_model_says_of_a_video_alone(self, world: World) -> None:
        work = world.work("caption")
        caption(work, config(batch=3), Diary())
        backbone = Backbone.load("smolvlm", world.models)
        for line in lines(work)[::3]:
            clips, _ = captioning.clips([line["video"]], work.video, 4)
            (alone,) = captioning.describe(
                backbone,
                list(clips.values()),
                [line["prompt_text"]],
                frame_count=4,
                manner=captioning.Manner(tokens=8),
            )
            assert line["text"] == alone

    def test_writes_captions_of_every_kind_from_one_look(self, world: World) -> None:
        work = world.work("caption")
        result = caption(work, config(kind="every", limit=2), Diary())
        assert [(line["video"], line["kind"]) for line in lines(work)] == [
            (video, kind) for video in ALL[:2] for kind in asking.KINDS
        ]
        assert (result["videos"], result["captions"]) == (2, 10)

    @pytest.mark.parametrize(
        ("pool", "captioner", "expected"),
        [
            ("train", "", ALL[:6]),
            ("test", "", ALL[6:]),
            ("missing", "new", ALL),
            ("all", "terse", ALL),
        ],
    )
    def test_describes_the_pool(
        self, world: World, pool: Any, captioner: str, expected: list[str]
    ) -> None:
        work = world.work("caption")
        caption(work, config(pool=pool, captioner=captioner), Diary())
        assert [line["video"] for line in lines(work)] == expected

    def test_a_name_that_no_project_can_keep_is_refused_at_once(self, world: World) -> None:
        with pytest.raises(NameTooLong, match="100 characters"):
            caption(world.work("caption"), config(captioner="x" * 101), Diary())

    def test_describes_nothing_twice(self, world: World) -> None:
        with pytest.raises(NothingToDescribe):
            caption(world.work("caption"), config(captioner="terse"), Diary())

    def test_a_captioner_that_knows_a_kind_can_learn_another(self, world: World) -> None:
        work = world.work("caption")
        caption(work, config(captioner="terse", kind="short", limit=1), Diary())
        assert [line["kind"] for line in lines(work)] == ["short"]

    def test_an_unreadable_video_is_a_failed_item(self, broken: World) -> None:
        work = broken.work("caption")
        result = caption(work, config(), Diary())
        assert [failure["video"] for failure in result["failed"]] == [walls.sha(1)]
        assert [line["video"] for line in lines(work)] == [v for v in ALL if v != walls.sha(1)]

    def test_draws_words_the_same_way_again(self, world: World) -> None:
        one, again, other = (world.work(name) for name in ("one", "again", "other"))
        caption(one, config(temperature=2.0, limit=3), Diary())
        caption(again, config(temperature=2.0, limit=3), Diary())
        caption(other, config(temperature=2.0, limit=3, seed=1), Diary())
        assert lines(one) == lines(again)
        assert [line["text"] for line in lines(one)] != [line["text"] for line in lines(other)]

    @pytest.mark.parametrize("killed_at", [2, 4, 6])
    def test_a_killed_attempt_keeps_its_batches(
        self, world: World, killed_at: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        how = config(batch=2, temperature=1.0)
        whole = world.work("whole")
        told = caption(whole, how, Diary())
        with pytest.raises(KeyboardInterrupt):
            caption(world.work("cut"), how, Diary(stop_at=killed_at))

        looked: list[str] = []
        real = captioning.frames.sample

        def watched(path: Path, count: int) -> object:
            looked.append(path.parent.name)
            return real(path, count)

        monkeypatch.setattr(captioning.frames, "sample", watched)
        again = world.work("cut", attempt=2)
        assert caption(again, how, Diary()) == told
        assert looked == ALL[killed_at:]
        assert (again.out / CAPTIONS).read_bytes() == (whole.out / CAPTIONS).read_bytes()

    def test_a_model_that_was_taught_one_prompt_is_asked_that(
        self, world: World, tmp_path: Path
    ) -> None:
        own = tmp_path / "own"
        own.mkdir()
        for path in (world.models / "smolvlm").iterdir():
            (own / path.name).symlink_to(path)
        (own / "crest.json").unlink(missing_ok=True)
        Preferences(caption_prompt="say").write(own)
        work = world.work("caption")
        caption(work, config(model=str(own), limit=1), Diary())
        assert [line["prompt_text"] for line in lines(work)] == ["say"]
        with pytest.raises(OnePromptOnly, match="detailed"):
            caption(world.work("camera"), config(model=str(own), kind="camera"), Diary())


class TestFineTuned:
    @pytest.fixture
    def tuned(self, world: World, tmp_path: Path) -> Path:
        work = world.work("finetune", select=selection(tmp_path / "one", range(1), "A red wall."))
        finetune(work, FinetuneConfig(model="smolvlm", steps=60, learning_rate=1e-2), Diary())
        manifest.seal(work.out, {"kind": "finetune"})
        return work.out

    def test_says_what_it_was_taught_under_a_name_of_its_own(
        self, world: World, tuned: Path
    ) -> None:
        work = world.work("caption", finetune=tuned)
        result = caption(work, CaptionConfig(), Diary())
        digest = manifest.digest(tuned)
        assert {line["text"] for line in lines(work)} == {"A red wall."}
        assert result["captioner"] == f"smolvlm fine-tuned {digest[:7]}"
        assert (result["model_sha256"], result["frames"]) == (digest, 4)

    def test_is_not_served(self, world: World, tuned: Path) -> None:
        with pytest.raises(TwoCaptioners):
            caption(world.work("caption", finetune=tuned), config(server="lab"), Diary())

    def test_writes_nothing_that_it_was_not_taught(self, world: World, tuned: Path) -> None:
        with pytest.raises(OnePromptOnly, match="detailed"):
            caption(world.work("caption", finetune=tuned), config(kind="camera"), Diary())


class TestServer:
    def test_its_refusal_can_be_kept_whatever_it_says(self, world: World) -> None:
        with serving(say(b"no\0thing", status=400)) as server:
            named = f"http://127.0.0.1:{server.port}/v1"
            with pytest.raises(NothingWasSaid, match="400 nothing"):
                caption(world.work("caption"), config(server=named, limit=1), Diary())

    def test_an_unknown_server_is_named(self, world: World) -> None:
        with pytest.raises(UnknownServer, match="'nobody'"):
            caption(world.work("caption"), config(server="nobody"), Diary())

    def test_one_that_takes_no_request_leaves_nothing(self, world: World) -> None:
        with serving(say(b'{"error": "too long"}', status=400)) as server:
            named = f"http://127.0.0.1:{server.port}/v1"
            with pytest.raises(NothingWasSaid, match="too long"):
                caption(world.work("caption"), config(server=named, limit=2), Diary())

    def test_one_that_is_down_fails_the_run_to_be_taken_up_again(self, world: World) -> None:
        with serving(say(status=401)) as server:
            known = {"lab": Endpoint(f"http://127.0.0.1:{server.port}/v1", "secret")}
            work = world.work("caption", servers=known)
            with pytest.raises(ServerRefused, match="401"):
                caption(work, config(server="lab", limit=1), Diary())
            (sent, _), *_ = server.received
        assert sent["Authorization"] == "Bearer secret"

    @pytest.mark.parametrize(
        "answer",
        [
            b"{}",
            b'{"choices": [{"message": {"content": null}}]}',
            b'{"choices": [{"message": {"content": "  "}}]}',
            b'{"choices": [{"message": {"content": "a\\u0000b"}}]}',
            b'{"choices": [{"message": {"content": "a\\ud800b"}}]}',
        ],
    )
    def test_an_answer_without_words_is_a_failed_item(self, world: World, answer: bytes) -> None:
        with serving(say(answer)) as server:
            named = f"http://127.0.0.1:{server.port}/v1"
            with pytest.raises(NothingWasSaid):
                caption(world.work("caption"), config(server=named, limit=1), Diary())


@pytest.mark.parametrize(
    "given",
    [{"batch": 0}, {"kind": "poem"}, {"pool": "mine"}, {"media": "words"}, {"temperature": -1}],
)
def test_refuses_what_makes_no_sense(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(given))):
        CaptionConfig(**given)
