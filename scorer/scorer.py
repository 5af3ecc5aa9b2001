"""The scorer that was learnt: a video and captions in, a score for each caption out."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from scorer import calibration, frames, lora, models, prompt, rubric
from scorer.backbone import Backbone, Placement, ReadoutName
from scorer.digits import DigitReadout
from scorer.levels import Score
from scorer.likelihood import LikelihoodReadout
from scorer.readout import Readout
from scorer.rubric import Dimension
from scorer.served import ServedReadout, Server

NAME: Final = "scorer.json"
FORMAT: Final = "crest.scorer/1"


class NotAScorer(Exception):
    """The directory holds no scorer that this version understands."""


class OtherModel(Exception):
    """The model of that name is not the one that the scorer was trained on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """All that is needed to score again exactly as at the end of training."""

    readout: ReadoutName
    model: str
    model_sha256: str
    frames: int
    temperatures: list[float]
    format: str = FORMAT
    rubric: int = rubric.VERSION
    prompt: int = prompt.VERSION

    @classmethod
    def read(cls, directory: Path) -> "Card":
        try:
            card = cls(**json.loads((directory / NAME).read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError, TypeError) as error:
            raise NotAScorer(f"{directory}: {error}") from error
        known = (FORMAT, rubric.VERSION, prompt.VERSION)
        if (card.format, card.rubric, card.prompt) != known:
            raise NotAScorer(f"{directory} is {card.format}, rubric {card.rubric}")
        return card

    def write(self, directory: Path) -> None:
        text = json.dumps(asdict(self), indent=2, sort_keys=True)
        (directory / NAME).write_text(text + "\n", encoding="utf-8")


class Scorer:
    """Scores every dimension of every caption of a video with one look at the video."""

    def __init__(self, readout: Readout, card: Card) -> None:
        self.readout = readout
        self.card = card

    @classmethod
    def load(
        cls, path: Path, *, models_dir: Path | None = None, placement: Placement | None = None
    ) -> "Scorer":
        """Open a finished scorer. `models_dir` is where a model's name is looked up first.

        Raises `NotAScorer`, `OtherModel`, `UnknownModel` or `UnsafeModel`.
        """
        card = Card.read(path)
        backbone = Backbone.load(card.model, models_dir, placement)
        if models.fingerprint(backbone.directory) != card.model_sha256:
            raise OtherModel(f"{backbone.directory} has changed since the scorer was trained on it")
        return cls(_opened(card, backbone, path), card)

    @classmethod
    def served(cls, path: Path, server: Server, *, models_dir: Path | None = None) -> "Scorer":
        """A finished scorer whose weights a server holds; only the words are read here.

        Raises `NotAScorer`, `UnknownModel` or `UnsafeModel`; scoring raises `ServerRefused`.
        """
        card = Card.read(path)
        if card.readout != "digits":
            raise NotAScorer(f"{path} does not read digits, which is all that a server tells")
        backbone = Backbone.without_weights(card.model, models_dir)
        return cls(ServedReadout(server, backbone, card.frames), card)

    def score(self, video_path: Path, captions: Sequence[str]) -> list[Score]:
        """Raises `Unreadable`: a video that nobody can see has no score."""
        if not captions:
            return []
        clip = frames.sample(video_path, self.card.frames)
        logits_KD6 = self.readout.logits(clip, captions)
        table = calibration.probabilities(logits_KD6, self.card.temperatures).tolist()
        return [_score(rows) for rows in table]


def _opened(card: Card, backbone: Backbone, path: Path) -> Readout:
    if card.readout == "digits":
        lora.attach(backbone, path)
        return DigitReadout.over(backbone, card.frames)
    readout = LikelihoodReadout.over(backbone, card.frames)
    readout.load_head(path)
    return readout


def _score(rows: Sequence[Sequence[float]]) -> Score:
    return Score({d: tuple(row) for d, row in zip(Dimension, rows, strict=True)})
