"""The stage that chooses, for each training video, the caption that the captioner will learn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from scorer import metrics, snapshot
from scorer.levels import Score
from scorer.rubric import Dimension
from scorer.snapshot import Snapshot
from training import jsonl
from training.choosing import (
    Candidate,
    Choice,
    SelectConfig,
    Statistic,
    best_of_each,
    choose,
)
from training.journal import Journal, Workspace
from training.precision import Rated, Trusted, human_mean, trusted
from training.scoring import EDGES, SCORES, histogram

SELECTION: Final = "selection.jsonl"
THRESHOLDS: Final = tuple(1 + step / 4 for step in range(17))


def select(work: Workspace, config: SelectConfig, journal: Journal) -> dict[str, Any]:
    """Leaves `selection.jsonl`. Videos held out for testing are never chosen from."""
    frozen = snapshot.read(work.snapshot)
    train = frozen.of_split("train")
    texts = {caption.id: caption.text for captions in train.values() for caption in captions}
    vouched = _vouched(work, frozen, config) if config.policy == "precision" else None
    if vouched is not None:
        config = replace(config, threshold=vouched.threshold)
    pool = [one for one in _candidates(work) if one.caption in texts]
    choice = choose(pool, config)
    jsonl.write(work.out / SELECTION, (_line(one, texts, config) for one in choice.chosen))
    journal.progress(1, 1, "selected")
    return _summary(pool, choice, config) | {"vouched": vouched and vouched.as_json()}


def _vouched(work: Workspace, frozen: Snapshot, config: SelectConfig) -> Trusted:
    """The threshold by the ratings of captions that taught nothing."""
    held_out = {
        example.caption.id: human_mean(example.votes)
        for examples in frozen.examples("test").values()
        for example in examples
    }
    rated = [
        Rated(one.score(config.statistic), human)
        for one in _candidates(work)
        if (human := held_out.get(one.caption)) is not None
    ]
    return trusted(rated, good=config.good, wished=config.precision)


def _candidates(work: Workspace) -> Iterator[Candidate]:
    for line in jsonl.read(work.parents["score"] / SCORES):
        score = Score({Dimension(d): tuple(p) for d, p in line["probabilities"].items()})
        yield Candidate(
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


def _summary(pool: Sequence[Candidate], choice: Choice, config: SelectConfig) -> dict[str, Any]:
    best = best_of_each(pool, config.statistic)
    return {
        "policy": config.policy,
        "statistic": config.statistic,
        "threshold": config.threshold,
        "pool_videos": len(best),
        "selected": len(choice.chosen),
        "left_out": {"below": choice.below, "over": choice.over, "beyond": choice.beyond},
        "per_captioner": _shares(pool, choice.chosen),
        "per_dimension": _by_dimension(pool, choice.chosen),
        "histogram": {
            "edges": list(EDGES),
            "pool": histogram([one.score(config.statistic) for one in pool]),
            "selected": histogram([one.score(config.statistic) for one in choice.chosen]),
        },
        "yield_curve": yield_curve(best.values()),
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


def _by_dimension(pool: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[dict[str, Any]]:
    """The mean levels of the pool and of what was chosen, and how often each is involved there."""
    return [
        {
            "dimension": dimension,
            "pool": metrics.mean_of(one.levels.get(dimension) for one in pool),
            "selected": metrics.mean_of(one.levels.get(dimension) for one in chosen),
            "involved": sum(one.levels.get(dimension) is not None for one in chosen),
        }
        for dimension in Dimension
    ]


def yield_curve(best: Iterable[float]) -> list[dict[str, float]]:
    """How many videos would give a caption at each threshold, by the best score of each."""
    scores = list(best)
    return [
        {"threshold": threshold, "selected": sum(score >= threshold for score in scores)}
        for threshold in THRESHOLDS
    ]


def against_paper(pool: Sequence[Candidate], config: SelectConfig) -> dict[str, int]:
    """What the two averages choose under the same policy, threshold and budget."""
    statistics: tuple[Statistic, Statistic] = ("mean_involved", "mean_paper")
    involved, paper = (
        {one.caption for one in choose(pool, replace(config, statistic=statistic)).chosen}
        for statistic in statistics
    )
    return {
        "both": len(involved & paper),
        "only_involved": len(involved - paper),
        "only_paper": len(paper - involved),
    }
