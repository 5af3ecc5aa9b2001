"""A frozen snapshot as examples: captions with the votes that people gave them, by video."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from scorer import manifest
from scorer.rubric import VERSION, Dimension

FORMAT: Final = "crest.snapshot/1"
Split = Literal["train", "validation", "test"]
Votes = Mapping[Dimension, tuple[int, ...]]
"""For each rated dimension, how many people chose each of the levels 0 to 5."""


class UnknownFormat(Exception):
    """The snapshot is in a format, or asks by a rubric, that this version does not know."""


@dataclass(frozen=True, slots=True)
class Video:
    sha256: str
    name: str
    split: Split


@dataclass(frozen=True, slots=True)
class Caption:
    id: int
    video: str
    captioner: str
    kind: str
    text: str


class Vote(NamedTuple):
    caption: int
    dimension: Dimension
    annotator: str
    level: int


@dataclass(frozen=True, slots=True)
class Example:
    """A caption and its votes."""

    caption: Caption
    votes: Votes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of a project at one moment. Captions in order of their ids, rated or not."""

    videos: Mapping[str, Video]
    captions: Sequence[Caption]
    votes: Mapping[int, Votes]
    digest: str
    """The sha256 that names it."""

    directory: Path
    """Where it lies, for what is too much to keep in memory unasked."""

    def judgments(self) -> Iterator[Vote]:
        """Who gave which level: one vote a person, caption and dimension."""
        return last_votes(_lines(self.directory, "judgments"))

    def of_split(self, split: Split) -> dict[str, list[Caption]]:
        """The captions of each video of a split, videos in order of their sha256."""
        grouped: dict[str, list[Caption]] = defaultdict(list)
        for caption in self.captions:
            if self.videos[caption.video].split == split:
                grouped[caption.video].append(caption)
        return dict(sorted(grouped.items()))

    def examples(self, split: Split) -> dict[str, list[Example]]:
        """The rated captions of each video of a split."""
        grouped = {
            video: [Example(c, self.votes[c.id]) for c in captions if c.id in self.votes]
            for video, captions in self.of_split(split).items()
        }
        return {video: examples for video, examples in grouped.items() if examples}


def read(directory: Path) -> Snapshot:
    """Read a snapshot whose every file is the one that was sealed."""
    about = manifest.verify(directory)
    if about.get("format") != FORMAT or about.get("rubric") != VERSION:
        raise UnknownFormat(f"{about.get('format')} by rubric {about.get('rubric')}")
    videos = (
        Video(line["video"], line["name"], line["split"]) for line in _lines(directory, "videos")
    )
    captions = (
        Caption(line["caption"], line["video"], line["captioner"], line["kind"], line["text"])
        for line in _lines(directory, "captions")
    )
    return Snapshot(
        videos={video.sha256: video for video in videos},
        captions=sorted(captions, key=lambda caption: caption.id),
        votes=count_votes(_lines(directory, "judgments")),
        digest=manifest.digest(directory),
        directory=directory,
    )


def _lines(directory: Path, name: str) -> Iterator[dict[str, Any]]:
    with (directory / f"{name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def last_votes(judgments: Iterable[Mapping[str, Any]]) -> Iterator[Vote]:
    """One vote a person: the last revision of what they said."""
    last: dict[tuple[int, str, str], tuple[int, int]] = {}
    for line in judgments:
        key = (line["caption"], line["dimension"], line["annotator"])
        said = (line["revision"], line["level"])
        last[key] = max(last.get(key, said), said)
    for (caption, dimension, annotator), (_, level) in sorted(last.items()):
        yield Vote(caption, Dimension(dimension), annotator, level)


def count_votes(judgments: Iterable[Mapping[str, Any]]) -> dict[int, Votes]:
    """How many people gave each level, of every caption and dimension that anybody judged."""
    counts: dict[int, dict[Dimension, list[int]]] = defaultdict(dict)
    for vote in last_votes(judgments):
        counts[vote.caption].setdefault(vote.dimension, [0] * 6)[vote.level] += 1
    return {
        caption: {dimension: tuple(levels) for dimension, levels in by_dimension.items()}
        for caption, by_dimension in counts.items()
    }


def hold_out(videos: Iterable[str], share: float) -> frozenset[str]:
    """The videos set apart within training, the same ones however many come later."""
    return frozenset(video for video in videos if _hash_share(video) < share)


def _hash_share(video: str) -> float:
    digest = hashlib.sha256(f"validation:{video}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
