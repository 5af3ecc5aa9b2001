"""What a model sees of each video: decoded and processed once where memory allows, else again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from scorer import frames, prompt
from scorer.backbone import Backbone
from scorer.batching import Prefix

BUDGET: Final = 512 * 2**20

PathOf = Callable[[str], Path]
"""From a video's sha256 to its file."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A video that could not be read, and why."""

    video: str
    reason: str


@dataclass(slots=True)
class Sights:
    """Prefixes by video."""

    backbone: Backbone
    turn: prompt.Turn
    frames: int
    path_of: PathOf
    budget: int = BUDGET
    _kept: dict[str, Prefix] = field(default_factory=dict)

    def __call__(self, video: str) -> Prefix:
        """Raises `Unreadable`."""
        if video in self._kept:
            return self._kept[video]
        clip = frames.sample(self.path_of(video), self.frames)
        prefix = self.backbone.see(clip, self.turn)
        if prefix.bytes <= self.budget:
            self.budget -= prefix.bytes
            self._kept[video] = prefix
        return prefix

    def readable(self, videos: Iterable[str]) -> tuple[list[str], list[Failure]]:
        """Which of the videos can be seen, before anything is learnt from any of them."""
        good, failed = [], []
        for video in videos:
            try:
                self(video)
            except frames.Unreadable as error:
                failed.append(Failure(video, str(error)))
            else:
                good.append(video)
        return good, failed
