"""The stage that has a captioner describe videos: a model here, or one that is served elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args

from scorer import manifest, snapshot
from scorer.backbone import Backbone, Placement
from scorer.chat import Chat, Server
from scorer.quantized import BaseName
from scorer.sights import Failure
from scorer.snapshot import Snapshot
from training import asking, captioner, jsonl, models
from training.asking import CaptionKind
from training.captioner import About
from training.captioning import Manner
from training.journal import Endpoint, Journal, Workspace
from training.kept import Line
from training.scribe import Scribe
from training.speakers import Local, Served, Speaker

CAPTIONS: Final = "captions.jsonl"
EVERY: Final = "every"
LONGEST_NAME: Final = 100
SHOWN: Final = 4
"""So many captions are in the result, to be looked at."""

Pool = Literal["missing", "all", "train", "test"]


class UnknownServer(Exception):
    """No server has this name on the worker's machine: see CREST_CAPTION_SERVERS."""


class TwoCaptioners(Exception):
    """A fine-tuned captioner and a server were named: only one of them can describe the videos."""


class NameTooLong(Exception):
    """The captioner's name is longer than a project can keep: give it a shorter one."""


class NothingToDescribe(Exception):
    """The pool is empty: this captioner has described every video of it already."""


class NothingWasSaid(Exception):
    """Not one video has got a caption."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaptionConfig:
    """What to describe, and who does it."""

    model: str = models.MINIATURE
    """Here: as everywhere. On a server: what it is called there. A run that builds on a fine-tuned
    captioner uses that one."""

    server: str = ""
    """One of the operators' servers by its name, or an address. Blank: the model runs here."""

    captioner: str = ""
    """Under which name the captions are kept. Blank: the model's own."""

    kind: CaptionKind | Literal["every"] = "detailed"
    pool: Pool = "missing"
    """`missing` is every video that this captioner has not described yet; `train` and `test` are
    sides of the snapshot."""

    limit: int | None = None
    """At most so many videos, the first by their hashes: a draw that is always the same."""

    frames: int | None = None
    """None: as many as the model's settings say."""

    media: Literal["images", "video"] = "images"
    """How frames go to a server."""

    batch: int = 16
    """Videos at once, each of which is decoded once for all its captions."""

    at_once: int = 16
    """Requests that wait at a server at the same time."""

    tokens: int | None = None
    """The longest caption. None: as long as the model's settings say."""

    temperature: float = 0.0
    base: BaseName = "full"
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("limit", "frames", "batch", "at_once", "tokens"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} ({value}) must be positive")
        if self.kind not in (EVERY, *asking.KINDS):
            raise ValueError(f"no kind of caption is called {self.kind!r}")
        if self.pool not in get_args(Pool):
            raise ValueError(f"no pool is called {self.pool!r}")
        if self.media not in ("images", "video"):
            raise ValueError(f"media ({self.media!r}) are images or video")
        if self.temperature < 0:
            raise ValueError(f"temperature ({self.temperature}) must not be negative")

    @property
    def kinds(self) -> Sequence[CaptionKind]:
        return asking.KINDS if self.kind == EVERY else (self.kind,)

    @property
    def manner(self) -> Manner:
        return Manner(tokens=self.tokens, temperature=self.temperature, seed=self.seed)


