"""Who is preferred: win rates and Bradley-Terry strengths with ties, from votes between two.

Ties follow Davidson, "On extending the Bradley-Terry model to accommodate ties in paired comparison
experiments", JASA 65 (1970): for strengths p and a tie parameter v, of two players i and j

    P(i wins) = p_i / (p_i + p_j + v sqrt(p_i p_j)),   P(tie) = v sqrt(p_i p_j) / (...)

"Both bad" says that neither is better, so it counts as a tie here, and is reported apart.

Without a prior there is a finite maximum only if no group of players wins all its votes against the
rest (Hunter, "MM algorithms for generalized Bradley-Terry models", Annals of Statistics 32, 2004,
whose condition is Ford's), and few votes seldom see to that. So log p and log v have a wide normal
prior around 0.

Intervals come from a bootstrap over videos, because votes on one video are not independent. It is
blind where all videos agree: each draw is then the same. So no interval is narrower than if votes
were independent, as Angrist and Pischke advise for clustered errors (Mostly Harmless Econometrics,
2009, section 8.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Reason = Literal["no-votes"]

DRAWS: Final = 400
SPREAD: Final = 2.0
"""The prior's deviation: 19 of 20 players within a factor of 50 of the middle one."""
STEPS: Final = 200
CLOSE: Final = 1e-9
Z: Final = 1.959964
"""A normal variable is within so many deviations of its mean 95 % of the time."""


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
    reason: Reason | None
    """Why there is no win rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How strong a player is: the logarithm of the strength, the mean of all voted on being 0."""

    player: str
    votes: int
    strength: Interval | None
    win_rate: Interval | None
    reason: Reason | None
    """Why there is neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Players by falling strength; `tie` is Davidson's v.

    Two of equal strength tie with the probability v / (2 + v). It is None without votes.
    """

    standings: list[Standing]
    pairs: list[Pair]
    tie: float | None


def rank(tallies: Sequence[Tally], *, players: Sequence[str], seed: int = 0) -> Ranking:
    """Rank the players.

    For T tallies and P players it takes time for DRAWS * T additions and DRAWS fits, each of about
    ten steps of P**3, and memory for T + DRAWS * P**2 numbers.
    """
    if not players:
        return Ranking(standings=[], pairs=[], tie=None)
    table = _Table(tallies, players)
    wins_D, ties_D = table.resampled(seed)
    pairs = table.pairs(_pair_rates(wins_D, ties_D))
    votes = _totals(table.wins, table.ties)
    if not votes.any():
        standings = [_nobody(player) for player in sorted(players)]
        return Ranking(standings=standings, pairs=pairs, tie=None)
    rates, rates_D = _rates(table.wins, table.ties), _rates(wins_D, ties_D)
    strengths, tie = fit(table.wins, table.ties)
    strengths_D = np.where(np.isnan(rates_D), np.nan, fit(wins_D, ties_D)[0])
    errors = _errors(strengths, tie, table)
    standings = [
        Standing(
            player=player,
            votes=int(votes[at]),
            strength=_interval(strengths[at], strengths_D[:, at], Z * errors[at]),
            win_rate=_rate(rates[at], rates_D[:, at], votes[at]),
            reason=None,
        )
        if votes[at]
        else _nobody(player)
        for at, player in enumerate(players)
    ]
    standings.sort(key=_rank)
    return Ranking(standings=standings, pairs=pairs, tie=float(tie))


def fit(wins: Counts, ties: Counts, *, spread: float = SPREAD) -> tuple[Counts, Counts]:
    """Fit Davidson's model: log strengths (..., P), centred, and the tie parameters (...,).

    `wins[..., i, j]` counts i's wins over j, `ties` is symmetric; both (..., P, P), so that all the
    draws of a bootstrap are fitted at once. The model is log-linear, so its likelihood is concave,
    and Newton's steps, shortened as in Sun and Tran-Dinh, "Generalized self-concordant functions",
    Mathematical Programming 178 (2019), find its one maximum from anywhere.
    """
    games = wins + np.swapaxes(wins, -1, -2) + ties
    points = wins.sum(axis=-1) + ties.sum(axis=-1) / 2
    told = np.concatenate([points, ties.sum(axis=(-2, -1))[..., None] / 2], axis=-1)
    x = np.zeros(told.shape)
    for _ in range(STEPS):
        expected, curvature = _model(x, games, spread)
        slope = told - expected - x / spread**2
        step = np.linalg.solve(curvature, slope[..., None])[..., 0]
        length = 2 * np.abs(step).max(axis=-1, keepdims=True)
        if length.max() < CLOSE:
            break
        x += step * np.log1p(length) / np.maximum(length, CLOSE)
    return x[..., :-1], np.exp(x[..., -1])


