"""Sides stay as a project grows, and near-identical videos are on one."""

import hashlib
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.catalog.models import split_of
from annotation_site.datasets import sides, tally
from annotation_site.datasets.repeats import Repeats
from annotation_site.datasets.splits import SIDES, SplitRule

NAMES = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(400)]
names = st.lists(st.sampled_from(NAMES), unique=True, max_size=30)
USUAL = SplitRule()


def bits(*places):
    """A look in which these bits are set."""
    number = sum(1 << place for place in places)
    return number.to_bytes(32, "big").hex()


def looking(videos, groups):
    """Looks in which the videos of a group, a number, are alike."""
    return {
        video: bits(*range(group * 40, group * 40 + 40))
        for video, group in zip(videos, groups, strict=False)
    }


class TestRule:
    def test_is_the_projects_own_split_unless_told_otherwise(self):
        assert [USUAL.side_of(name) for name in NAMES] == [split_of(name) for name in NAMES]

    def test_another_salt_draws_anew(self):
        other = SplitRule(salt="again")

        assert {other.side_of(name) == USUAL.side_of(name) for name in NAMES} == {True, False}

    @given(test=st.integers(0, 50), more=st.integers(0, 40), validation=st.integers(0, 9))
    def test_a_larger_share_takes_from_training_only(self, test, more, validation):
        small = SplitRule(test=test, validation=validation)
        large = SplitRule(test=test + more, validation=validation)

        moves = {(small.side_of(name), large.side_of(name)) for name in NAMES}

        assert {move for move in moves if move[0] != move[1]} <= {("train", "test")}

    def test_shares_come_out_about_right(self):
        drawn = Counter(SplitRule(test=30, validation=20).side_of(name) for name in NAMES)

        assert [drawn[side] for side in SIDES] == pytest.approx([200, 80, 120], abs=35)

    @pytest.mark.parametrize("shares", [(50, 50), (-1, 20), (0, 100)])
    def test_refuses_to_leave_nothing_for_training(self, shares):
        with pytest.raises(ValueError, match="training"):
            SplitRule(validation=shares[0], test=shares[1])


class TestSides:
    @given(
        videos=names,
        groups=st.lists(st.integers(0, 5), min_size=30, max_size=30),
        cut=st.integers(0, 30),
    )
    def test_nobody_moves_for_a_newcomer(self, videos, groups, cut):
        looks = looking(videos, groups)

        before, after = (sides.assign(some, looks, USUAL) for some in (videos[:cut], videos))

        assert {video: after.of[video] for video in videos[:cut]} == before.of
        assert after.straddling == []
        for video, group in zip(videos, groups, strict=False):
            leader = next(v for v, g in zip(videos, groups, strict=False) if g == group)
            assert after.of[video] == USUAL.side_of(leader)

    def test_is_compared_in_blocks_with_the_same_result(self, monkeypatch):
        videos, groups = NAMES[:50], [n % 6 for n in range(50)]
        whole = sides.assign(videos, looking(videos, groups), USUAL)
        monkeypatch.setattr(sides, "CELLS", 150)

        assert sides.assign(videos, looking(videos, groups), USUAL) == whole

    def test_a_newcomer_between_two_sides_is_told(self):
        train = next(name for name in NAMES if USUAL.side_of(name) == "train")
        test = next(name for name in NAMES if USUAL.side_of(name) == "test")
        between = NAMES[-1]
        looks = {train: bits(), between: bits(*range(10)), test: bits(*range(20))}

        found = sides.assign([test, train, between], looks, USUAL)

        assert found.of[between] == "test"
        (followed,) = found.followed
        assert (followed.like, followed.bits) == (test, 10)
        (straddling,) = found.straddling
        assert (straddling.video, straddling.like) == (between, train)

    def test_what_was_not_seen_looks_like_nothing(self):
        unseen = sides.assign(NAMES[:9], {}, USUAL)

        assert unseen.followed == []
        assert unseen.of == {name: USUAL.side_of(name) for name in NAMES[:9]}


class TestTally:
    def test_names_so_many_repeats_and_counts_all(self, monkeypatch):
        monkeypatch.setattr(tally, "MOST_REPEATS", 1)
        train, test = (
            next(name for name in NAMES if USUAL.side_of(name) == side)
            for side in ("train", "test")
        )
        looks = {train: bits(), NAMES[-1]: bits(*range(10)), test: bits(*range(20))}
        counting = tally.Tally(sides.assign([test, train, NAMES[-1]], looks, USUAL))
        rows = [
            (video, {"caption": number, "video": video, "text": text})
            for number, (video, text) in enumerate(itertools.product((train, test), ("a", "b c")))
        ]

        assert list(counting.of_captions(rows)) == [row for _, row in rows]
        leaks = list(counting.leaks())

        assert [one["kind"] for one in leaks] == ["followed", "straddling", "repeated"]
        assert counting.leaking == {"followed": 1, "straddling": 1, "repeated": 2}


class TestRepeats:
    def found(self, *captions):
        repeats = Repeats()
        for caption, text, side in captions:
            repeats.add(caption=caption, text=text, side=side)
        return list(repeats.across())

    def test_are_texts_that_say_the_same_on_two_sides(self):
        assert self.found(
            (3, "A dog runs.", "train"),
            (1, "The  DOG runs!", "test"),
            (2, "A dog runs away.", "test"),
            (5, "Two cats.", "train"),
            (4, "two cats", "train"),
        ) == [[1, 3]]

    def test_among_no_captions_there_are_none(self):
        assert self.found() == []
