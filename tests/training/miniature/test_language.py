import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training.miniature import language
from training.miniature.language import Claims
from training.miniature.world import CHOICES


def fact(name: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *CHOICES[name]])


claims = st.builds(
    Claims,
    **{name: fact(name) for name in CHOICES},
    extra=st.none()
    | st.tuples(st.sampled_from(CHOICES["colour"]), st.sampled_from(CHOICES["shape"])),
)
dice = st.none() | st.integers(0, 2**32).map(np.random.default_rng)


@given(claims=claims, dice=dice)
def test_what_is_said_can_be_read_again(claims, dice):
    assert language.read(language.say(claims, dice)) == claims


@given(claims=claims, dice=dice)
def test_the_vocabulary_holds_every_word_that_is_said(claims, dice):
    said = re.findall(r"\w+|[^\w\s]+", language.say(claims, dice))

    assert set(said) <= language.words()


def test_sentences_are_written_as_people_write_them():
    everything = Claims(
        shape="ring",
        size="big",
        colour="red",
        motion="up",
        camera="zoom in",
        place="teal",
        texture="dots",
    )

    assert language.say(everything, None) == (
        "A big red ring moves up over teal dots. The camera zooms in."
    )


def test_reads_what_it_can_of_other_texts():
    read = language.read("there is a small ball, moves left; the view pans left?")

    assert read == Claims(shape="ball", size="small", motion="left", camera="pan left")
