"""The stage that asks how good the scorer is by people, and the captioners by the scorer."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Final

import numpy as np

from scorer import frames, metrics, snapshot
from scorer.backbone import Backbone
from scorer.judging import compared
from scorer.levels import Score
from scorer.rubric import Dimension
from scorer.scorer import Card, Scorer
from scorer.sights import Failure
from scorer.snapshot import Example, Snapshot
from training import captioner, captioning, jsonl, models
from training.journal import Journal, Workspace

NOTE: Final = (
    "Means are the scorer's opinion on videos that neither it nor the captioner learnt from. The "
    "fine-tuned captioner learnt from captions that this scorer chose, so that its gain is to be "
    "confirmed by people. Intervals are 95 % bootstrap intervals over videos."
)
IMPORTED, BASE, FINETUNED = "imported", "base model", "fine-tuned"
LOW, HIGH = 2.5, 97.5


class NothingHeldOut(Exception):
    """No video of the test split has a picture, so that nothing can be evaluated fairly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluateConfig:
    resamples: int = 1000
    seed: int = 0

    def __post_init__(self) -> None:
        if self.resamples < 1:
            raise ValueError(f"resamples ({self.resamples}) must be positive")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a captioner said of a test video. Imported captions have an id, and may have votes."""

    video: str
    captioner: str
    source: str
    text: str
    caption: int | None = None


Scored = tuple[Entry, Score]


def evaluate(work: Workspace, config: EvaluateConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `evaluation.json` and `captions.jsonl`."""
    frozen = snapshot.read(work.snapshot)
    videos = list(frozen.of_split("test"))
    scorer_card = Card.read(work.parents["scorer"])
    models.ensure(scorer_card.model, work.models, journal)

    entries = [*_imported(frozen), *_generated(work, videos, journal)]
    scorer = Scorer.load(work.parents["scorer"], models_dir=work.models)
    scored, failed = _score(scorer, entries, work, journal)
    if not scored:
        raise NothingHeldOut
    result = {
        "note": NOTE,
        "scorer": metrics.agreement(compared(_rated(scored, frozen))),
        "captioners": standings(scored, config),
        "failed": [asdict(failure) for failure in failed],
    }
    jsonl.write(work.out / "captions.jsonl", (_line(*each) for each in scored))
    text = json.dumps(result, indent=2, sort_keys=True, ensure_ascii=False)
    (work.out / "evaluation.json").write_text(text + "\n", encoding="utf-8")
    return result


def _imported(frozen: Snapshot) -> list[Entry]:
    return [
        Entry(
            video=video,
            captioner=caption.captioner,
            source=IMPORTED,
            text=caption.text,
            caption=caption.id,
        )
        for video, captions in frozen.of_split("test").items()
        for caption in captions
    ]


def _generated(work: Workspace, videos: Sequence[str], journal: Journal) -> list[Entry]:
    """What the base model says of the videos, and then what it says once fine-tuned."""
    parent = work.parents.get("distill") or work.parents["finetune"]
    about = captioner.About.read(parent)
    models.ensure(about.model, work.models, journal)
    base = Backbone.load(about.model, work.models)

    def say(backbone: Backbone, name: str, source: str) -> list[Entry]:
        found = captioning.caption(
            backbone,
            videos,
            path_of=work.video,
            frame_count=about.frames,
            on_done=lambda done: journal.progress(done, len(videos), f"captioning: {source}"),
        )
        return [
            Entry(video=video, captioner=name, source=source, text=text)
            for video, text in found.captions.items()
        ]

    before = say(base, about.name, BASE)
    taught = captioner.teach(base, parent)
    return before + say(taught, f"{about.name} fine-tuned", FINETUNED)


def _score(
    scorer: Scorer, entries: Sequence[Entry], work: Workspace, journal: Journal
) -> tuple[list[Scored], list[Failure]]:
    """All that was said of a video at once: it is looked at only once."""
    by_video: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_video[entry.video].append(entry)
    scored: list[Scored] = []
    failed = []
    for number, (video, of_one) in enumerate(sorted(by_video.items()), start=1):
        try:
            scores = scorer.score(work.video(video), [entry.text for entry in of_one])
        except frames.Unreadable as error:
            failed.append(Failure(video, str(error)))
        else:
            scored.extend(zip(of_one, scores, strict=True))
        journal.progress(number, len(by_video), "scoring")
    return scored, failed


def _rated(scored: Iterable[Scored], frozen: Snapshot) -> list[tuple[Score, Example]]:
    examples = {
        example.caption.id: example
        for of_one in frozen.examples("test").values()
        for example in of_one
    }
    return [
        (score, examples[entry.caption]) for entry, score in scored if entry.caption in examples
    ]


def standings(scored: Sequence[Scored], config: EvaluateConfig) -> list[dict[str, Any]]:
    """One row a captioner, the best first."""
    by_captioner: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for entry, score in scored:
        by_captioner[entry.captioner, entry.source].append((entry, score))
    rows = [
        {
            "name": name,
            "source": source,
            "videos": len({entry.video for entry, _ in own}),
            "mean_involved": interval(_video_means(own), config),
            "dimensions": _dimension_means([score for _, score in own]),
        }
        for (name, source), own in by_captioner.items()
    ]
    return sorted(rows, key=lambda row: (-row["mean_involved"]["value"], row["name"]))


def _video_means(own: Sequence[Scored]) -> list[float]:
    """One value a video, so that a video with many captions counts once."""
    by_video: dict[str, list[float]] = defaultdict(list)
    for entry, score in own:
        by_video[entry.video].append(score.mean_involved)
    return [fmean(values) for _, values in sorted(by_video.items())]


def interval(values: Sequence[float], config: EvaluateConfig) -> dict[str, float]:
    """The mean, and where it would lie had other videos been drawn.

    Every captioner is resampled with the same draws, so that their intervals can be compared.
    """
    table = np.asarray(values)
    dice = np.random.default_rng(config.seed)
    drawn = table[dice.integers(len(table), size=(config.resamples, len(table)))].mean(axis=1)
    low, high = np.percentile(drawn, [LOW, HIGH])
    return {"value": float(table.mean()), "low": float(low), "high": float(high)}


def _dimension_means(scores: Sequence[Score]) -> Mapping[Dimension, float | None]:
    return {
        dimension: metrics.mean_of(score.levels[dimension] for score in scores)
        for dimension in Dimension
    }


def _line(entry: Entry, score: Score) -> dict[str, Any]:
    return asdict(entry) | score.as_json()
