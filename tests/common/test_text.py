import pytest

from annotation_site.common.text import is_storable, one_line


@pytest.mark.parametrize(
    "text", ["", "a", "ünï\n\t", "\ud7ff\ue000\U0010ffff", "\x01\x7f", "\ufffe"]
)
def test_text_is_storable(text):
    assert is_storable(text)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "end \udbff"])
def test_what_is_no_text_is_not(text):
    assert not is_storable(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Anna A.", "Anna A."),
        ("  Anna\r\n\tA. ", "Anna A."),
        ("Anna\x07A.\x9b", "Anna A."),
        ("\u2028\x00", ""),
        ("Ünïcode 漢字", "Ünïcode 漢字"),
    ],
)
def test_a_line_has_no_breaks_and_no_bells(text, line):
    assert one_line(text) == line
