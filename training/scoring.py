"""The stage that scores every caption of a snapshot, video by video, by one worker or by several.

The videos are cut into parts, in order of their sha256. A part that is done is one file in
`scratch`, the same whoever wrote it; so it does no harm if two do the same part, and the scores are
the parts one after the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

from scorer import frames, manifest, snapshot
from scorer.scorer import NAME as SCORER_CARD
from scorer.scorer import Card, Scorer
from scorer.sights import Failure
from scorer.snapshot import Caption
from training import jsonl, models
from training.journal import Journal, Workspace
from training.kept import Kept, Line

SCORES: Final = "scores.jsonl"
EDGES: Final = tuple(1 + step / 4 for step in range(17))


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreConfig:
    batch: int = 16
    """Captions of one video that are scored in one pass. Only memory limits it."""

    part: int = 64
    """Videos that one worker takes at a time."""

    def __post_init__(self) -> None:
        for name in ("batch", "part"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} ({getattr(self, name)}) must be positive")


def score(work: Workspace, config: ScoreConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `scores.jsonl`. A video that cannot be read is listed; the others are scored.

    Each video's scores go to `scratch` when they are done, and a killed attempt keeps them. The
    snapshot's captions are held in memory; scores are not, but for those of one part.
    """
    pool = Pool.of(work, config, journal)
    pool.do_parts()
    summary = Summary()
    jsonl.write(work.out / SCORES, summary.of(pool.lines()))
    return summary.as_json()


def assist(work: Workspace, config: ScoreConfig, journal: Journal) -> None:
    """Do some of the parts, beside the worker that holds the run."""
    Pool.of(work, config, journal).do_parts()


@dataclass(frozen=True, slots=True)
class Pool:
    """The videos that are to be scored, with their captions, and what is done of them."""

    work: Workspace
    config: ScoreConfig
    journal: Journal
    scorer: Scorer
    videos: Sequence[tuple[str, Sequence[Caption]]]
    kept: Kept

    @classmethod
    def of(cls, work: Workspace, config: ScoreConfig, journal: Journal) -> Self:
        videos = _by_video(snapshot.read(work.snapshot).captions)
        card = Card.read(work.parents["scorer"])
        models.ensure(card.model, work.models, journal)
        scorer = Scorer.load(work.parents["scorer"], models_dir=work.models)
        digest = manifest.file_digest(work.parents["scorer"] / SCORER_CARD)
        kept = Kept(work.scratch / "scores" / digest[:16])
        return cls(work, config, journal, scorer, videos, kept)

    def do_parts(self) -> None:
        for number in self.work.parts(len(self._starts)):
            self._part(number)

    def lines(self) -> Iterator[Line]:
        """Those of all parts. One whose file was lost is done again."""
        for number in range(len(self._starts)):
            yield from self._part(number)

    @property
    def _starts(self) -> range:
        return range(0, len(self.videos), self.config.part)

    def _part(self, number: int) -> Sequence[Line]:
        name = f"part-{self.config.part}-{number}"
        if (done := self.kept.read(name)) is not None:
            return done
        start = self._starts[number]
        within = range(start, min(start + self.config.part, len(self.videos)))
        whole = self.kept.write(name, (line for place in within for line in self._video(place)))
        for place in within:
            self.kept.remove(self.videos[place][0])
        return whole

    def _video(self, place: int) -> Sequence[Line]:
        """Its scores, or the one line that says why there are none."""
        video, captions = self.videos[place]
        try:
            found = self.kept.read(video) or self.kept.write(video, self._scored(video, captions))
        except frames.Unreadable as error:
            found = [{"video": video, "failed": str(error)}]
        self.journal.progress(place + 1, len(self.videos), "scoring")
        return found

    def _scored(self, video: str, captions: Sequence[Caption]) -> list[Line]:
        lines = []
        for start in range(0, len(captions), self.config.batch):
            chunk = captions[start : start + self.config.batch]
            scores = self.scorer.score(self.work.video(video), [one.text for one in chunk])
            for caption, found in zip(chunk, scores, strict=True):
                about = {
                    "caption": caption.id,
                    "video": caption.video,
                    "captioner": caption.captioner,
                }
                lines.append(about | found.as_json())
        return lines


def _by_video(captions: Sequence[Caption]) -> list[tuple[str, list[Caption]]]:
    grouped: dict[str, list[Caption]] = defaultdict(list)
    for caption in captions:
        grouped[caption.video].append(caption)
    return sorted(grouped.items())


@dataclass(slots=True)
class Mean:
    captions: int = 0
    involved: float = 0.0
    paper: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "captions": self.captions,
            "mean_involved": self.involved / self.captions,
            "mean_paper": self.paper / self.captions,
        }


@dataclass(slots=True)
class Summary:
    """What is told of the scores, gathered while they pass by."""

    videos: int = 0
    failed: list[Failure] = field(default_factory=list)
    captioners: dict[str, Mean] = field(default_factory=lambda: defaultdict(Mean))
    counts: list[int] = field(default_factory=lambda: histogram(()))

    def of(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Passes scores on and keeps the failures. A video's lines stand together."""
        last = None
        for line in lines:
            if "failed" in line:
                self.failed.append(Failure(line["video"], line["failed"]))
                continue
            self.videos += line["video"] != last
            last = line["video"]
            self._count(line)
            yield line

    def _count(self, line: Line) -> None:
        mean = self.captioners[line["captioner"]]
        mean.captions += 1
        mean.involved += line["mean_involved"]
        mean.paper += line["mean_paper"]
        self.counts[_bin(line["mean_involved"])] += 1

    def as_json(self) -> dict[str, Any]:
        return {
            "captions": sum(mean.captions for mean in self.captioners.values()),
            "videos": self.videos,
            "failed": [asdict(failure) for failure in self.failed],
            "per_captioner": [
                {"captioner": name, **mean.as_json()}
                for name, mean in sorted(self.captioners.items())
            ],
            "histogram": {"edges": list(EDGES), "counts": self.counts},
        }


def histogram(values: Iterable[float]) -> list[int]:
    """How many values lie in each bin."""
    counts = [0] * (len(EDGES) - 1)
    for value in values:
        counts[_bin(value)] += 1
    return counts


def _bin(value: float) -> int:
    """Values on an edge belong above it, and the last bin holds its upper edge too."""
    return min(int((value - EDGES[0]) * 4), len(EDGES) - 2)
