"""The scorer that was learnt: a video and captions in, a score for each caption out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from scorer import calibration, lora, many, models, prompt, rubric
from scorer.backbone import Backbone, Placement, ReadoutName
from scorer.chat import Server
from scorer.digits import DigitReadout
from scorer.frames import Clip, sample
from scorer.levels import Score
from scorer.likelihood import LikelihoodReadout
from scorer.many import Scored
from scorer.quantized import BaseName
from scorer.readout import Readout
from scorer.rubric import Dimension
from scorer.served import ServedReadout

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
    half_widths: dict[str, float] = field(default_factory=dict)
    """Of the intervals of levels, by dimension: see `conformal`."""

    base: BaseName = "full"
    """The precision of the language model's weights when it learnt."""

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
        cls,
        path_or_name: Path | str,
        *,
        models_dir: Path | None = None,
        placement: Placement | None = None,
    ) -> "Scorer":
        """Open a finished scorer: a directory, a name below `models_dir`, or an id on the hub.

        The name of the model that it adapts is looked up in the same way. Raises `NotAScorer`,
        `OtherModel`, `UnknownModel` or `UnsafeModel`.
        """
        path = _place(path_or_name, models_dir)
        card = Card.read(path)
        backbone = Backbone.load(card.model, models_dir, placement or Placement.best(card.base))
        if models.fingerprint(backbone.directory) != card.model_sha256:
            raise OtherModel(f"{backbone.directory} has changed since the scorer was trained on it")
        return cls(_opened(card, backbone, path), card)

    @classmethod
    def served(
        cls, path_or_name: Path | str, server: Server, *, models_dir: Path | None = None
    ) -> "Scorer":
        """A finished scorer whose weights a server holds; only the words are read here.

        Raises `NotAScorer`, `UnknownModel` or `UnsafeModel`; scoring raises `ServerRefused`.
        """
        path = _place(path_or_name, models_dir)
        card = Card.read(path)
        if card.readout != "digits":
            raise NotAScorer(f"{path} does not read digits, which is all that a server tells")
        backbone = Backbone.without_weights(card.model, models_dir)
        return cls(ServedReadout(server, backbone, card.frames), card)

    @property
    def frames(self) -> int:
        """That it looks at of each video."""
        return self.card.frames

    def score(self, video_path: Path, captions: Sequence[str]) -> list[Score]:
        """Raises `Unreadable`: a video that nobody can see has no score."""
        return self.score_clip(sample(video_path, self.frames), captions)

    def score_clip(self, clip: Clip, captions: Sequence[str]) -> list[Score]:
        """Of frames that are there already: as many as the card says."""
        if not captions:
            return []
        logits_KD6 = self.readout.logits(clip, captions)
        table = calibration.probabilities(logits_KD6, self.card.temperatures).tolist()
        return [self._score(rows) for rows in table]

    def score_many(
        self, videos: Iterable[many.Asked], *, ahead: int = many.AHEAD
    ) -> Iterator[Scored]:
        """Of any number of videos, in their order, while the next `ahead` are being decoded.

        A video that cannot be read is an item with a `failure`, not the end.
        """
        return many.score_many(self, videos, ahead=ahead)

    def _score(self, rows: Sequence[Sequence[float]]) -> Score:
        half_widths = {Dimension(d): width for d, width in self.card.half_widths.items()}
        return Score({d: tuple(p) for d, p in zip(Dimension, rows, strict=True)}, half_widths)


def _place(path_or_name: Path | str, models_dir: Path | None) -> Path:
    """A scorer's directory that is there is meant before a name is."""
    path = Path(path_or_name)
    if isinstance(path_or_name, Path) or (path / NAME).is_file():
        return path
    return models.resolve(path_or_name, models_dir)


def _opened(card: Card, backbone: Backbone, path: Path) -> Readout:
    if card.readout == "digits":
        lora.attach(backbone, path)
        return DigitReadout.over(backbone, card.frames)
    readout = LikelihoodReadout.over(backbone, card.frames)
    readout.load_head(path)
    return readout
