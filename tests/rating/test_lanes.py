"""Which kind of item comes next."""

import pytest

from annotation_site.accounts.access import Paused
from annotation_site.accounts.models import Role
from annotation_site.quality.models import Check
from annotation_site.rating import answers, claims, queue
from annotation_site.rating.lanes import CHECKS, MAIN, REPEATS, STRATUM, Task, drawn
from annotation_site.rating.models import (
    EVERYONE,
    Comparison,
    Item,
    Purpose,
    Slot,
    Standing,
)
from annotation_site.rating.refusals import HoldsEnough, NothingToRate
from tests.factories import CaptionFactory, ItemFactory, ProtocolFactory, VideoFactory
from tests.rating.factories import LEVELS, answer

pytestmark = pytest.mark.django_db

TO_CHECK, TO_REPEAT, TO_STRATUM, TO_MAIN = 0.05, 0.15, 0.3, 0.9
"""Draws that fall on a lane under the protocol below."""


@pytest.fixture(autouse=True)
def protocol(project):
    return ProtocolFactory(
        project=project, check_share=0.1, repeat_share=0.1, random_share=0.2, overlap=3
    )


@pytest.fixture
def claim(project, annotator):
    def ask(draw=TO_MAIN, **how):
        return claims.claim(project=project, annotator=annotator, draw=draw, **how)

    return ask


@pytest.fixture
def check(items, now):
    def make(purpose, **fields):
        twin = purpose == Purpose.TWIN
        (item,) = items(
            1, purpose=purpose, overlap=EVERYONE, text="Wrong." if twin else "", **fields
        )
        known = {"spoiled": "object"} if twin else {"levels": LEVELS}
        Check.objects.create(item=item, made_at=now, **known)
        return item

    return make


@pytest.mark.parametrize(
    ("draw", "first"),
    [(0.0, CHECKS), (0.099, CHECKS), (0.1, REPEATS), (0.2, STRATUM), (0.399, STRATUM), (0.4, MAIN)],
)
def test_a_draw_falls_on_each_lane_as_often_as_its_share_says(protocol, draw, first):
    assert drawn(protocol, draw)[0] == first
    assert drawn(protocol, draw)[-1] == MAIN


def test_who_asks_again_draws_the_same(project, annotator, items, monkeypatch):
    items(3)
    draws = []
    monkeypatch.setattr(claims, "lanes", lambda *, draw, **_: draws.append(draw) or (REPEATS,))
    for _ in range(3):
        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=annotator)
    assert len(set(draws)) == 1
    monkeypatch.undo()
    answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
    monkeypatch.setattr(claims, "lanes", lambda *, draw, **_: draws.append(draw) or (MAIN,))
    claims.claim(project=project, annotator=annotator)
    assert draws[-1] != draws[0]


def test_nothing_is_lent_to_somebody_paused_meanwhile(project, annotator, items, now):
    items(1)
    annotator.memberships.update(paused_at=now)
    with pytest.raises(Paused):
        claims.claim(project=project, annotator=annotator)


class TestChecks:
    @pytest.mark.parametrize("purpose", [Purpose.GOLD, Purpose.TWIN])
    def test_come_when_the_draw_says_so_and_only_then(self, claim, items, check, purpose):
        items(3)
        known = check(purpose)
        assert claim(TO_MAIN).item != known
        assert claim(TO_CHECK, beside=[slot.pk for slot in Slot.objects.all()]).item == known

    def test_go_to_everyone_once(self, claim, items, check, member, project):
        items(3)
        known = check(Purpose.GOLD)
        answers.submit(**answer(claim(TO_CHECK)))
        assert claim(TO_CHECK).item != known
        other = claims.claim(project=project, annotator=member(Role.ANNOTATOR), draw=TO_CHECK)
        assert other.item == known

    def test_are_no_work_by_themselves(self, claim, check):
        check(Purpose.GOLD)
        with pytest.raises(NothingToRate):
            claim(TO_MAIN)


class TestRepeats:
    @pytest.fixture(autouse=True)
    def soon(self, monkeypatch):
        monkeypatch.setattr(queue, "REPEAT_AFTER", 2)

    def test_show_again_what_was_rated_some_time_ago(self, claim, items, annotator):
        items(5)
        for _ in range(3):
            answers.submit(**answer(claim()))
        first = Slot.objects.order_by("leased_at").first()
        again = claim(TO_REPEAT)
        assert again.item.purpose == Purpose.REPEAT
        assert (again.item.caption, again.item.only_for) == (first.item.caption, annotator)
        assert again.item.pk != first.item_id

    def test_come_once_for_each_caption(self, claim, items):
        items(5)
        for _ in range(3):
            answers.submit(**answer(claim()))
        answers.submit(**answer(claim(TO_REPEAT)))
        answers.submit(**answer(claim(TO_REPEAT)))
        captions = Item.objects.filter(purpose=Purpose.REPEAT).values_list("caption", flat=True)
        assert len(set(captions)) == len(captions)

    def test_are_for_nobody_else(self, claim, items, member, project):
        items(5)
        for _ in range(3):
            answers.submit(**answer(claim()))
        claim(TO_REPEAT)
        other = claims.claim(project=project, annotator=member(Role.ANNOTATOR), draw=TO_REPEAT)
        assert other.item.purpose == Purpose.RATE


