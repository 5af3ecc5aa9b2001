import json
from pathlib import Path

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


CASES = json.loads(Path(__file__).with_name("watch_cases.json").read_text())
"""The page is held against the same ones, by `watchCases.test.ts`: both know the same rule."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_asks_for_and_counts_what_the_page_does(case):
    unique = unique_seconds(case["ranges"], seconds=case["seconds"])
    needed = seconds_to_watch(case["seconds"], share=case["share"])
    assert (unique, needed) == pytest.approx((case["unique"], case["needed"]))
    assert (unique >= needed) == case["enough"]
