"""Puts every video on a side, and near-identical videos on the same one.

A video follows the oldest one that it looks like. Nobody moves for somebody who comes later, so
sides stay as a project grows; what still straddles is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from annotation_site.datasets.looks import ALIKE, BITS
from annotation_site.datasets.splits import SplitRule
from scorer.snapshot import Split

CELLS = 1 << 21
"""Pairs compared at once: what bounds the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two videos that look alike."""

    video: str
    like: str
    bits: int
    """In how many of 256 bits they differ."""


@dataclass(slots=True, kw_only=True)
class Sides:
    """Where each video is, and why, if not by its own hash alone."""

    of: dict[str, Split] = field(default_factory=dict)
    followed: list[Likeness] = field(default_factory=list)
    straddling: list[Likeness] = field(default_factory=list)
    """Alike, and yet on two sides: the newcomer looks like videos of both."""


def assign(videos: Sequence[str], looks: Mapping[str, str], rule: SplitRule) -> Sides:
    """Put the videos, the oldest first, on their sides."""
    sides = Sides()
    older = _Older(videos, looks)
    for number, video in enumerate(videos):
        alike = older.like(number)
        leader = next(iter(alike), None)
        side = rule.side_of(video) if leader is None else sides.of[leader.like]
        sides.of[video] = side
        if leader is not None:
            sides.followed.append(leader)
            across = (one for one in alike if sides.of[one.like] != side)
            sides.straddling.extend(list(across)[:1])
    return sides


class _Older:
    """Finds the older videos that one looks like, a block of videos at a time."""

    def __init__(self, videos: Sequence[str], looks: Mapping[str, str]) -> None:
        self.videos = videos
        nothing = "00" * (BITS // 8)
        joined = bytes.fromhex("".join(looks.get(video, nothing) for video in videos))
        self.words = np.frombuffer(joined, np.uint64).reshape(len(videos), BITS // 64)
        self.seen = np.array([video in looks for video in videos], bool)
        self.block = max(1, CELLS // max(1, len(videos)))
        self.start = self.end = 0
        self.bits = np.empty((0, 0), np.uint16)

    def like(self, number: int) -> list[Likeness]:
        if not self.seen[number]:
            return []
        if number >= self.end:
            self._compare(number)
        bits = self.bits[number - self.start, :number]
        near = np.flatnonzero((bits <= ALIKE) & self.seen[:number])
        return [
            Likeness(video=self.videos[number], like=self.videos[int(other)], bits=int(bits[other]))
            for other in near
        ]

    def _compare(self, start: int) -> None:
        self.start, self.end = start, min(start + self.block, len(self.videos))
        bits = np.zeros((self.end - start, self.end), np.uint16)
        for word in range(BITS // 64):
            differ = self.words[start : self.end, None, word] ^ self.words[None, : self.end, word]
            bits += np.bitwise_count(differ)
        self.bits = bits
