import fcntl
from collections.abc import Mapping

import pytest
import torch

from scorer import manifest, models
from scorer.backbone import Backbone
from scorer.frames import Clip
from training.journal import Cancelled
from training.miniature import architecture, pretrained, scenes
from training.miniature.world import SECONDS, sample


class Notes:
    """A journal that keeps what it was told, and may ask for an end."""

    def __init__(self, *, stop_at: str = "never") -> None:
        self.messages: list[str] = []
        self.stop_at = stop_at

    def progress(self, done: int, total: int, message: str = "") -> None:
        assert 0 <= done <= total
        self.messages.append(message)
        if self.stop_at in message:
            raise Cancelled

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        raise AssertionError(f"a base model is no run of its own: {step} {values}")


@pytest.fixture(scope="module")
def built(tmp_path_factory, small, brief):
    root = tmp_path_factory.mktemp("models")
    return pretrained.ensure(root, Notes(), shape=small, lessons=brief)


def test_is_a_sealed_model_that_the_scorer_opens(built, small):
    opened = Backbone.load("miniature", built.parent)
    clip = Clip(
        scenes.render(sample(1), width=64, height=36, at=scenes.moments(4)),
        (0.0, 1.0, 2.0, 3.0),
        SECONDS,
    )

    assert built == models.resolve("miniature", built.parent)
    assert manifest.verify(built)["format"] == "crest.miniature/1"
    assert opened.preferences == architecture.PREFERENCES
    assert opened.see(clip, opened.turn(4)).length > 4 * small.frame_tokens


def test_loads_exactly_as_it_was_saved(built, small, brief, tmp_path):
    again = pretrained.ensure(tmp_path, shape=small, lessons=brief)
    one, two = (Backbone.load(str(where), None).network.state_dict() for where in (built, again))

    assert all(torch.equal(one[name], two[name]) for name in one)


def test_is_built_once(built, small, brief):
    notes = Notes()
    before = {path: path.stat().st_mtime_ns for path in built.iterdir()}

    assert pretrained.ensure(built.parent, notes, shape=small, lessons=brief) == built
    assert notes.messages == []
    assert before == {path: path.stat().st_mtime_ns for path in built.iterdir()}


def test_a_damaged_one_and_what_a_killed_builder_left_are_made_good(tmp_path, small, brief):
    directory = pretrained.ensure(tmp_path, shape=small, lessons=brief)
    digest = manifest.digest(directory)
    (directory / "config.json").write_text("{}")
    left = tmp_path / ".miniature-killed"
    left.mkdir()

    pretrained.ensure(tmp_path, shape=small, lessons=brief)

    assert manifest.digest(directory) == digest
    assert not left.exists()
    manifest.verify(directory)


@pytest.mark.parametrize("moment", ["drawing", "learning"])
def test_a_cancelled_build_leaves_nothing_behind(tmp_path, small, brief, moment):
    with pytest.raises(Cancelled):
        pretrained.ensure(tmp_path, Notes(stop_at=moment), shape=small, lessons=brief)

    assert [path.name for path in tmp_path.iterdir()] == [".miniature.lock"]


def test_a_second_builder_waits_for_the_first_and_can_be_cancelled_meanwhile(
    tmp_path, small, brief
):
    with (tmp_path / ".miniature.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)  # its own opening of the file, as in another process
        with pytest.raises(Cancelled):
            pretrained.ensure(tmp_path, Notes(stop_at="another"), shape=small, lessons=brief)

    assert pretrained.ensure(tmp_path, shape=small, lessons=brief).is_dir()
