"""The stage that chooses, for each training video, the caption that the captioner will learn."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, Literal

from scorer import snapshot
from scorer.levels import Score
from scorer.rubric import Dimension
from training import jsonl
from training.journal import Journal, Workspace
from training.scoring import SCORES

SELECTION: Final = "selection.jsonl"
THRESHOLDS: Final = tuple(1 + step / 4 for step in range(17))
Statistic = Literal["mean_involved", "mean_paper"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SelectConfig:
    """How to choose.

    `threshold` takes each video's best caption if it is good enough, `best` takes it anyway, and
    `random` takes any: what the others must beat.
    """

    policy: Literal["threshold", "best", "random"] = "threshold"
    statistic: Statistic = "mean_involved"
    threshold: float = 3.5
    budget: int | None = None
    """At most so many captions, the best first."""

    seed: int = 0

    def __post_init__(self) -> None:
        if self.policy not in ("threshold", "best", "random"):
            raise ValueError(f"no policy is called {self.policy!r}")
        if self.statistic not in ("mean_involved", "mean_paper"):
            raise ValueError(f"no statistic is called {self.statistic!r}")
        if not 0 <= self.threshold <= 5:  # noqa: PLR2004 - the scale
            raise ValueError(f"threshold ({self.threshold}) is not on the scale from 0 to 5")
        if self.budget is not None and self.budget < 1:
            raise ValueError(f"budget ({self.budget}) must be positive")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A scored caption."""

    video: str
    caption: int
    captioner: str
    mean_involved: float
    mean_paper: float
    levels: Mapping[Dimension, float | None]

    def score(self, statistic: Statistic) -> float:
        return self.mean_involved if statistic == "mean_involved" else self.mean_paper


def select(work: Workspace, config: SelectConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `selection.jsonl`. Videos held out for testing are never chosen from."""
    frozen = snapshot.read(work.snapshot)
    train = frozen.of_split("train")
    texts = {caption.id: caption.text for captions in train.values() for caption in captions}
    scored = (_candidate(line) for line in jsonl.read(work.parents["score"] / SCORES))
    pool = [candidate for candidate in scored if candidate.caption in texts]
    chosen = choose(pool, config)
    jsonl.write(work.out / SELECTION, (_line(one, texts, config) for one in chosen))
    journal.progress(1, 1, "selected")
    return _summary(pool, chosen, config)


def choose(pool: Iterable[Candidate], config: SelectConfig) -> list[Candidate]:
    """At most one caption a video, in the order of the videos; ties go to the lower caption id."""
    rank = _shuffled(config.seed) if config.policy == "random" else _best_first(config.statistic)
    chosen = [min(of_one, key=rank) for of_one in _by_video(pool)]
    if config.policy == "threshold":
        chosen = [one for one in chosen if one.score(config.statistic) >= config.threshold]
    within = sorted(chosen, key=rank)[: config.budget]
    return sorted(within, key=lambda one: one.video)


Rank = Callable[[Candidate], tuple[Any, int]]


def _best_first(statistic: Statistic) -> Rank:
    return lambda one: (-one.score(statistic), one.caption)


def _shuffled(seed: int) -> Rank:
    """An order by chance in which a caption keeps its place when others come or go."""

    def rank(one: Candidate) -> tuple[Any, int]:
        return hashlib.sha256(f"{seed}:{one.caption}".encode()).digest(), one.caption

    return rank


def _by_video(pool: Iterable[Candidate]) -> list[list[Candidate]]:
    ordered = sorted(pool, key=lambda one: (one.video, one.caption))
    return [list(of_one) for _, of_one in groupby(ordered, key=lambda one: one.video)]


def _candidate(line: Mapping[str, Any]) -> Candidate:
    score = Score({Dimension(d): tuple(p) for d, p in line["probabilities"].items()})
    return Candidate(
        video=line["video"],
        caption=line["caption"],
        captioner=line["captioner"],
        mean_involved=line["mean_involved"],
        mean_paper=line["mean_paper"],
        levels=score.levels,
    )


def _line(one: Candidate, texts: Mapping[int, str], config: SelectConfig) -> dict[str, Any]:
    return {
        "video": one.video,
        "caption": one.caption,
        "captioner": one.captioner,
        "text": texts[one.caption],
        "score": one.score(config.statistic),
        "mean_paper": one.mean_paper,
        "levels": dict(one.levels),
    }


def _summary(
    pool: Sequence[Candidate], chosen: Sequence[Candidate], config: SelectConfig
) -> dict[str, Any]:
    return {
        "policy": config.policy,
        "statistic": config.statistic,
        "threshold": config.threshold,
        "pool_videos": len({candidate.video for candidate in pool}),
        "selected": len(chosen),
        "per_captioner": _shares(pool, chosen),
        "yield_curve": yield_curve(pool, config.statistic),
        "against_paper": against_paper(pool, config),
    }


def _shares(pool: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[dict[str, Any]]:
    names = [candidate.captioner for candidate in chosen]
    return [
        {
            "captioner": captioner,
            "selected": names.count(captioner),
            "share": names.count(captioner) / len(names) if names else 0.0,
        }
        for captioner in sorted({candidate.captioner for candidate in pool})
    ]


def yield_curve(pool: Sequence[Candidate], statistic: Statistic) -> list[dict[str, float]]:
    """How many videos would give a caption at each threshold."""
    best = [max(one.score(statistic) for one in of_one) for of_one in _by_video(pool)]
    return [
        {"threshold": threshold, "selected": sum(score >= threshold for score in best)}
        for threshold in THRESHOLDS
    ]


def against_paper(pool: Sequence[Candidate], config: SelectConfig) -> dict[str, int]:
    """What the two averages choose under the same policy, threshold and budget."""
    ours, theirs = (
        replace(config, statistic="mean_involved"),
        replace(config, statistic="mean_paper"),
    )
    involved, paper = ({one.caption for one in choose(pool, each)} for each in (ours, theirs))
    return {
        "both": len(involved & paper),
        "only_involved": len(involved - paper),
        "only_paper": len(paper - involved),
    }
