"""What a stage is given, and its one way to say how it is getting on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol


class Stopped(Exception):
    """The stage must stop now and write nothing more."""


class Cancelled(Stopped):
    """Somebody asked for the run to be cancelled."""


class LeaseLost(Stopped):
    """Another worker holds the run now."""


class Endpoint(NamedTuple):
    """Where a model is served over OpenAI's protocol, up to and with `/v1`."""

    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a stage reads and writes. Everything but `scratch` and `out` is read only.

    `parents` leads from a run kind (`scorer`, `score`, `select`, `finetune`) to that run's
    finished directory. `media` holds each video below its sha256 (see `video`). `scratch` survives
    a killed attempt: checkpoints go there. `out` is empty at the start of each attempt and becomes
    the run directory when the stage returns. `servers` are those that the operators have named.
    `parts(n)` gives the numbers below n of those parts that this worker is to do, until all are
    done by somebody; one is done when the next is asked for. Without others it is all of them.
    """

    snapshot: Path
    media: Path
    models: Path
    parents: Mapping[str, Path]
    scratch: Path
    out: Path
    servers: Mapping[str, Endpoint] = field(default_factory=dict)
    parts: Callable[[int], Iterable[int]] = range

    def video(self, sha256: str) -> Path:
        """The web rendition of a video: what people rated is what models see."""
        return self.media / sha256[:2] / sha256 / "web.mp4"


class Journal(Protocol):
    """A stage calls these between steps; both raise `Stopped` when it must end."""

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the stage is. Cheap: written at most a few times a second."""

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Record figures at a step. Writing a step again replaces it."""
