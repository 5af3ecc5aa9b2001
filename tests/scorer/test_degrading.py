"""The rules against the miniature world itself: its scenes, its captioners, its levels."""

import pytest

from scorer import degrading
from scorer.degrading import degrade, is_miniature
from scorer.rubric import Dimension
from training.miniature import language, world
from training.miniature.captioners import APPRENTICE, BASE, OPPOSITES, WITNESS, levels

SCENES = 300
GOOD = 4
each_captioner = pytest.mark.parametrize(
    "captioner", [*BASE, WITNESS, APPRENTICE], ids=lambda captioner: captioner.name
)


def captions(captioner):
    for seed in range(SCENES):
        facts = world.sample(seed).facts
        yield facts, captioner.caption(facts, seed=seed)[0]


@each_captioner
@pytest.mark.parametrize("dimension", Dimension)
def test_a_good_captions_true_level_falls_there_and_nowhere_else(captioner, dimension):
    spoiled = 0
    for seed, (facts, text) in enumerate(captions(captioner)):
        before = levels(facts, language.read(text))
        if before[dimension] < GOOD:
            continue
        twin = degrade(text, dimension, seed=seed)
        assert twin is not None, text
        after = levels(facts, language.read(twin))
        assert after[dimension] < GOOD - 1, (text, twin)
        assert after | {dimension: 0} == before | {dimension: 0}, (text, twin)
        spoiled += 1
    assert spoiled > SCENES / 20


@each_captioner
@pytest.mark.parametrize("dimension", Dimension)
def test_the_others_stay_whatever_the_caption_was_worth(captioner, dimension):
    for facts, text in captions(captioner):
        twin = degrade(text, dimension, seed=0)
        if twin is not None:
            before, after = (levels(facts, language.read(t)) for t in (text, twin))
            assert after | {dimension: 0} == before | {dimension: 0}, (text, twin)


@each_captioner
def test_what_comes_out_is_the_miniature_worlds_english(captioner):
    words = {word.lower() for word in language.words()}
    for _, text in captions(captioner):
        assert is_miniature(text)
        for dimension in Dimension:
            twin = degrade(text, dimension, seed=1)
            if twin is not None:
                assert is_miniature(twin)
                assert set(twin.lower().replace(".", " ").split()) <= words
                assert twin[0].isupper()


def test_the_words_are_those_of_the_miniature_world():
    plain = {
        "shape": degrading.SHAPES,
        "size": degrading.SIZES,
        "colour": degrading.COLOURS,
        "place": degrading.PLACES,
        "texture": degrading.TEXTURES,
        "motion": degrading.MOTIONS,
        "camera": degrading.CAMERAS,
    }
    assert {fact: set(words) for fact, words in plain.items()} == {
        fact: set(values) for fact, values in world.CHOICES.items()
    }
    assert dict(degrading.CAMERAS) == dict(language.CAMERAS)
    spoken = {motion: said for motion, said in language.MOTIONS.items() if motion}
    assert dict(degrading.MOTIONS) == spoken
    assert {frozenset(pair) for pair in degrading.OPPOSITES} == OPPOSITES
    assert all(is_miniature(word) for word in language.words() - {"."})


def test_it_says_the_same_for_ever_and_another_thing_by_another_seed():
    text = "A big red ball moves left over navy stripes."
    assert degrade(text, Dimension.FEATURE, seed=3) == degrade(text, Dimension.FEATURE, seed=3)
    assert len({degrade(text, Dimension.OBJECT, seed=seed) for seed in range(20)}) == 3


@pytest.mark.parametrize("dimension", Dimension)
def test_a_second_object_is_left_alone(dimension):
    twin = degrade("A thing beside a red ball appears.", dimension, seed=0)
    assert twin is None


def test_what_is_not_said_cannot_be_made_wrong():
    text = "A red ball appears."
    spoiled = {d for d in Dimension if degrade(text, d, seed=0) is not None}
    assert spoiled == {Dimension.OBJECT, Dimension.FEATURE}


@pytest.mark.parametrize("text", ["", "...", "A man in a red coat walks left.", "Ein roter Ball."])
def test_texts_from_elsewhere_are_left_alone(text):
    assert not is_miniature(text)
    assert all(degrade(text, dimension, seed=0) is None for dimension in Dimension)