def _model(x: Counts, games: Counts, spread: float) -> tuple[Counts, Counts]:
    """The points and ties to expect at x = (log p, log v), and the curvature there."""
    half = (x[..., :-1, None] - x[..., None, :-1]) / 2
    v = np.exp(x[..., -1])[..., None, None]
    total = np.exp(half) + np.exp(-half) + v
    win, tie = np.exp(half) / total, v / total
    point = win + tie / 2
    expected = np.concatenate(
        [(games * point).sum(axis=-1), (games * tie).sum(axis=(-2, -1))[..., None] / 2], axis=-1
    )
    alike = games * (win + tie / 4 - point**2)
    across = (games * tie * (0.5 - point)).sum(axis=-1)
    curvature = np.zeros((*x.shape, x.shape[-1]))
    curvature[..., :-1, :-1] = np.eye(len(alike[0])) * alike.sum(axis=-1)[..., None] - alike
    curvature[..., :-1, -1] = curvature[..., -1, :-1] = across
    curvature[..., -1, -1] = (games * tie * (1 - tie)).sum(axis=(-2, -1)) / 2
    return expected, curvature + np.eye(x.shape[-1]) / spread**2


def _errors(strengths: Counts, tie: Counts, table: "_Table") -> Counts:
    """The deviations of the strengths around their mean, were votes independent."""
    x = np.append(strengths, np.log(tie))
    _, curvature = _model(x, table.wins + table.wins.T + table.ties, SPREAD)
    voted = (_totals(table.wins, table.ties) > 0).astype(float)
    centre = np.diag(voted) - np.outer(voted, voted) / voted.sum()
    spread = centre @ np.linalg.inv(curvature)[:-1, :-1] @ centre
    errors: Counts = np.sqrt(np.maximum(spread.diagonal(), 0))
    return errors


class _Table:
    """The votes as matrices, in all and drawn anew; by video only where there are any."""

    def __init__(self, tallies: Sequence[Tally], players: Sequence[str]) -> None:
        self.players = list(players)
        place = {player: at for at, player in enumerate(players)}
        videos: dict[str, int] = {}
        rows = [
            (
                videos.setdefault(t.video, len(videos)),
                place[t.one],
                place[t.two],
                *(t.wins_one, t.wins_two, t.ties + t.both_bad, t.both_bad),
            )
            for t in tallies
        ]
        video, one, two, won, lost, tied, bad = np.array(rows, dtype=np.int64).reshape(-1, 7).T
        # Each tally twice, as either of the two sees it; a cell is a row and column of the matrix.
        self.video, self.videos = np.tile(video, 2), len(videos)
        self.cell = np.concatenate([one * len(place) + two, two * len(place) + one])
        self.won, self.tied = np.concatenate([won, lost]), np.tile(tied, 2)
        self.wins, self.ties, self.bad = map(self._matrix, (self.won, self.tied, np.tile(bad, 2)))

    def resampled(self, seed: int) -> tuple[Counts, Counts]:
        """The tables (D, P, P) of `DRAWS` sets of as many videos, drawn with replacement."""
        dice = np.random.default_rng(seed)
        wins, ties = (np.zeros((DRAWS, *self.wins.shape)) for _ in range(2))
        for draw in range(DRAWS if self.videos else 0):
            drawn = np.bincount(
                dice.integers(self.videos, size=self.videos), minlength=self.videos
            )[self.video]
            wins[draw], ties[draw] = map(self._matrix, (drawn * self.won, drawn * self.tied))
        return wins, ties

    def _matrix(self, count: NDArray[np.int64]) -> Counts:
        side = len(self.players)
        cells = np.bincount(self.cell, weights=count, minlength=side * side)
        return cells.astype(np.float64).reshape(side, side)

    def pairs(self, rates_D: Counts) -> list[Pair]:
        rates, votes = _pair_rates(self.wins, self.ties), self.wins + self.wins.T + self.ties
        return [
            Pair(
                one=self.players[i],
                two=self.players[j],
                wins_one=int(self.wins[i, j]),
                wins_two=int(self.wins[j, i]),
                ties=int(self.ties[i, j] - self.bad[i, j]),
                both_bad=int(self.bad[i, j]),
                win_rate=_rate(rates[i, j], rates_D[:, i, j], votes[i, j]),
                reason=None if votes[i, j] else "no-votes",
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


def _rate(rate: float, draws: Counts, votes: float) -> Interval | None:
    """A share with its interval, at least Wilson's, which stays within 0 and 1."""
    if not votes:
        return None
    shrunk = 1 + Z**2 / votes
    centre = (rate + Z**2 / (2 * votes)) / shrunk
    reach = Z * np.sqrt(rate * (1 - rate) / votes + Z**2 / (4 * votes**2)) / shrunk
    low, high = _percentiles(draws)
    return Interval(
        value=float(rate),
        low=float(max(min(low, centre - reach), 0)),
        high=float(min(max(high, centre + reach), 1)),
    )


def _interval(value: float, draws: Counts, reach: float) -> Interval:
    low, high = _percentiles(draws)
    return Interval(
        value=float(value), low=float(min(low, value - reach)), high=float(max(high, value + reach))
    )


def _percentiles(draws: Counts) -> tuple[float, float]:
    """The middle 95 % of the draws; those in which nobody voted say nothing."""
    low, high = np.quantile(draws[~np.isnan(draws)], (0.025, 0.975))
    return float(low), float(high)


def _nobody(player: str) -> Standing:
    return Standing(player=player, votes=0, strength=None, win_rate=None, reason="no-votes")


def _rank(standing: Standing) -> tuple[float, str]:
    strength = standing.strength
    return (-strength.value if strength else np.inf, standing.player)
