"""Each figure is that of an independent library, or of a sum done by hand."""

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score, f1_score

from scorer.evaluation import figures
from scorer.evaluation.columns import Column, one_against_the_others


@pytest.fixture
def column() -> Column:
    dice = np.random.default_rng(5)
    predicted = dice.dirichlet(np.full(6, 0.6), size=200)
    votes = np.stack([dice.multinomial(3, 0.5 * p + 0.5 / 6) for p in predicted]).astype(float)
    return Column(predicted, votes, np.repeat(np.arange(50), 4))


def of(predicted: list[list[float]], votes: list[list[float]]) -> Column:
    return Column(np.array(predicted), np.array(votes), np.zeros(len(votes), dtype=np.int64))


def sure(*levels: int) -> list[list[float]]:
    return np.eye(6)[list(levels)].tolist()


def both_sides(column: Column) -> tuple[np.ndarray, np.ndarray]:
    votes, predicted = column.votes_N6, column.predicted_N6
    kept = votes[:, 1:].sum(axis=1) * 2 >= votes.sum(axis=1)
    scale = np.arange(1, 6)
    level = predicted[kept, 1:] @ scale / predicted[kept, 1:].sum(axis=1)
    return level, votes[kept, 1:] @ scale / votes[kept, 1:].sum(axis=1)


def test_correlations_are_scipys(column: Column) -> None:
    level, human = both_sides(column)
    assert figures.srcc(column) == pytest.approx(stats.spearmanr(level, human).statistic)
    assert figures.plcc(column) == pytest.approx(stats.pearsonr(level, human).statistic)
    assert figures.tau_b(column) == pytest.approx(stats.kendalltau(level, human).statistic)
    assert figures.mae(column) == pytest.approx(np.abs(level - human).mean())


def test_kappa_and_f1_are_scikit_learns(column: Column) -> None:
    level, human = both_sides(column)
    kappa = cohen_kappa_score(np.rint(level), np.rint(human), weights="quadratic")
    assert figures.qwk(column) == pytest.approx(kappa)
    said = column.predicted_N6[:, 0] <= 0.5
    meant = column.votes_N6[:, 0] <= 1.5
    assert figures.f1_involved(column) == pytest.approx(f1_score(meant, said))
    assert figures.f1_not_involved(column) == pytest.approx(f1_score(~meant, ~said))


def test_calibration_is_the_gap_between_confidence_and_share() -> None:
    certain, unsure = [0, 0, 0, 0, 0.05, 0.95], [0, 0.55, 0.45, 0, 0, 0]
    votes = [[0, 0, 0, 0, 0, 2], [0, 0, 0, 0, 1, 1], [0, 2, 0, 0, 0, 0]]
    found = figures.ece(of([certain, certain, unsure], votes))
    assert found == pytest.approx((2 * abs(0.95 - 0.75) + abs(0.55 - 1)) / 3)


def test_pairs_and_regret_by_hand() -> None:
    level, human = np.array([4.0, 4.0, 2.0, 1.9]), np.array([5.0, 3.0, 3.0, 1.0])
    found = figures.of_videos(level, human, np.array([0, 0, 0, 1]), 2)
    # 5 against 3: alike, half right; 5 against 3: right; 3 against 3: people see no difference.
    assert found["pairs"].tolist() == [[1.5, 2.0], [0.0, 0.0]]
    # In three ways: alike is wrong, higher is right, higher is wrong where people say alike.
    assert found["pairs_with_ties"].tolist() == [[1.0, 3.0], [0.0, 0.0]]
    assert found["regret"][0].tolist() == [5.0 - (5 + 3) / 2, 1.0]
    assert found["regret_random"][0] == pytest.approx([5.0 - 11 / 3, 1.0])
    assert found["regret"][1].tolist() == [0.0, 0.0]  # with one caption there is no choice


@pytest.mark.parametrize("figure", [figures.srcc, figures.plcc, figures.tau_b, figures.qwk])
def test_is_undefined_where_nothing_varies(figure: figures.Figure) -> None:
    assert np.isnan(figure(of(sure(3, 3, 3), sure(3, 3, 3))))
    assert np.isnan(figure(of(sure(0, 0, 0), sure(1, 2, 3))))  # never involved: there is no level


@pytest.mark.parametrize("figure", figures.OF_ROWS.values())
def test_of_nothing_is_undefined(figure: figures.Figure) -> None:
    nothing = Column(np.empty((0, 6)), np.empty((0, 6)), np.empty(0, dtype=np.int64))
    assert np.isnan(figure(nothing))


def test_the_ceiling_takes_one_vote_out(column: Column) -> None:
    people = one_against_the_others(column, seed=0)
    assert (people.predicted_N6.sum(axis=1) == 1).all()
    assert (people.predicted_N6.max(axis=1) == 1).all()
    assert (people.votes_N6 + people.predicted_N6 == column.votes_N6).all()
    lonely = Column(column.predicted_N6, np.eye(6)[column.votes_N6.argmax(1)], column.video_N)
    assert len(one_against_the_others(lonely, seed=0)) == 0


def test_the_lot_falls_on_each_vote_alike() -> None:
    column = of([[0.0] * 5 + [1.0]] * 3000, [[0, 1, 0, 0, 2, 0]] * 3000)
    drawn = one_against_the_others(column, seed=1).predicted_N6.mean(axis=0)
    assert drawn == pytest.approx([0, 1 / 3, 0, 0, 2 / 3, 0], abs=0.03)
