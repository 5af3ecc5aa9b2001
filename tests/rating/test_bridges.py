"""Old and new words, held against each other on the same captions."""

from collections import Counter

import pytest

from annotation_site.accounts.models import Role
from annotation_site.rating import answers, bridges, claims, selectors
from annotation_site.rating.lanes import BRIDGE_SHARE
from annotation_site.rating.linking import Pair, shift_of
from annotation_site.rating.models import Item, Purpose
from annotation_site.rating.refusals import NothingToBridge, NothingToRate
from annotation_site.rating.showing import slot_out
from tests.factories import ProtocolFactory
from tests.rating.factories import LEVELS, answer

pytestmark = pytest.mark.django_db

LOW = {**LEVELS, "object": 1, "camera": 0}
HIGH = {**LEVELS, "object": 2, "camera": 4}


@pytest.fixture
def rated(project, items, annotator):
    """Ten captions that the annotator has rated under the library's words."""
    ProtocolFactory(project=project, overlap=1, check_share=0, repeat_share=0, random_share=0)
    opened = items(10, overlap=1)
    for item in opened:
        answers.submit(**answer(claims.reserve(item=item, annotator=annotator), levels=LOW))
    return opened


@pytest.fixture
def build(project, rated, admin, now):  # noqa: ARG001 - there is something to draw from
    def one(captions=6):
        bridge = bridges.build(
            project=project, before=1, captions=captions, overlap=1, by=admin, now=now
        )
        project.refresh_from_db()
        return bridge

    return one


@pytest.fixture
def claim(project, annotator):
    return lambda **how: claims.claim(project=project, annotator=annotator, **how)


@pytest.fixture
def read(project, client_for, member):
    """`read("")` is what a researcher is told of the bridges; `read("/1")` of one."""
    client = client_for(member(Role.RESEARCHER))
    return lambda rest: client.get(f"/api/v1/projects/{project.slug}/rubric/bridges{rest}").json()


class TestBuilding:
    def test_draws_finished_captions_and_none_twice(self, items, publish, build):
        items(5, overlap=1)  # not rated
        publish()
        first, second = build(captions=6), build(captions=6)

        assert (first.drawn_from, second.drawn_from) == (10, 4)
        drawn = Counter(Item.objects.filter(purpose="bridge").values_list("caption", flat=True))
        assert len(drawn) == 10
        assert set(drawn.values()) == {1}
        with pytest.raises(NothingToBridge):
            build()

    def test_needs_a_version_to_lead_to(self, build):
        with pytest.raises(NothingToBridge):
            build()

    def test_ends_with_the_next_rubric(self, claim, publish, build):
        publish()
        build()
        publish(based_on=2)
        with pytest.raises(NothingToRate):
            claim()


class TestRating:
    def test_comes_to_those_who_rated_before_like_any_rating(self, project, claim, publish, build):
        publish()
        build(captions=2)

        slot = claim()

        assert slot.item.purpose == Purpose.BRIDGE
        assert slot.rubric_version == 2
        shown = slot_out(slot, protocol=project.protocol, slug=project.slug)
        assert shown["purpose"] == "rate"
        before = selectors.data().count()
        answers.submit(**answer(slot))
        assert selectors.data().count() == before  # it links; it is no data

    def test_comes_now_and_then_while_there_is_other_work(self, items, claim, publish, build):
        publish()
        build()
        items(3)

        linking = claim(draw=BRIDGE_SHARE / 2)
        other = claim(draw=0.9, beside=[linking.pk])

        assert [linking.item.purpose, other.item.purpose] == [Purpose.BRIDGE, Purpose.RATE]


class TestShifts:
    @pytest.fixture
    def found(self, claim, publish, build, read):
        """What a researcher is told once all of a bridge is rated."""
        publish()
        bridge = build(captions=10)
        for _ in range(10):
            answers.submit(**answer(claim(), levels=HIGH))
        return read(f"/{bridge.pk}")

    def test_tell_how_the_same_captions_moved(self, found):
        assert (found["captions"], found["finished"], found["drawn_from"]) == (10, 10, 10)
        shifts = {row["dimension"]: row for row in found["shifts"]}
        assert shifts["object"]["level"] == {"captions": 10, "mean": 1, "low": 1, "high": 1}
        assert shifts["camera"]["level"]["captions"] == 0  # nobody found it involved before
        assert shifts["camera"]["involved"]["mean"] == 1
        assert shifts["action"]["level"]["mean"] == 0

    def test_say_nothing_before_there_is_an_answer(self, publish, build):
        publish()
        assert all(shift.level.mean is None for shift in bridges.shifts(build()).values())

    def test_have_the_interval_of_videos_and_not_of_captions(self):
        pairs = [
            Pair(video=n % 20, levels=(3, 3.5 + (n % 20 - 9.5) / 20), involved=(1, 1))
            for n in range(100)
        ]
        level = shift_of(pairs).level
        assert level.mean == pytest.approx(0.5)
        assert level.low < 0.5 < level.high
        # By normal theory 2 * 1.96 * 0.29 / sqrt(20) = 0.25 for videos, and 0.11 for captions.
        assert 0.2 < level.high - level.low < 0.3

    def test_have_no_interval_for_a_handful(self):
        pairs = [Pair(video=n, levels=(3, 4), involved=(1, 1)) for n in range(4)]
        assert shift_of(pairs).level.low is None


def test_lists_bridges_in_as_many_queries(publish, build, read, django_assert_num_queries):
    publish()
    for _ in range(3):
        build(captions=2)
    with django_assert_num_queries(4):  # session, person, membership, bridges
        rows = read("")["results"]
    assert [row["captions"] for row in rows] == [2, 2, 2]
