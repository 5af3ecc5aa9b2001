"""Scores of many videos, one after the other, while the next ones are being decoded."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from scorer import frames
from scorer.frames import Clip, Unreadable
from scorer.levels import Score

AHEAD: Final = 4
"""Clips that wait for the model: so many lie in memory, however many videos there are."""

DECODERS: Final = 2
Asked = tuple[Path, Sequence[str]]
"""A video's file and its captions."""


class Scores(Protocol):
    """Whatever scores captions of so many frames."""

    @property
    def frames(self) -> int: ...

    def score_clip(self, clip: Clip, captions: Sequence[str]) -> list[Score]: ...


@dataclass(frozen=True, slots=True)
class Scored:
    """A video with a score for each caption, or with the reason why it has none."""

    video: Path
    captions: Sequence[str]
    scores: Sequence[Score]
    failure: str = ""


def score_many(scorer: Scores, videos: Iterable[Asked], *, ahead: int = AHEAD) -> Iterator[Scored]:
    """In the order in which they are asked. A video that cannot be read is a failed item."""
    if ahead < 1:
        raise ValueError(f"cannot decode {ahead} videos ahead")
    asked = iter(videos)
    waiting: deque[tuple[Asked, Future[Clip]]] = deque()
    with ThreadPoolExecutor(min(DECODERS, ahead)) as pool:

        def decode(number: int) -> None:
            for path, captions in islice(asked, number):
                clip = pool.submit(frames.sample, path, scorer.frames)
                waiting.append(((path, captions), clip))

        decode(ahead)
        while waiting:
            (path, captions), clip = waiting.popleft()
            try:
                seen = clip.result()
            except Unreadable as error:
                yield Scored(path, captions, (), str(error))
            else:
                yield Scored(path, captions, scorer.score_clip(seen, captions))
            decode(1)
