import pytest

from scorer.text import is_storable, storable


@pytest.mark.parametrize(
    "text", ["", "a", "ünï\n\t", "\ud7ff\ue000\U0010ffff", "\x01\x7f", "\ufffe"]
)
def test_text_is_storable(text):
    assert is_storable(text)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "end \udbff"])
def test_what_is_no_text_is_not(text):
    assert not is_storable(text)
    assert is_storable(storable(text))
