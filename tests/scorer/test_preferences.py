"""Win rates and strengths, against arithmetic by hand, scipy, and votes whose law is known."""

import numpy as np
import pytest
from scipy.optimize import minimize

from scorer.preferences import SPREAD, Tally, fit, rank

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
            return x @ x / (2 * SPREAD**2) - likelihood(x[:3], np.exp(x[3]), WINS, TIES)

        precise = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 10_000, "maxfev": 10_000}
        best = minimize(loss, np.zeros(4), method="Nelder-Mead", options=precise)
        strengths, tie = fit(WINS, TIES)
        assert strengths == pytest.approx(best.x[:3], abs=1e-5)
        assert tie == pytest.approx(np.exp(best.x[3]), rel=1e-5)

    @pytest.mark.parametrize(("won", "lost", "tied"), [(9, 4, 6), (5, 5, 10), (30, 1, 2)])
    def test_of_two_players_is_plain_arithmetic(self, won, lost, tied):
        # Two players and three outcomes: the model can meet each share of votes exactly.
        strengths, tie = fit(
            np.array([[0, won], [lost, 0]], float), np.array([[0, tied], [tied, 0]], float),
            spread=1e6,
        )  # fmt: skip
        assert np.exp(strengths[0] - strengths[1]) == pytest.approx(won / lost)
        assert tie == pytest.approx(tied / np.sqrt(won * lost))

    def test_fits_a_stack_as_each_by_itself(self):
        strengths, ties = fit(np.stack([WINS, WINS.T]), np.stack([TIES, TIES]))
        for at, wins in enumerate((WINS, WINS.T)):
            alone, tie = fit(wins, TIES)
            assert strengths[at] == pytest.approx(alone)
            assert ties[at] == pytest.approx(float(tie))

    @pytest.mark.parametrize("votes", [1, 50, 10**6])
    def test_who_never_lost_is_not_infinitely_strong(self, votes):
        wins = np.triu(np.full((6, 6), float(votes)), 1)
        strengths, tie = fit(wins, np.zeros((6, 6)))
        assert np.isfinite(strengths).all()
        assert (np.diff(strengths) < 0).all()
        assert strengths == pytest.approx(-strengths[::-1])
        assert strengths.sum() == pytest.approx(0, abs=1e-6)
        assert tie > 0

    def test_of_ties_alone_is_finite_and_level(self):
        strengths, tie = fit(np.zeros((2, 2)), np.array([[0, 9], [9, 0]], float))
        assert strengths == pytest.approx([0, 0], abs=1e-9)
        assert 5 < tie < 100

    def test_does_not_mind_in_which_order_players_stand(self):
        order = [2, 0, 1]
        turned, _ = fit(WINS[np.ix_(order, order)], TIES[np.ix_(order, order)])
        assert turned == pytest.approx(fit(WINS, TIES)[0][order])

    def test_turns_its_sign_when_all_votes_are_turned(self):
        assert fit(WINS.T, TIES)[0] == pytest.approx(-fit(WINS, TIES)[0])


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

    def test_says_nothing_of_who_has_no_vote_and_why(self):
        ranking = rank([Tally(video="1", one="a", two="b", wins_one=1)], players="abc")
        nobody = ranking.standings[-1]
        assert (nobody.player, nobody.votes, nobody.strength, nobody.win_rate, nobody.reason) == (
            "c", 0, None, None, "no-votes",
        )  # fmt: skip
        assert [pair.reason for pair in ranking.pairs] == [None, "no-votes", "no-votes"]
        assert ranking.standings[0].strength.value == pytest.approx(
            -ranking.standings[1].strength.value
        )

    def test_is_not_sure_of_a_few_votes_that_agree(self):
        said = [Tally(video=str(video), one="a", two="b", wins_one=1) for video in range(3)]
        ranking = rank(said, players="ab")
        (pair,) = ranking.pairs
        # Wilson's interval of three out of three, by hand: 3 / (3 + 1.96**2).
        assert (pair.win_rate.low, pair.win_rate.high) == (pytest.approx(0.4385, abs=1e-4), 1)
        assert ranking.standings[0].strength.low < 0 < ranking.standings[0].strength.high

    def test_is_less_sure_where_votes_come_in_clusters(self):
        """Twelve videos whose ten votes agree are no hundred and twenty opinions."""
        said = [
            Tally(
                video=str(video), one="a", two="b", **{f"wins_{'one' if video % 3 else 'two'}": 10}
            )
            for video in range(12)
        ]
        spread = [
            Tally(
                video=str(video), one="a", two="b", **{f"wins_{'one' if video % 3 else 'two'}": 1}
            )
            for video in range(120)
        ]
        clustered, single = (rank(votes, players="ab") for votes in (said, spread))
        assert clustered.standings[0].strength.value == single.standings[0].strength.value
        wide, narrow = (
            one.standings[0].strength.high - one.standings[0].strength.low
            for one in (clustered, single)
        )
        assert wide > 2 * narrow

    def test_is_unsure_across_players_whom_no_vote_connects(self):
        def widths(meetings):
            said = [
                Tally(video=str(video), one=one, two=two, wins_one=video % 2, wins_two=1)
                for video in range(100)
                for one, two in meetings
            ]
            standings = rank(said, players="abcd").standings
            return [one.strength.high - one.strength.low for one in standings]

        assert max(widths(("ab", "bc", "cd"))) < 1.5
        assert min(widths(("ab", "cd"))) > 3

    def test_does_not_mind_how_players_are_called(self):
        said = votes((np.array([2.0, 1.0, 0.5]), 0.6), np.random.default_rng(3), videos=8)
        turned = [
            Tally(video=t.video, one=t.two, two=t.one, wins_one=t.wins_two, wins_two=t.wins_one,
                  ties=t.ties) for t in said
        ]  # fmt: skip
        there, back = rank(said, players="abc"), rank(turned, players="cba")
        for one, other in zip(there.standings, back.standings, strict=True):
            assert one.player == other.player
            assert one.strength.value == pytest.approx(other.strength.value)
            assert one.strength.low == pytest.approx(other.strength.low)

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
