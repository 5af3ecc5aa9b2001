import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.rating.watching import seconds_to_watch, unique_seconds

TICK = 0.25  # exact in binary, so that sums are exact
SECONDS = 10
ticks = st.integers(0, int(SECONDS / TICK) + 8)  # some lie behind the end
ranges = st.lists(st.tuples(ticks, ticks).map(sorted), max_size=12)


def played(ranges):
    return [[start * TICK, end * TICK] for start, end in ranges]


class TestUniqueSeconds:
    @given(ranges)
    def test_counts_each_moment_once_whatever_the_order(self, ranges):
        seen = {tick for start, end in ranges for tick in range(start, end)}
        within = [tick for tick in seen if tick < SECONDS / TICK]
        assert unique_seconds(played(ranges), seconds=SECONDS) == len(within) * TICK

    @given(ranges, ranges)
    def test_watching_more_never_counts_less(self, ranges, more):
        before = unique_seconds(played(ranges), seconds=SECONDS)
        assert unique_seconds(played(ranges + more), seconds=SECONDS) >= before


@pytest.mark.parametrize(
    ("seconds", "share", "needed"),
    [
        (4.0, 0.9, 3.65),  # short: the whole of it
        (9.99, 0.5, 9.64),
        (10.0, 0.9, 8.65),
        (60.0, 0.5, 29.65),
        (0.2, 0.9, 0.0),
        (60.0, 0.0, 0.0),
        (4.0, 0.0, 0.0),
    ],
)
def test_seconds_to_watch(seconds, share, needed):
    assert seconds_to_watch(seconds, share=share) == pytest.approx(needed)
