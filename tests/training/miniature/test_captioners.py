from dataclasses import replace

import pytest

from scorer.rubric import Dimension
from training.miniature import language
from training.miniature.captioners import APPRENTICE, BASE, CINEMA, PLAIN, SWIFT, WITNESS, levels
from training.miniature.language import Claims
from training.miniature.world import Facts, sample

MOVING = Facts(
    shape="ball",
    size="big",
    colour="red",
    motion="left",
    camera="zoom in",
    place="teal",
    texture="dots",
)
ALL = Claims(
    shape="ball",
    size="big",
    colour="red",
    motion="left",
    camera="zoom in",
    place="teal",
    texture="dots",
)


def mean_level(captioner, dimension: Dimension) -> float:
    given = []
    for seed in range(200):
        facts = sample(seed).facts
        given.append(levels(facts, captioner.caption(facts, seed=seed)[1])[dimension])
    involved = [level for level in given if level]
    return sum(involved) / len(involved)


def test_everything_right_is_five_throughout():
    assert set(levels(MOVING, ALL).values()) == {5}


@pytest.mark.parametrize(
    ("changed", "dimension", "level"),
    [
        ({"shape": "ring"}, Dimension.OBJECT, 1),
        ({"shape": None}, Dimension.OBJECT, 2),
        ({"extra": ("blue", "star")}, Dimension.OBJECT, 3),
        ({"size": "small"}, Dimension.FEATURE, 3),
        ({"size": None}, Dimension.FEATURE, 4),
        ({"size": "small", "colour": "blue"}, Dimension.FEATURE, 1),
        ({"motion": "right"}, Dimension.ACTION, 3),
        ({"motion": "up"}, Dimension.ACTION, 2),
        ({"motion": "still"}, Dimension.ACTION, 1),
        ({"motion": None}, Dimension.ACTION, 1),
        ({"camera": "zoom out"}, Dimension.CAMERA, 3),
        ({"camera": "pan left"}, Dimension.CAMERA, 2),
        ({"camera": None}, Dimension.CAMERA, 1),
        ({"place": None, "texture": None}, Dimension.BACKGROUND, 1),
        ({"texture": "waves"}, Dimension.BACKGROUND, 3),
    ],
)
def test_one_thing_amiss_lowers_its_dimension_and_no_other(changed, dimension, level):
    truth = levels(MOVING, replace(ALL, **changed))

    assert truth == dict.fromkeys(Dimension, 5) | {dimension: level}


def test_not_involved_only_where_neither_clip_nor_caption_has_anything_to_say():
    standing = replace(MOVING, motion="still", camera="static")
    silent = replace(ALL, motion=None, camera=None)

    assert levels(standing, silent)[Dimension.ACTION] == 0
    assert levels(standing, silent)[Dimension.CAMERA] == 0
    assert levels(standing, replace(silent, motion="left"))[Dimension.ACTION] == 1
    assert levels(standing, replace(silent, motion="still"))[Dimension.ACTION] == 5


@pytest.mark.parametrize("captioner", [*BASE, APPRENTICE, WITNESS], ids=lambda one: one.name)
def test_claims_what_its_caption_says_and_repeats_itself(captioner):
    for seed in range(50):
        facts = sample(seed).facts
        text, claims = captioner.caption(facts, seed=seed)

        assert language.read(text) == claims
        assert captioner.caption(facts, seed=seed) == (text, claims)


@pytest.mark.parametrize(
    ("captioner", "weak", "strong"),
    [
        (PLAIN, Dimension.CAMERA, Dimension.OBJECT),
        (PLAIN, Dimension.BACKGROUND, Dimension.FEATURE),
        (CINEMA, Dimension.FEATURE, Dimension.CAMERA),
        (SWIFT, Dimension.ACTION, Dimension.FEATURE),
    ],
    ids=lambda one: getattr(one, "name", str(one)),
)
def test_each_captioner_has_its_own_weakness(captioner, weak, strong):
    assert mean_level(captioner, strong) - mean_level(captioner, weak) > 1


def test_only_the_swift_one_sees_double():
    doubles = {
        captioner.name: sum(
            captioner.caption(sample(seed).facts, seed=seed)[1].extra is not None
            for seed in range(100)
        )
        for captioner in BASE
    }

    assert doubles["Swift"] > 20
    assert doubles["Plain"] == doubles["Cinema"] == 0


def test_the_witness_errs_in_nothing_that_it_says():
    for seed in range(100):
        facts = sample(seed).facts
        _, claims = WITNESS.caption(facts, seed=seed)

        for fact in Facts.__slots__:
            assert getattr(claims, fact) in {None, getattr(facts, fact)}
