"""A project of a few clips, made by hand: a sealed snapshot, its media, and judgments."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scorer import manifest
from scorer.rubric import VERSION, Dimension
from training.journal import Endpoint, Workspace

MakeClip = Callable[..., Path]

COLOURS = ("red", "green", "blue", "yellow", "white", "black", "orange", "purple")
CAPTIONERS = ("careful", "careless", "terse")


def sha(number: int) -> str:
    return f"{number:064x}"


def captions(colour: str, other: str) -> tuple[str, str, str]:
    return (
        f"A plain {colour} wall, filmed by a camera that stands still.",
        f"A {other} wall while the camera pans.",
        "A wall.",
    )


def film(make_clip: MakeClip, path_of: Callable[[str], Path]) -> None:
    """A clip of each wall, where its sha256 belongs."""
    for number, colour in enumerate(COLOURS):
        source = f"color=c={colour}:s=64x64:d=1:r=8"
        make_clip(path_of(sha(number)), source, "-pix_fmt", "yuv420p")


def level(captioner: str, dimension: Dimension, annotator: int) -> int:
    """The careful caption is good, the careless one bad, and nothing ever moves."""
    if dimension is Dimension.ACTION:
        return 0
    base = {"careful": 5, "careless": 2, "terse": 3}[captioner]
    return base - annotator * (dimension is Dimension.BACKGROUND)


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def write_snapshot(
    directory: Path,
    *,
    test_videos: int = 2,
    rated: bool = True,
    videos: int = len(COLOURS),
    takes: int = 1,
) -> Path:
    """Eight videos, the last of them for testing, three captions each, two annotators.

    There may be more videos, and more takes of each caption, of which the first is rated.
    """
    directory.mkdir(parents=True)
    films, all_captions, judgments = [], [], []
    for number in range(videos):
        colour = COLOURS[number % len(COLOURS)]
        split = "test" if number >= videos - test_videos else "train"
        films.append(
            {"video": sha(number), "name": f"{colour}.mp4", "seconds": 1.0, "split": split}
        )
        texts = captions(colour, COLOURS[number % len(COLOURS) - 1])
        for place, (captioner, text) in enumerate(zip(CAPTIONERS, texts, strict=True)):
            caption = 10 * number + place
            all_captions.append(
                {
                    "caption": caption,
                    "video": sha(number),
                    "captioner": captioner,
                    "kind": "detailed",
                    "text": text,
                }
            )
            all_captions += [
                {
                    **all_captions[-1],
                    "caption": caption + 10_000 * take,
                    "text": f"{text} Take {take}.",
                }
                for take in range(1, takes)
            ]
            judgments += [
                {
                    "caption": caption,
                    "annotator": f"a{annotator}",
                    "dimension": dimension,
                    "level": level(captioner, dimension, annotator),
                    "revision": 1,
                    "rubric": VERSION,
                    "judged_at": "2026-01-01T00:00:00Z",
                    "late": False,
                }
                for annotator in (0, 1)
                for dimension in Dimension
            ]
    write_lines(directory / "videos.jsonl", films)
    write_lines(directory / "captions.jsonl", all_captions)
    write_lines(directory / "judgments.jsonl", judgments if rated else [])
    counts = {"videos": len(films), "captions": len(all_captions), "judgments": len(judgments)}
    manifest.seal(
        directory,
        {
            "format": "crest.snapshot/1",
            "project": "walls",
            "as_of": "2026-01-01T00:00:00Z",
            "rubric": VERSION,
            "counts": counts,
        },
    )
    return directory


@dataclass
class Diary:
    """A journal that remembers, and can end the stage as a kill or a cancel would."""

    stop_at: int | None = None
    stop: type[BaseException] = KeyboardInterrupt
    told: list[tuple[int, int, str]] = field(default_factory=list)
    figures: dict[str, dict[int, float]] = field(default_factory=dict)

    def progress(self, done: int, total: int, message: str = "") -> None:
        self.told.append((done, total, message))
        if self.stop_at is not None and message != "looking" and done >= self.stop_at:
            raise self.stop

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        for name, value in values.items():
            self.figures.setdefault(name, {})[step] = value


@dataclass(frozen=True)
class World:
    """Where the pieces of a project lie."""

    root: Path
    snapshot: Path
    media: Path
    models: Path

    def media_of(self, sha256: str) -> Path:
        return self.media / sha256[:2] / sha256 / "web.mp4"

    def work(
        self,
        name: str,
        *,
        attempt: int = 1,
        servers: Mapping[str, Endpoint] | None = None,
        **parents: Path,
    ) -> Workspace:
        """A workspace whose scratch outlives its attempts, and whose `out` is new in each."""
        scratch, out = self.root / name / "scratch", self.root / name / f"out-{attempt}"
        scratch.mkdir(parents=True, exist_ok=True)
        out.mkdir()
        return Workspace(
            snapshot=self.snapshot,
            media=self.media,
            models=self.models,
            parents=parents,
            scratch=scratch,
            out=out,
            servers=servers or {},
        )
