import pytest

from annotation_site.common.text import one_line


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
