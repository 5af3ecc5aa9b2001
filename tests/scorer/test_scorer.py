"""A scorer's directory is opened as it was left, or refused by name."""

import json
from pathlib import Path

import pytest

from scorer.rubric import Dimension
from scorer.scorer import Card, NotAScorer, Scorer

CARD = Card(
    readout="likelihood",
    model="miniature",
    model_sha256="0" * 64,
    frames=4,
    temperatures=[1.0] * len(Dimension),
)


class TestCard:
    def test_comes_back_as_it_was_written(self, tmp_path: Path) -> None:
        CARD.write(tmp_path)
        assert Card.read(tmp_path) == CARD

    @pytest.mark.parametrize(
        "change",
        [{"format": "crest.scorer/9"}, {"rubric": 9}, {"prompt": 9}, {"surprise": 1}],
    )
    def test_refuses_what_it_does_not_know(self, tmp_path: Path, change: dict[str, object]) -> None:
        CARD.write(tmp_path)
        path = tmp_path / "scorer.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
        with pytest.raises(NotAScorer):
            Card.read(tmp_path)

    @pytest.mark.parametrize("content", [None, "", "[]", "{}"])
    def test_refuses_a_directory_without_one(self, tmp_path: Path, content: str | None) -> None:
        if content is not None:
            (tmp_path / "scorer.json").write_text(content)
        with pytest.raises(NotAScorer):
            Scorer.load(tmp_path)
