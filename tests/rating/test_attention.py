import pytest

from annotation_site.rating.attention import signals

SECONDS = 10.0
CALM = {"seconds_visible": 12.0}


def found(levels=(1, 2, 3, 4, 5), **evidence):
    return signals(levels=levels, evidence={**CALM, **evidence}, seconds=SECONDS)


def test_an_answer_given_in_peace_shows_none():
    assert found() == []


@pytest.mark.parametrize(
    ("name", "just", "beyond"),
    [
        ("hasty", {"seconds_visible": 5.0}, {"seconds_visible": 4.9}),
        ("interrupted", {"seconds_hidden": 300.0}, {"seconds_hidden": 300.1}),
        ("stalled", {"seconds_stalled": 5.0}, {"seconds_stalled": 5.1}),
        ("skewed-clock", {"skew": 300.0}, {"skew": 300.1}),
        ("skewed-clock", {"skew": -300.0}, {"skew": -86400.0}),
    ],
)
def test_each_begins_where_it_says(name, just, beyond):
    assert found(**just) == []
    assert found(**beyond) == [name]


@pytest.mark.parametrize(
    ("levels", "names"),
    [
        ([4] * 5, ["straight-lined"]),
        ([0] * 5, ["not-involved"]),
        ([4, 4, 4, 4, 0], []),
        ([4, 4, 4, 4, 5], []),
    ],
)
def test_the_same_level_everywhere_is_odd(levels, names):
    assert found(levels) == names


def test_an_older_page_that_tells_little_is_no_suspect():
    assert signals(levels=[1, 2, 3, 4, 5], evidence=CALM, seconds=SECONDS) == []