def caption(work: Workspace, config: CaptionConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `captions.jsonl`. A video that cannot be seen or described is listed, with the reason.

    What is done of a batch goes to `scratch`, named by its content, and a killed attempt keeps it.
    """
    frozen = snapshot.read(work.snapshot)
    with _speaking(work, config, journal) as speaker:
        return _write(work, config, journal, frozen, speaker)


def _write(
    work: Workspace, config: CaptionConfig, journal: Journal, frozen: Snapshot, speaker: Speaker
) -> dict[str, Any]:
    name = config.captioner or speaker.name
    if len(name) > LONGEST_NAME:
        raise NameTooLong(f"{name!r} has more than {LONGEST_NAME} characters")
    videos = _pool(frozen, name, config)
    if not videos:
        raise NothingToDescribe
    about = {"captioner": name, **speaker.about, "frames": speaker.frames}
    scribe = Scribe(work, speaker, config.kinds, config.batch, {**about, **asdict(config)})
    found = _Found()
    lines = found.noting(scribe.lines(videos, journal))
    jsonl.write(work.out / CAPTIONS, ({**about, **line} for line in lines))
    if not found.captions:
        raise NothingWasSaid(f"None of {len(videos)} videos has a caption: {found.reason()}")
    return {**about, "kind": config.kind, "videos": len(videos), **found.as_json()}


@contextmanager
def _speaking(work: Workspace, config: CaptionConfig, journal: Journal) -> Iterator[Speaker]:
    how: dict[str, Any] = {"frames": config.frames, "manner": config.manner}
    tuned = work.parents.get("finetune") or work.parents.get("distill")
    if tuned and config.server:
        raise TwoCaptioners
    if tuned:
        yield _tuned(tuned, work, config, journal)
    elif config.server:
        there = _endpoint(work, config.server)
        server = Server(url=there.url, model=config.model, key=there.key, at_once=config.at_once)
        with closing(Chat(server)) as chat:
            yield Served(chat, as_video=config.media == "video", **how)
    else:
        models.ensure(config.model, work.models, journal)
        backbone = Backbone.load(config.model, work.models, Placement.best(config.base))
        yield Local(backbone, model=config.model, **how)


def _tuned(directory: Path, work: Workspace, config: CaptionConfig, journal: Journal) -> Speaker:
    """The captioner of a finished run, asked and shown what it was taught with."""
    about = About.read(directory)
    models.ensure(about.model, work.models, journal)
    base = Backbone.load(about.model, work.models, Placement.best(config.base))
    taught = captioner.teach(base, directory)
    digest = manifest.digest(directory)
    return Local(
        taught,
        model=f"{about.name} fine-tuned {digest[:7]}",
        frames=config.frames or about.frames,
        manner=config.manner,
        weights=digest,
        one_prompt=True,
    )


def _endpoint(work: Workspace, server: str) -> Endpoint:
    """Of a name, or of an address, which only a command may give."""
    if "://" in server:
        return Endpoint(server)
    if server not in work.servers:
        raise UnknownServer(f"no server is called {server!r} here")
    return work.servers[server]


def _pool(frozen: Snapshot, captioner: str, config: CaptionConfig) -> list[str]:
    """The videos to describe, in the order of their hashes."""
    wanted = set(frozen.videos)
    if config.pool == "missing":
        wanted -= _described(frozen, captioner, config.kinds)
    elif config.pool != "all":
        wanted = {sha for sha in wanted if frozen.videos[sha].split == config.pool}
    return sorted(wanted)[: config.limit]


def _described(frozen: Snapshot, captioner: str, kinds: Sequence[CaptionKind]) -> set[str]:
    """The videos that have a caption of each of the kinds from this captioner."""
    here = {(c.video, c.kind) for c in frozen.captions if c.captioner == captioner}
    counted = Counter(video for video, kind in here if kind in kinds)
    return {video for video, count in counted.items() if count == len(kinds)}


@dataclass(slots=True)
class _Found:
    """What came of it, noted as the lines go by."""

    captions: int = 0
    words: int = 0
    shown: list[Line] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    def noting(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Let the captions pass."""
        for line in lines:
            if "reason" in line:
                self.failed.append(Failure(line["video"], line["reason"]))
                continue
            self.captions += 1
            self.words += len(line["text"].split())
            if len(self.shown) < SHOWN:
                self.shown.append(line)
            yield line

    def reason(self) -> str:
        """The commonest, to be read by whoever asks why there is nothing."""
        counted = Counter(failure.reason for failure in self.failed)
        return next((reason for reason, _ in counted.most_common(1)), "there is no reason")

    def as_json(self) -> dict[str, Any]:
        return {
            "captions": self.captions,
            "mean_words": self.words / self.captions,
            "shown": self.shown,
            "failed": [asdict(failure) for failure in self.failed],
        }