class TestStratum:
    def test_is_drawn_with_the_probability_that_is_noted(self, project):
        captions = CaptionFactory.create_batch(200, video__project=project)
        claims.open_items(project=project, caption_ids=[caption.pk for caption in captions])
        inside = Item.objects.filter(inclusion__isnull=False)
        assert set(inside.values_list("inclusion", flat=True)) == {0.2}
        assert 20 <= inside.count() <= 60

    def test_is_served_whatever_is_urgent(self, claim, items):
        (random,) = items(1, inclusion=0.2)
        items(3, tier=10)
        assert claim(TO_STRATUM).item == random

    def test_gives_way_to_the_main_lane_when_it_is_done(self, claim, items):
        (urgent,) = items(1, tier=10)
        assert claim(TO_STRATUM).item == urgent


class TestPractice:
    @pytest.fixture(autouse=True)
    def required(self, protocol):
        protocol.practice_required = True
        protocol.save()

    def test_comes_first_in_its_order_then_the_qualification(self, claim, items, check):
        items(2)
        exam = check(Purpose.EXAM, shuffle=0.0)
        second, first = (check(Purpose.PRACTICE, shuffle=place) for place in (0.7, 0.2))
        served = []
        for _ in range(3):
            slot = claim()
            served.append(slot.item)
            answers.submit(**answer(slot))
        assert served == [first, second, exam]

    def test_keeps_its_order_even_within_one_video(self, claim, check, project):
        video = VideoFactory(project=project)
        clips = [
            check(Purpose.PRACTICE, caption__video=video, shuffle=place) for place in (0.1, 0.2)
        ]
        check(Purpose.EXAM, shuffle=0.0)
        answers.submit(**answer(claim()))
        assert claim().item == clips[1]

    @pytest.fixture
    def stand(self, project, annotator, now):
        return lambda state: Standing.objects.create(
            project=project, annotator=annotator, state=state, since=now
        )

    def test_is_over_for_who_has_qualified(self, claim, items, check, stand):
        (item,) = items(1)
        check(Purpose.PRACTICE)
        stand(Standing.State.QUALIFIED)
        assert claim().item == item

    def test_keeps_out_who_has_failed(self, claim, items, stand):
        items(1)
        stand(Standing.State.FAILED)
        with pytest.raises(NothingToRate) as refusal:
            claim()
        assert refusal.value.facts == {"why": "not-qualified"}


class TestAhead:
    def test_gives_another_beside_what_is_on_screen(self, claim, items):
        items(3)
        shown = claim()
        ahead = claim(beside=[shown.pk])
        assert ahead != shown
        assert claim() == shown
        assert claim(beside=[shown.pk]) == ahead

    def test_does_not_let_one_person_hoard(self, claim, items):
        items(9)
        held = []
        for _ in range(queue.MOST_HELD):
            held.append(claim(beside=held).pk)
        with pytest.raises(HoldsEnough) as refusal:
            claim(beside=held)
        assert refusal.value.facts == {"held": held}

    def test_a_heartbeat_keeps_all_that_is_held(self, claim, items, project, annotator):
        items(2)
        shown = claim()
        ahead = claim(beside=[shown.pk])
        claims.heartbeat(project=project, slot_id=shown.pk, annotator=annotator)
        before = ahead.lease_until
        ahead.refresh_from_db()
        assert ahead.lease_until > before


class TestOrder:
    def test_differs_between_annotators_and_not_between_tries(self, project, member):
        ItemFactory.create_batch(16, caption__video__project=project, overlap=EVERYONE)

        def order(annotator):
            served = []
            for _ in range(16):
                slot = claims.claim(project=project, annotator=annotator, draw=TO_MAIN)
                served.append(slot.item_id)
                answers.submit(**answer(slot))
            return served

        one, other = (order(member(Role.ANNOTATOR)) for _ in range(2))
        assert sorted(one) == sorted(other)
        assert one != other

    def test_puts_what_is_urgent_first_for_everyone(self, claim, items):
        items(5)
        (urgent,) = items(1, tier=10, shuffle=0.999)
        assert claim().item == urgent


class TestVotes:
    @pytest.fixture
    def pair(self, project, annotator, now):
        comparison = Comparison.objects.create(
            project=project, name="a and b", by=annotator, made_at=now
        )
        one = CaptionFactory(video__project=project)
        two = CaptionFactory(video=one.video)
        return ItemFactory(
            caption=one, rival=two, comparison=comparison, purpose=Purpose.VOTE, overlap=EVERYONE
        )

    def test_have_a_queue_of_their_own(self, claim, items, pair):
        (item,) = items(1)
        assert claim(task=Task.VOTE).item == pair
        assert claim().item == item

    @pytest.mark.usefixtures("pair")
    def test_swap_sides_at_random(self, project, member):
        sides = {
            claims.claim(project=project, annotator=member(Role.ANNOTATOR), task=Task.VOTE).swapped
            for _ in range(40)
        }
        assert sides == {True, False}
