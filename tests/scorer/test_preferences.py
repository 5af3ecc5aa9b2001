"""Win rates and strengths, against arithmetic by hand, scipy, and votes whose law is known."""

import numpy as np
import pytest
from scipy.optimize import minimize

from scorer.preferences import Tally, fit, rank

WINS = np.array([[0, 8, 5], [3, 0, 6], [1, 4, 0]], float)
TIES = np.array([[0, 4, 2], [4, 0, 7], [2, 7, 0]], float)


def likelihood(strengths, tie, wins, ties):
    p = np.exp(strengths)
    root = np.sqrt(np.outer(p, p))
    total = p[:, None] + p[None, :] + tie * root
    off = ~np.eye(len(p), dtype=bool)
    won = (wins * np.log(p[:, None] / total))[off].sum()
    return won + (ties * np.log(tie * root / total))[off].sum() / 2


def votes(law, dice, *, videos=60, each=4):
    """Votes of players "a", "b", "c" with these strengths and tie parameter."""
    (p, tie), names, said = law, "abc", []
    for video in range(videos):
        for i, j in ((0, 1), (0, 2), (1, 2)):
            root = tie * np.sqrt(p[i] * p[j])
            chances = np.array([p[i], p[j], root]) / (p[i] + p[j] + root)
            one, two, ties = dice.multinomial(each, chances)
            said.append(
                Tally(video=str(video), one=names[i], two=names[j], wins_one=int(one),
                      wins_two=int(two), ties=int(ties))
            )  # fmt: skip
    return said


class TestFit:
    def test_finds_the_maximum_that_scipy_finds(self):
        def loss(x):
            return -likelihood(np.array([x[0], x[1], -x[0] - x[1]]), np.exp(x[2]), WINS, TIES)

        best = minimize(loss, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-9})
        strengths, tie = fit(WINS, TIES, prior=0)
        assert strengths[:2] == pytest.approx(best.x[:2], abs=1e-4)
        assert tie == pytest.approx(np.exp(best.x[2]), rel=1e-4)

    def test_of_two_players_is_plain_arithmetic(self):
        # p and 1/p with 9 wins against 4 and no ties: p / (1/p) = 9 / 4.
        strengths, tie = fit(np.array([[0, 9], [4, 0]], float), np.zeros((2, 2)), prior=1e-12)
        assert np.exp(strengths[0] - strengths[1]) == pytest.approx(9 / 4, rel=1e-6)
        assert tie == pytest.approx(0, abs=1e-6)

    def test_fits_a_stack_as_each_by_itself(self):
        strengths, ties = fit(np.stack([WINS, WINS.T]), np.stack([TIES, TIES]))
        for at, wins in enumerate((WINS, WINS.T)):
            alone, tie = fit(wins, TIES)
            assert strengths[at] == pytest.approx(alone, abs=1e-6)
            assert ties[at] == pytest.approx(float(tie), abs=1e-6)

    def test_who_never_lost_is_not_infinitely_strong(self):
        strengths, _ = fit(np.array([[0, 50], [0, 0]], float), np.zeros((2, 2)))
        assert np.isfinite(strengths).all()
        assert strengths[0] > 1

    def test_does_not_mind_in_which_order_players_stand(self):
        order = [2, 0, 1]
        turned, _ = fit(WINS[np.ix_(order, order)], TIES[np.ix_(order, order)])
        assert turned == pytest.approx(fit(WINS, TIES)[0][order], abs=1e-6)


class TestRank:
    def test_recovers_the_law_that_the_votes_follow(self):
        law = (np.array([2.0, 1.0, 0.5]), 0.6)
        ranking = rank(votes(law, np.random.default_rng(3)), players="abc")
        assert [one.player for one in ranking.standings] == ["a", "b", "c"]
        assert ranking.tie == pytest.approx(0.6, abs=0.15)
        for found, strength in zip(ranking.standings, law[0], strict=True):
            assert found.strength.low < np.log(strength) < found.strength.high
            assert found.strength.high - found.strength.low < 0.5

    def test_counts_ties_as_halves_and_tells_both_bad_apart(self):
        said = [
            Tally(video="1", one="a", two="b", wins_one=3, ties=1),
            Tally(video="2", one="b", two="a", wins_one=2, both_bad=2),
        ]
        (pair,) = rank(said, players=["a", "b"]).pairs
        assert (pair.wins_one, pair.wins_two, pair.ties, pair.both_bad) == (3, 2, 1, 2)
        assert pair.win_rate.value == pytest.approx((3 + 1.5) / 8)

    def test_says_nothing_of_who_has_no_vote(self):
        ranking = rank([Tally(video="1", one="a", two="b", wins_one=1)], players="abc")
        nobody = ranking.standings[-1]
        assert (nobody.player, nobody.votes, nobody.strength, nobody.win_rate) == (
            "c", 0, None, None,
        )  # fmt: skip

    def test_of_no_votes_is_empty_and_no_error(self):
        ranking = rank([], players="ab")
        assert ranking.tie is None
        assert [one.strength for one in ranking.standings] == [None, None]

    def test_of_nobody_is_empty(self):
        assert rank([], players=[]).standings == []

    def test_intervals_cover_as_often_as_they_say(self):
        law = (np.array([1.5, 1.0, 0.8]), 0.4)
        true = np.log(law[0]) - np.log(law[0]).mean()
        covered = []
        for seed in range(40):
            ranking = rank(votes(law, np.random.default_rng(seed)), players="abc", seed=seed)
            found = {one.player: one.strength for one in ranking.standings}
            covered += [
                found[name].low < value < found[name].high
                for name, value in zip("abc", true, strict=True)
            ]
        assert 0.88 <= np.mean(covered) <= 1

    def test_is_the_same_each_time(self):
        said = votes((np.array([2.0, 1.0, 0.5]), 0.6), np.random.default_rng(3), videos=8)
        assert rank(said, players="abc") == rank(said, players="abc")
