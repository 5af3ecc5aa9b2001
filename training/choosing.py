"""The policies: which of the scored captions a captioner is to learn, at most one a video.

All of them are one walk over the candidates in an order of the policy's own. A candidate is taken
unless its video has one, its captioner has as many as it may, or there are enough. So a policy is
its order, and O(n log n) for n candidates.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np

from scorer.rubric import Dimension
from scorer.tables import Floats

Policy = Literal["threshold", "best", "random", "balanced", "precision"]
Statistic = Literal["mean_involved", "mean_paper"]
ROUNDS: Final = 64
STEP: Final = 0.5
"""Of the weights of dimensions, in levels."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SelectConfig:
    """How to choose.

    - `threshold` takes each video's best caption if it is good enough.
    - `best` takes it anyway.
    - `random` takes any: what the others must beat.
    - `balanced` does as `threshold`, but what is best counts the dimensions so that the one which
      gains least over the pool gains as much as it can: see `balance`.
    - `precision` does as `threshold`, with the lowest threshold above which at least `precision` of
      the captions are good by people's own ratings: see `training.precision`.
    """

    policy: Policy = "threshold"
    statistic: Statistic = "mean_involved"
    threshold: float = 3.5
    precision: float = 0.8
    good: float = 3.5
    """People's mean from which on a caption counts as good."""

    budget: int | None = None
    """At most so many captions, the best first."""

    per_captioner: int | None = None
    """At most so many of one captioner, the best first; a video may then give its second best."""

    seed: int = 0

    def __post_init__(self) -> None:
        if self.policy not in get_args(Policy):
            raise ValueError(f"no policy is called {self.policy!r}")
        if self.statistic not in get_args(Statistic):
            raise ValueError(f"no statistic is called {self.statistic!r}")
        for name in ("threshold", "good"):
            if not 0 <= getattr(self, name) <= 5:  # noqa: PLR2004 - the scale
                raise ValueError(f"{name} ({getattr(self, name)}) is not on the scale from 0 to 5")
        if not 0 < self.precision <= 1:
            raise ValueError(f"precision ({self.precision}) is no share of the captions")
        for name in ("budget", "per_captioner"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} ({value}) must be positive")


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen, in the order of the videos, and why videos have nothing in it."""

    chosen: list[Candidate]
    below: int
    """Videos none of whose captions is good enough."""
    over: int
    """Videos that have good captions, all of captioners that had as many as they may."""
    beyond: int
    """Videos that came when there were enough."""


Order = Callable[[Candidate], tuple[Any, int]]


def choose(pool: Sequence[Candidate], config: SelectConfig) -> Choice:
    """Ties go to the lower caption id."""
    good = [one for one in pool if _good_enough(one, config)]
    taken: dict[str, Candidate] = {}
    full: set[str] = set()
    beyond: set[str] = set()
    of_captioner: Counter[str] = Counter()
    for one in sorted(good, key=_order(pool, config)):
        if one.video in taken:
            continue
        if config.per_captioner and of_captioner[one.captioner] == config.per_captioner:
            full.add(one.video)
        elif config.budget and len(taken) == config.budget:
            beyond.add(one.video)
        else:
            taken[one.video] = one
            of_captioner[one.captioner] += 1
    return Choice(
        chosen=[taken[video] for video in sorted(taken)],
        below=len({one.video for one in pool} - {one.video for one in good}),
        over=len(full - beyond - taken.keys()),
        beyond=len(beyond),
    )


def _good_enough(one: Candidate, config: SelectConfig) -> bool:
    free = config.policy in ("best", "random")
    return free or one.score(config.statistic) >= config.threshold


def _order(pool: Sequence[Candidate], config: SelectConfig) -> Order:
    if config.policy == "random":
        return _shuffled(config.seed)
    if config.policy == "balanced":
        weights = balance([one for one in pool if _good_enough(one, config)])
        return lambda one: (-_weighted(one, weights), one.caption)
    return lambda one: (-one.score(config.statistic), one.caption)


def _shuffled(seed: int) -> Order:
    """An order by chance in which a caption keeps its place when others come or go."""

    def order(one: Candidate) -> tuple[Any, int]:
        return hashlib.sha256(f"{seed}:{one.caption}".encode()).digest(), one.caption

    return order


# --- Balance ----------------------------------------------------------------------------------


def balance(pool: Sequence[Candidate]) -> dict[Dimension, float]:
    """Weights of the dimensions under which each video's best caption serves all of them.

    A dimension's gain is the mean level of what is chosen less that of the pool. The weights are
    those of a game in which one side chooses captions and the other the dimension with the least
    gain, by multiplicative weights (Freund and Schapire 1999): the mean over `ROUNDS` rounds. Where
    a dimension is not involved, a caption counts as the pool's mean. O(n log n) a round.
    """
    if not pool:
        return dict.fromkeys(Dimension, 1 / len(Dimension))
    gain_ND, video_N = _gains(pool)
    log_weight_D = np.zeros(len(Dimension))
    sum_D = np.zeros(len(Dimension))
    for _ in range(ROUNDS):
        weight_D = np.exp(log_weight_D - log_weight_D.max())
        weight_D /= weight_D.sum()
        sum_D += weight_D
        log_weight_D -= STEP * gain_ND[_best_of_each(gain_ND @ weight_D, video_N)].mean(axis=0)
    return dict(zip(Dimension, (sum_D / ROUNDS).tolist(), strict=True))


def _gains(pool: Sequence[Candidate]) -> tuple[Floats, np.ndarray[Any, Any]]:
    """Levels (N, D) about their means, and each candidate's video as a number."""
    rows = [[one.levels.get(dimension) for dimension in Dimension] for one in pool]
    level_ND = np.array(rows, dtype=np.float64)  # None becomes NaN
    known_ND = np.isfinite(level_ND)
    total_D = np.where(known_ND, level_ND, 0.0).sum(axis=0)
    mean_D = total_D / np.maximum(known_ND.sum(axis=0), 1)
    _, video_N = np.unique([one.video for one in pool], return_inverse=True)
    return np.where(known_ND, level_ND - mean_D, 0.0), video_N


def _best_of_each(value_N: Floats, video_N: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The place of the largest value of each video; of equal ones the first."""
    order_N = np.lexsort((-value_N, video_N))
    first_N = np.ones(len(order_N), dtype=bool)
    first_N[1:] = video_N[order_N][1:] != video_N[order_N][:-1]
    places: np.ndarray[Any, Any] = order_N[first_N]
    return places


def _weighted(one: Candidate, weights: Mapping[Dimension, float]) -> float:
    """The mean of its involved levels by these weights."""
    known = [(weights[d], level) for d, level in one.levels.items() if level is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * level for weight, level in known) / total if total else 0.0


# --- What the others would have chosen ----------------------------------------------------------


def best_of_each(pool: Iterable[Candidate], statistic: Statistic) -> dict[str, float]:
    """The best score of each video."""
    best: dict[str, float] = {}
    for one in pool:
        best[one.video] = max(one.score(statistic), best.get(one.video, 0.0))
    return best
