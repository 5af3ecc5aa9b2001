"""Why a caption got its score: the frames that were looked at, the words, and what came of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorer import frames
from scorer.frames import Clip
from scorer.levels import Score
from scorer.readout import Reading
from scorer.scorer import Card, Scorer


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of one caption of one video."""

    video: str
    caption: str
    clip: Clip
    reading: Reading
    score: Score
    card: Card

    def as_json(self) -> dict[str, Any]:
        """All but the pixels."""
        height, width = self.clip.pixels.shape[1:3]
        return {
            "video": self.video,
            "caption": self.caption,
            "model": self.card.model,
            "readout": self.card.readout,
            "prompt": self.card.prompt,
            "frames": {"seconds": list(self.clip.times), "height": height, "width": width},
            "texts": dict(self.reading.texts),
            "words": [{"text": text, "log_p": log_p} for text, log_p in self.reading.words],
            "temperatures": self.card.temperatures,
            "score": self.score.as_json(),
        }


def explain(scorer: Scorer, video: Path, caption: str) -> Explanation:
    """Raises `Unreadable`."""
    clip = frames.sample(video, scorer.card.frames)
    (score,) = scorer.score_clip(clip, [caption])
    reading = scorer.readout.reading(clip, caption)
    return Explanation(video.name, caption, clip, reading, score, scorer.card)
