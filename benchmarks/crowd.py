"""A simulated crowd whose truth is known: good, biased and spamming annotators."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorer.ratings import Ints, Ratings
from scorer.rubric import INVOLVED_LEVELS, NOT_INVOLVED
from scorer.tables import Floats

LOWEST, HIGHEST = INVOLVED_LEVELS[0], INVOLVED_LEVELS[-1]
INVOLVED: Final = 0.8
"""The share of items that involve the dimension."""
HARSH: Final = 1.0
"""By so many levels a biased annotator is too generous or too strict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Who is in a crowd; whoever is neither biased nor a spammer is good."""

    items: int = 1000
    annotators: int = 20
    overlap: int = 3
    biased: float = 0.0
    spamming: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    bias: Floats
    noise: Floats
    sensitivity: Floats
    specificity: Floats
    spammer: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crowd:
    """Ratings, and the people and the truth behind them. Items and people are numbered from 0."""

    people: People
    involved: NDArray[np.bool_]
    level: Floats
    ratings: Ratings


def crowd(mix: Mix, seed: int) -> Crowd:
    """Draw a crowd.

    A level is seen with the annotator's bias and normal noise and rounded onto the scale. What
    somebody takes for involved and is not gets any level. Spammers look at nothing: half of them
    give any level, half always the same one, and one in five of their answers is "not involved".
    """
    dice = np.random.default_rng(seed)
    people = _people(mix, dice)
    involved = dice.random(mix.items) < INVOLVED
    truth = np.clip(dice.normal(3.4, 1.1, mix.items), LOWEST, HIGHEST)
    item = np.repeat(np.arange(mix.items), mix.overlap)
    everybody = dice.random((mix.items, mix.annotators)).argsort(axis=1)
    who = everybody[:, : mix.overlap].ravel()
    finds = np.where(involved[item], people.sensitivity[who], 1 - people.specificity[who])
    looks = involved[item] & ~people.spammer[who]
    seen, unseen = _seen(truth[item], people, who, dice), _unseen(people, who, dice)
    given = np.where(dice.random(len(item)) < finds, np.where(looks, seen, unseen), NOT_INVOLVED)
    ratings = Ratings(item=item, video=item // 5, annotator=who, level=given)
    return Crowd(people=people, involved=involved, level=truth, ratings=ratings)


def _people(mix: Mix, dice: np.random.Generator) -> People:
    size = mix.annotators
    biased = np.arange(size) < round(mix.biased * size)
    spammer = ~biased & (np.arange(size) < round((mix.biased + mix.spamming) * size))
    return People(
        bias=dice.normal(0, 0.15, size) + biased * HARSH * dice.choice([-1, 1], size),
        noise=0.6 * np.exp(dice.normal(0, 0.2, size)),
        sensitivity=np.where(spammer, INVOLVED, dice.beta(48, 2, size)),
        specificity=np.where(spammer, 1 - INVOLVED, dice.beta(18, 2, size)),
        spammer=spammer,
    )


def _seen(truth: Floats, people: People, who: Ints, dice: np.random.Generator) -> Ints:
    noise = people.noise[who] * dice.normal(size=len(who))
    seen = np.round(truth + people.bias[who] + noise)
    return np.clip(seen, LOWEST, HIGHEST).astype(np.int64)


def _unseen(people: People, who: Ints, dice: np.random.Generator) -> Ints:
    anything = dice.integers(LOWEST, HIGHEST + 1, len(who))
    habit = dice.integers(LOWEST, HIGHEST + 1, len(people.bias))
    of_habit = people.spammer & (np.arange(len(people.bias)) % 2 == 0)
    return np.where(of_habit[who], habit[who], anything)
