"""Who is preferred: win rates and Bradley-Terry strengths with ties, from votes between two.

Ties follow Davidson, "On extending the Bradley-Terry model to accommodate ties in paired comparison
experiments", JASA 65 (1970): for strengths p and a tie parameter v, of two players i and j

    P(i wins) = p_i / (p_i + p_j + v sqrt(p_i p_j)),   P(tie) = v sqrt(p_i p_j) / (...)

"Both bad" says that neither is better, so it counts as a tie here, and is reported apart. Intervals
come from a bootstrap over videos: votes on one video are not independent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]

DRAWS: Final = 400
PRIOR: Final = 0.1
"""Imaginary ties between each pair: who has won every vote is strong, and not infinitely so."""
STEPS: Final = 200
CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes between two players on one video."""

    video: str
    one: str
    two: str
    wins_one: int = 0
    wins_two: int = 0
    ties: int = 0
    both_bad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How two players did against each other. `win_rate` is `one`'s; a tie is half a win."""

    one: str
    two: str
    wins_one: int
    wins_two: int
    ties: int
    both_bad: int
    win_rate: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How strong a player is: the logarithm of the strength, the mean of all players being 0."""

    player: str
    votes: int
    strength: Interval | None
    win_rate: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Players by falling strength; `tie` is Davidson's v, 0 where nobody ever ties."""

    standings: list[Standing]
    pairs: list[Pair]
    tie: float | None


def rank(tallies: Sequence[Tally], *, players: Sequence[str], seed: int = 0) -> Ranking:
    """Rank the players. The cost is that of `DRAWS` fits of players x players."""
    if not players:
        return Ranking(standings=[], pairs=[], tie=None)
    table = _Table(tallies, players)
    strengths, tie = fit(table.wins, table.ties)
    wins_D, ties_D = table.resampled(seed)
    strengths_D, _ = fit(wins_D, ties_D)
    votes, rates, rates_D = (
        _totals(table.wins, table.ties),
        _rates(table.wins, table.ties),
        _rates(wins_D, ties_D),
    )
    standings = [
        Standing(
            player=player,
            votes=int(votes[at]),
            strength=_interval(strengths[at], strengths_D[:, at]) if votes[at] else None,
            win_rate=_interval(rates[at], rates_D[:, at]),
        )
        for at, player in enumerate(players)
    ]
    standings.sort(key=lambda one: (one.strength is None, -_value(one.strength), one.player))
    return Ranking(
        standings=standings,
        pairs=table.pairs(wins_D, ties_D),
        tie=float(tie) if votes.any() else None,
    )


def fit(wins: Counts, ties: Counts, *, prior: float = PRIOR) -> tuple[Counts, Counts]:
    """Fit Davidson's model: log strengths (..., P), centred, and the tie parameters (...,).

    `wins[..., i, j]` counts i's wins over j, `ties` is symmetric; both (..., P, P), so that all the
    draws of a bootstrap are fitted at once. Minorisation as in Hunter, "MM algorithms for
    generalized Bradley-Terry models", Annals of Statistics 32 (2004): the likelihood rises with
    each step.
    """
    ties = ties + prior * (1 - np.eye(ties.shape[-1]))
    points = wins.sum(axis=-1) + ties.sum(axis=-1) / 2
    games = wins + np.swapaxes(wins, -1, -2) + ties
    tied = ties.sum(axis=(-2, -1))
    p, v = np.ones(points.shape), np.ones(tied.shape)
    for _ in range(STEPS):
        before = p
        # The root of p_i p_j lies below its tangent in p_i: that makes the step linear.
        slope = 1 + v[..., None, None] * np.sqrt(p[..., None, :] / p[..., :, None]) / 2
        p = points / (games / _total(p, v) * slope).sum(axis=-1)
        p /= np.exp(np.log(p).mean(axis=-1, keepdims=True))
        v = tied / (games / _total(p, v) * _root(p)).sum(axis=(-2, -1))
        if np.abs(np.log(p / before)).max() < CLOSE:
            break
    return np.log(p), v


