"""Whose votes weigh more: those who see sharply, told from nothing but the ratings."""

from collections.abc import Iterator

import numpy as np
import pytest

from scorer import trust
from scorer.rubric import Dimension
from scorer.snapshot import Caption, Example, Vote

SHARP, BLUNT = ("a1", "a2", "a3"), "a4"


def votes(captions: int) -> Iterator[Vote]:
    """Three people who are nearly always right, and one who is hardly ever."""
    dice = np.random.default_rng(0)
    for caption in range(captions):
        truth = int(dice.integers(1, 6))
        for person in SHARP:
            off = int(dice.choice([-1, 0, 0, 0, 0, 0, 1]))
            yield Vote(caption, Dimension.CAMERA, person, min(max(truth + off, 1), 5))
        yield Vote(caption, Dimension.CAMERA, BLUNT, int(dice.integers(1, 6)))


def by_video(captions: int) -> dict[str, list[Example]]:
    made = (Caption(number, f"v{number}", "model", "detailed", "") for number in range(captions))
    return {caption.video: [Example(caption, {})] for caption in made}


def test_who_guesses_weighs_least() -> None:
    given = list(votes(60))
    found = trust.weigh(by_video(60), given)
    weight = dict.fromkeys((*SHARP, BLUNT), 0.0)
    # A level that one person alone gave tells what their votes weigh.
    for vote in given:
        same = [v for v in given if v.caption == vote.caption and v.level == vote.level]
        if len(same) == 1:
            weight[vote.annotator] = found[vote.caption][Dimension.CAMERA][vote.level]
    sharp = [weight[person] for person in SHARP if weight[person]]
    assert sharp
    assert 0 < weight[BLUNT] < 0.5 * min(sharp)


def test_nothing_is_gained_or_lost_by_weighing() -> None:
    found = trust.weigh(by_video(60), list(votes(60)))
    total = sum(sum(row) for rows in found.values() for row in rows.values())
    assert total == pytest.approx(240)
    assert {dimension for rows in found.values() for dimension in rows} == {Dimension.CAMERA}


def test_captions_that_are_not_learnt_from_say_nothing() -> None:
    found = trust.weigh(by_video(30), list(votes(60)))
    assert set(found) == set(range(30))
    assert found == trust.weigh(by_video(30), list(votes(60))[:120])
