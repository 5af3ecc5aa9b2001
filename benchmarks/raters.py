"""Claim: the rater model is nearer to the truth than means if annotators are biased or spam.

    python -m benchmarks.raters [--items N] [--overlap N] [--seeds N]

And no worse with good ones, where nothing much can be won. Simulated crowds (`benchmarks.crowd`),
several mixes; ours beside plain mean and median and beside crowd-kit's aggregators of categories.
Those of crowd-kit that give probabilities are asked for the level to expect, which has a smaller
error than their single answer. The simulation draws noise and bias as our model assumes they are;
`benchmarks.fetv` shows what the model is worth on people.
"""

import argparse
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from crowdkit.aggregation import MACE, DawidSkene, MajorityVote, OneCoinDawidSkene
from scipy import stats

from benchmarks.crowd import Crowd, Mix, crowd
from scorer.raters import fit
from scorer.ratings import Ints, Ratings
from scorer.rubric import INVOLVED_LEVELS
from scorer.tables import Floats, applicability

MIXES: Final = {
    "all good": Mix(),
    "40 % biased": Mix(biased=0.4),
    "10 % spamming": Mix(spamming=0.1),
    "30 % spamming": Mix(spamming=0.3),
    "30 % biased, 20 % spamming": Mix(biased=0.3, spamming=0.2),
}
BASELINE: Final = "mean"
AGGREGATORS: Final[Mapping[str, Callable[[], Any]]] = {
    "crowd-kit Dawid-Skene": DawidSkene,
    "crowd-kit one-coin Dawid-Skene": OneCoinDawidSkene,
    "crowd-kit MACE": lambda: MACE(random_state=0),
}


def involvements(ratings: Ratings) -> dict[str, Floats]:
    """Of each method, how likely each item is involved."""
    counts = applicability(ratings).counts_IK
    theirs = expectations(ratings, ratings.level.clip(max=1), [0, 1])
    return {
        "rater model": fit(ratings).items.involved,
        BASELINE: counts[:, 1] / counts.sum(axis=1),
        **theirs,
    }


def levels_of(ratings: Ratings) -> dict[str, Floats]:
    """Of each method, the level of each item that was given one."""
    given = ratings.involved()
    items = fit(ratings).items
    told = items.levels > 0
    median = pd.Series(given.level).groupby(given.item).median().to_numpy()
    return {
        "rater model": items.level[told],
        BASELINE: items.plain_level[told],
        "median": median,
        **expectations(given, given.level, list(INVOLVED_LEVELS)),
    }


def expectations(ratings: Ratings, answer: Ints, answers: list[int]) -> dict[str, Floats]:
    """What crowd-kit's aggregators expect of each item, by rising number."""
    frame = pd.DataFrame({"task": ratings.item, "worker": ratings.annotator, "label": answer})
    found = {"crowd-kit majority vote": MajorityVote().fit_predict(frame).sort_index().to_numpy()}
    for name, make in AGGREGATORS.items():
        likely = make().fit_predict_proba(frame).reindex(columns=answers, fill_value=0.0)
        found[name] = likely.fillna(0).sort_index().to_numpy() @ np.array(answers, float)
    return found


def level_errors(made: Crowd) -> dict[str, float]:
    """The root of the mean squared error of levels, of what is involved and got a level."""
    item = np.unique(made.ratings.involved().item)
    counts = made.involved[item]
    truth = made.level[item][counts]
    return {
        name: float(np.sqrt(np.mean((level[counts] - truth) ** 2)))
        for name, level in levels_of(made.ratings).items()
    }


def involvement_errors(made: Crowd) -> dict[str, float]:
    """The percentage of items of which it is wrong whether they are involved."""
    return {
        name: float(100 * np.mean((chance > 0.5) != made.involved))
        for name, chance in involvements(made.ratings).items()
    }


def interval(values: Floats) -> str:
    """The mean, and where it is with 95 % by Student's t over the seeds."""
    reach = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)
    return f"{values.mean():.3f} [{values.mean() - reach:.3f}, {values.mean() + reach:.3f}]"


def table(title: str, errors: Callable[[Crowd], dict[str, float]], crowds: list[Crowd]) -> None:
    per_seed = pd.DataFrame([errors(made) for made in crowds])
    print(f"| {title} | error | less than the mean's by |", "|---|---|---|", sep="\n")
    for name in per_seed:
        less = (per_seed[BASELINE] - per_seed[name]).to_numpy()
        gain = "" if name == BASELINE else interval(less)
        print(f"| {name} | {interval(per_seed[name].to_numpy())} | {gain} |")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--annotators", type=int, default=20)
    parser.add_argument("--overlap", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=6)
    given = parser.parse_args()
    warnings.simplefilter("ignore")  # of crowd-kit about a newer pandas
    for name, people in MIXES.items():
        mix = replace(people, items=given.items, annotators=given.annotators, overlap=given.overlap)
        crowds = [crowd(mix, seed) for seed in range(given.seeds)]
        table(f"level, {name}", level_errors, crowds)
        table(f"not involved, {name}: % wrong", involvement_errors, crowds)


if __name__ == "__main__":
    main()