def _root(p: Counts) -> Counts:
    return np.sqrt(p[..., :, None] * p[..., None, :])


def _total(p: Counts, v: Counts) -> Counts:
    """The denominators: what a win of either and a tie add up to."""
    return p[..., :, None] + p[..., None, :] + v[..., None, None] * _root(p)


class _Table:
    """The votes as matrices, per video and in all."""

    def __init__(self, tallies: Sequence[Tally], players: Sequence[str]) -> None:
        self.players = list(players)
        place = {player: at for at, player in enumerate(players)}
        videos = {video: at for at, video in enumerate(sorted({t.video for t in tallies}))}
        shape = (len(videos), len(place), len(place))
        self.wins_V, self.ties_V, self.bad_V = (np.zeros(shape) for _ in range(3))
        for tally in tallies:
            at, one, two = videos[tally.video], place[tally.one], place[tally.two]
            self.wins_V[at, one, two] += tally.wins_one
            self.wins_V[at, two, one] += tally.wins_two
            for i, j in ((one, two), (two, one)):
                self.ties_V[at, i, j] += tally.ties + tally.both_bad
                self.bad_V[at, i, j] += tally.both_bad
        self.wins, self.ties = self.wins_V.sum(axis=0), self.ties_V.sum(axis=0)

    def resampled(self, seed: int) -> tuple[Counts, Counts]:
        """The tables (D, P, P) of `DRAWS` sets of as many videos, drawn with replacement."""
        count = len(self.wins_V)
        if not count:
            nothing = np.zeros((DRAWS, *self.wins.shape))
            return nothing, nothing
        dice = np.random.default_rng(seed)
        weights_DV = dice.multinomial(count, np.full(count, 1 / count), size=DRAWS)
        return (
            np.tensordot(weights_DV, self.wins_V, axes=1),
            np.tensordot(weights_DV, self.ties_V, axes=1),
        )

    def pairs(self, wins_D: Counts, ties_D: Counts) -> list[Pair]:
        bad = self.bad_V.sum(axis=0)
        rates, rates_D = _pair_rates(self.wins, self.ties), _pair_rates(wins_D, ties_D)
        return [
            Pair(
                one=self.players[i],
                two=self.players[j],
                wins_one=int(self.wins[i, j]),
                wins_two=int(self.wins[j, i]),
                ties=int(self.ties[i, j] - bad[i, j]),
                both_bad=int(bad[i, j]),
                win_rate=_interval(rates[i, j], rates_D[:, i, j]),
            )
            for i in range(len(self.players))
            for j in range(i + 1, len(self.players))
        ]


def _share(points: Counts, votes: Counts) -> Counts:
    share: Counts = np.divide(points, votes, out=np.full(votes.shape, np.nan), where=votes > 0)
    return share


def _pair_rates(wins: Counts, ties: Counts) -> Counts:
    """Each player's share of wins over each other, (..., P, P), NaN without a vote."""
    return _share(wins + ties / 2, wins + np.swapaxes(wins, -1, -2) + ties)


def _totals(wins: Counts, ties: Counts) -> Counts:
    total: Counts = wins.sum(axis=-1) + wins.sum(axis=-2) + ties.sum(axis=-1)
    return total


def _rates(wins: Counts, ties: Counts) -> Counts:
    """Each player's share of wins over all others, (..., P), NaN without a vote."""
    return _share(wins.sum(axis=-1) + ties.sum(axis=-1) / 2, _totals(wins, ties))


def _interval(value: np.float64, draws: Counts) -> Interval | None:
    """The percentile interval; draws in which nobody voted say nothing."""
    said = draws[~np.isnan(draws)]
    if np.isnan(value) or not said.size:
        return None
    low, high = np.quantile(said, (0.025, 0.975))
    return Interval(value=float(value), low=float(low), high=float(high))


def _value(interval: Interval | None) -> float:
    return interval.value if interval else 0.0
