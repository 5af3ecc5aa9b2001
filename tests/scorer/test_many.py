"""Many videos: their order, what fails, and how far ahead anything is decoded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorer.backbone import Backbone
from scorer.digits import DigitReadout
from scorer.many import Asked
from scorer.scorer import Card, Scorer
from tests.scorer.fixtures import MakeClip, TinyModel

FRAMES = 2


@pytest.fixture
def scorer(tiny_model: TinyModel) -> Scorer:
    backbone = Backbone.load(str(tiny_model("llava_onevision")), None)
    card = Card(
        readout="digits", model="tiny", model_sha256="", frames=FRAMES, temperatures=[1.0] * 5
    )
    return Scorer(DigitReadout.over(backbone, FRAMES), card)


@pytest.fixture
def videos(tmp_path: Path, make_clip: MakeClip) -> list[Path]:
    clips = [
        make_clip(tmp_path / f"{n}.mp4", f"testsrc2=size=64x48:rate=8:duration={n + 1}")
        for n in range(3)
    ]
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video")
    return [*clips[:2], broken, clips[2]]


def test_each_is_scored_as_if_alone_and_a_broken_one_is_told(
    scorer: Scorer, videos: list[Path]
) -> None:
    found = list(scorer.score_many((video, ["a red kite", "dogs"]) for video in videos))
    assert [one.video for one in found] == videos
    assert [bool(one.failure) for one in found] == [False, False, True, False]
    assert "broken.mp4" in found[2].failure
    for one in found:
        if not one.failure:
            alone = scorer.score(one.video, one.captions)
            assert [s.probabilities for s in one.scores] == [s.probabilities for s in alone]


def test_no_more_is_asked_for_than_is_decoded_ahead(scorer: Scorer, videos: list[Path]) -> None:
    asked = 0

    def endless() -> Iterator[Asked]:
        nonlocal asked
        while True:
            asked += 1
            yield videos[0], ["a red kite"]

    found = scorer.score_many(endless(), ahead=3)
    for number in range(1, 6):
        next(found)
        assert asked == 3 + number - 1
    found.close()


def test_of_nothing_there_is_nothing(scorer: Scorer, videos: list[Path]) -> None:
    assert list(scorer.score_many([])) == []
    assert [one.scores for one in scorer.score_many([(videos[0], [])])] == [[]]
    with pytest.raises(ValueError, match="ahead"):
        next(scorer.score_many([], ahead=0))
