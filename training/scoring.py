"""The stage that scores every caption of a snapshot, video by video."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

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

    def __post_init__(self) -> None:
        if self.batch < 1:
            raise ValueError(f"batch ({self.batch}) must be positive")


def score(work: Workspace, config: ScoreConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `scores.jsonl`. A video that cannot be read is listed; the others are scored.

    Each video's scores go to `scratch` when they are done, and a killed attempt keeps them.
    """
    frozen = snapshot.read(work.snapshot)
    by_video = _by_video(frozen.captions)
    card = Card.read(work.parents["scorer"])
    models.ensure(card.model, work.models, journal)
    scorer = Scorer.load(work.parents["scorer"], models_dir=work.models)
    digest = manifest.file_digest(work.parents["scorer"] / SCORER_CARD)
    kept = Kept(work.scratch / "scores" / digest[:16])

    lines: list[Line] = []
    failed: list[Failure] = []
    for number, (video, captions) in enumerate(by_video.items(), start=1):
        try:
            lines += kept.read(video) or kept.write(
                video, _scored(scorer, work.video(video), captions, config.batch)
            )
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
        journal.progress(number, len(by_video), "scoring")
    jsonl.write(work.out / SCORES, lines)
    return _summary(lines, failed)


def _by_video(captions: Sequence[Caption]) -> dict[str, list[Caption]]:
    grouped: dict[str, list[Caption]] = defaultdict(list)
    for caption in captions:
        grouped[caption.video].append(caption)
    return dict(sorted(grouped.items()))


def _scored(scorer: Scorer, path: Path, captions: Sequence[Caption], batch: int) -> list[Line]:
    lines = []
    for start in range(0, len(captions), batch):
        chunk = captions[start : start + batch]
        scores = scorer.score(path, [caption.text for caption in chunk])
        for caption, found in zip(chunk, scores, strict=True):
            about = {
                "caption": caption.id,
                "video": caption.video,
                "captioner": caption.captioner,
            }
            lines.append(about | found.as_json())
    return lines


def _summary(lines: Sequence[Line], failed: Sequence[Failure]) -> dict[str, Any]:
    means = [line["mean_involved"] for line in lines]
    return {
        "captions": len(lines),
        "videos": len({line["video"] for line in lines}),
        "failed": [asdict(failure) for failure in failed],
        "per_captioner": list(_per_captioner(lines)),
        "histogram": {"edges": list(EDGES), "counts": histogram(means)},
    }


def _per_captioner(lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    for captioner in sorted({line["captioner"] for line in lines}):
        own = [line for line in lines if line["captioner"] == captioner]
        yield {
            "captioner": captioner,
            "captions": len(own),
            "mean_involved": fmean(line["mean_involved"] for line in own),
            "mean_paper": fmean(line["mean_paper"] for line in own),
        }


def histogram(values: Sequence[float]) -> list[int]:
    """Values on an edge belong above it, and the last bin holds its upper edge too."""
    last = len(EDGES) - 2
    places = [min(int((value - EDGES[0]) * 4), last) for value in values]
    return [places.count(place) for place in range(len(EDGES) - 1)]
