"""A snapshot is read as it was sealed, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorer import manifest, snapshot
from scorer.rubric import Dimension
from scorer.snapshot import UnknownFormat
from tests.training import world


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return world.write_snapshot(tmp_path / "snapshot")


class TestRead:
    def test_groups_captions_and_votes_by_video(self, directory: Path) -> None:
        found = snapshot.read(directory)
        examples = found.examples("train")
        assert list(examples) == [world.sha(number) for number in range(6)]
        first, second, third = examples[world.sha(0)]
        assert (first.caption.captioner, first.caption.id) == ("careful", 0)
        assert first.votes[Dimension.OBJECT] == (0, 0, 0, 0, 0, 2)
        assert second.votes[Dimension.BACKGROUND] == (0, 1, 1, 0, 0, 0)
        assert third.votes[Dimension.ACTION] == (2, 0, 0, 0, 0, 0)

    def test_unrated_captions_are_captions_but_no_examples(self, tmp_path: Path) -> None:
        found = snapshot.read(world.write_snapshot(tmp_path / "unrated", rated=False))
        assert len(found.captions) == 24
        assert found.examples("train") == {}

    def test_refuses_a_changed_file(self, directory: Path) -> None:
        path = directory / "judgments.jsonl"
        path.write_text(path.read_text().replace('"level": 5', '"level": 1', 1))
        with pytest.raises(manifest.Tampered):
            snapshot.read(directory)

    def test_refuses_an_unsealed_directory(self, directory: Path) -> None:
        (directory / manifest.NAME).unlink()
        with pytest.raises(manifest.Unsealed):
            snapshot.read(directory)

    @pytest.mark.parametrize("change", [{"format": "crest.snapshot/2"}, {"rubric": 2}])
    def test_refuses_what_it_does_not_know(self, directory: Path, change: dict[str, Any]) -> None:
        path = directory / manifest.NAME
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
        with pytest.raises(UnknownFormat):
            snapshot.read(directory)


def judgment(annotator: str, level: int, revision: int = 1) -> dict[str, Any]:
    return {
        "caption": 1,
        "annotator": annotator,
        "dimension": "camera",
        "level": level,
        "revision": revision,
    }


class TestCountVotes:
    def test_counts_what_each_person_said_last(self) -> None:
        lines = [judgment("a1", 5, 2), judgment("a1", 1, 1), judgment("a2", 4)]
        assert snapshot.count_votes(lines) == {1: {Dimension.CAMERA: (0, 0, 0, 0, 1, 1)}}


class TestHoldOut:
    @given(st.sets(st.text("0123456789abcdef", min_size=4, max_size=8)), st.text("abc"))
    def test_a_video_never_changes_sides_when_others_come(
        self, videos: set[str], newcomer: str
    ) -> None:
        before = snapshot.hold_out(videos, 0.3)
        assert snapshot.hold_out(videos | {newcomer}, 0.3) & videos == before

    def test_holds_out_about_the_share(self) -> None:
        videos = [world.sha(number) for number in range(2000)]
        assert len(snapshot.hold_out(videos, 0.1)) == pytest.approx(200, abs=60)
