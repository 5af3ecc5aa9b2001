"""The stage that teaches a student what a fine-tuned captioner says of videos nobody labelled.

The three teachers are those of the paper's Table 6 (2503.09279): the fine-tuned captioner, its base
model before it was fine-tuned, and both, each for half of the videos.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, get_args

from scorer import snapshot
from scorer.backbone import Backbone
from scorer.sights import Failure
from scorer.snapshot import Snapshot
from training import captioner, jsonl, models
from training.captioner import About
from training.captioning import Manner
from training.finetuning import FinetuneConfig, learn
from training.journal import Journal, Workspace
from training.kept import Line
from training.scribe import Scribe
from training.speakers import Local

TAUGHT: Final = "teacher.jsonl"
DESCRIBED_TOGETHER: Final = 16
Teacher = Literal["ours", "base", "ours+base"]


class NothingUnlabelled(Exception):
    """Every training video was rated: import more videos, or choose all training videos."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DistillConfig(FinetuneConfig):
    """How the student learns, and from whom."""

    teacher: Teacher = "ours"
    pool: Literal["unlabelled", "train"] = "unlabelled"
    limit: int | None = None
    """At most so many videos, the first by their hashes."""

    def __post_init__(self) -> None:
        # A class with slots is made anew, and `super()` without names finds the old one.
        FinetuneConfig.__post_init__(self)
        if self.teacher not in get_args(Teacher):
            raise ValueError(f"no teacher is called {self.teacher!r}")
        if self.pool not in ("unlabelled", "train"):
            raise ValueError(f"no pool is called {self.pool!r}")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit ({self.limit}) must be positive")


def distill(work: Workspace, config: DistillConfig, journal: Journal) -> dict[str, Any]:
    """Leaves what a fine-tuning leaves, and `teacher.jsonl`: what the student was taught."""
    videos = _pool(snapshot.read(work.snapshot), config)
    if not videos:
        raise NothingUnlabelled
    lines = list(_lesson(work, videos, config, journal))
    captions = sorted((line for line in lines if "text" in line), key=lambda line: line["video"])
    jsonl.write(work.out / TAUGHT, captions)
    unseen = [Failure(line["video"], line["reason"]) for line in lines if "reason" in line]
    result = learn(work, captions, config, journal, source="distilled")
    failed = [asdict(failure) for failure in unseen] + result["failed"]
    return result | {"teacher": config.teacher, "failed": failed}


def _pool(frozen: Snapshot, config: DistillConfig) -> list[str]:
    """Training videos in the order of their hashes."""
    wanted = {video for video, about in frozen.videos.items() if about.split == "train"}
    if config.pool == "unlabelled":
        wanted -= frozen.examples("train").keys()
    return sorted(wanted)[: config.limit]


def _lesson(
    work: Workspace, videos: Sequence[str], config: DistillConfig, journal: Journal
) -> Iterator[Line]:
    """What the teachers say, each of its own videos: first the base, which then is adapted."""
    directory = work.parents["finetune"]
    about = About.read(directory)
    models.ensure(about.model, work.models, journal)
    base = Backbone.load(about.model, work.models)
    of_base, of_ours = (
        [video for video in videos if _teacher_of(video, config.teacher) == teacher]
        for teacher in ("base", "ours")
    )
    yield from _said(work, _Teaching("base", base, about), of_base, journal)
    if of_ours:
        ours = captioner.teach(base, directory)
        yield from _said(work, _Teaching("ours", ours, about), of_ours, journal)


def _teacher_of(video: str, teacher: Teacher) -> str:
    """Of two teachers a hash of the video takes one, whichever other videos there are."""
    if teacher != "ours+base":
        return teacher
    drawn = hashlib.sha256(f"teacher:{video}".encode()).digest()
    return "ours" if drawn[0] % 2 else "base"


@dataclass(frozen=True, slots=True)
class _Teaching:
    name: str
    backbone: Backbone
    about: About


def _said(
    work: Workspace, teacher: _Teaching, videos: Sequence[str], journal: Journal
) -> Iterator[Line]:
    about = teacher.about
    speaker = Local(
        teacher.backbone,
        model=about.model,
        frames=about.frames,
        manner=Manner(),
        one_prompt=True,
    )
    key = {"teacher": teacher.name, **asdict(about)}
    scribe = Scribe(work, speaker, ["detailed"], DESCRIBED_TOGETHER, key)
    for line in scribe.lines(videos, journal):
        yield {**line, "captioner": teacher.name}
