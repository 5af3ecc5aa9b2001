from datetime import timedelta

import pytest
from django.db.models.functions import Now

from annotation_site.accounts.models import Role
from annotation_site.catalog.models import Caption
from annotation_site.catalog.signals import captions_added
from annotation_site.rating import answers, claims, skips
from annotation_site.rating.models import Item, Judgment, Protocol, Slot, Tier
from annotation_site.rating.refusals import (
    AlreadySkipped,
    AlreadySubmitted,
    Incomplete,
    KeyInUse,
    LeaseLost,
    NoSuchSlot,
    NothingToRate,
    NotToBeLent,
    NotWatched,
)
from tests.factories import CaptionFactory, ProjectFactory, ProtocolFactory, VideoFactory
from tests.rating.factories import LEVELS, answer, evidence

pytestmark = pytest.mark.django_db


def run_out(slot):
    """Let the slot's lease have ended a second ago."""
    Slot.objects.filter(pk=slot.pk).update(lease_until=Now() - timedelta(seconds=1))


def counters(item):
    item.refresh_from_db()
    return item.n_open, item.n_done


class TestOpenItems:
    def test_opens_each_caption_that_the_catalog_tells_of_once(self, project):
        ProtocolFactory(project=project, overlap=2)
        captions = CaptionFactory.create_batch(3, video__project=project)
        for _ in range(2):
            captions_added.send(
                sender=Caption, project=project, caption_ids=[c.pk for c in captions]
            )

        found = Item.objects.filter(project=project)
        assert {item.caption_id for item in found} == {c.pk for c in captions}
        assert {item.overlap for item in found} == {2}
        assert len({item.shuffle for item in found}) == 3

    def test_writes_the_usual_protocol_down(self, project):
        captions = CaptionFactory.create_batch(1, video__project=project)
        claims.open_items(project=project, caption_ids=[captions[0].pk])
        assert Protocol.objects.get(project=project).overlap == 3


class TestClaim:
    def test_lends_an_open_caption_until_the_lease_ends(self, project, annotator, items):
        (item,) = items(1)
        ProtocolFactory(project=project, lease_seconds=60)
        slot = claims.claim(project=project, annotator=annotator)

        assert slot.item == item
        assert slot.annotator == annotator
        assert slot.lease_until - slot.leased_at == timedelta(seconds=60)
        assert counters(item) == (1, 0)

    def test_gives_a_held_slot_again(self, project, annotator, items):
        items(3)
        first = claims.claim(project=project, annotator=annotator)
        assert claims.claim(project=project, annotator=annotator) == first
        assert Slot.objects.count() == 1

    def test_gives_a_slot_again_whose_lease_ran_out_unnoticed(self, project, annotator, items):
        (item,) = items(1, overlap=1)
        first = claims.claim(project=project, annotator=annotator)
        run_out(first)
        again = claims.claim(project=project, annotator=annotator)
        assert again == first
        assert again.lease_until > first.lease_until - timedelta(seconds=1)
        assert counters(item) == (1, 0)

    def test_lends_an_expired_slot_again_to_whoever_held_it(self, project, annotator, items):
        (item,) = items(1, overlap=1)
        first = claims.claim(project=project, annotator=annotator)
        run_out(first)
        assert claims.sweep() == 1
        assert counters(item) == (0, 0)
        assert claims.claim(project=project, annotator=annotator) == first
        assert counters(item) == (1, 0)

    def test_takes_back_leases_that_ran_out_before_it_says_no(self, project, member, items):
        (item,) = items(1, overlap=1)
        run_out(claims.claim(project=project, annotator=member(Role.ANNOTATOR)))
        assert claims.claim(project=project, annotator=member(Role.ANNOTATOR)).item == item
        assert counters(item) == (1, 0)

    def test_serves_what_is_urgent_first(self, project, annotator, items):
        items(3)
        (urgent,) = items(1, tier=Tier.URGENT, shuffle=0.99)
        assert claims.claim(project=project, annotator=annotator).item == urgent

    def test_passes_by_the_video_just_seen_while_there_is_another(self, project, annotator, items):
        video = VideoFactory(project=project)
        items(2, caption__video=video, tier=10)
        (other,) = items(1)
        seen = []
        for _ in range(3):
            slot = claims.claim(project=project, annotator=annotator)
            answers.submit(**answer(slot))
            seen.append(slot.item.caption.video)
        assert seen == [video, other.caption.video, video]

    def test_never_serves_what_is_withdrawn(self, project, annotator, items):
        items(1, withdrawn=True)
        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=annotator)

    def test_never_serves_another_projects_items(self, project, annotator, items):
        items(1, caption__video__project=ProjectFactory())
        with pytest.raises(NothingToRate) as refusal:
            claims.claim(project=project, annotator=annotator)
        assert refusal.value.facts == {"why": "empty"}


class TestNothingToRate:
    def why(self, project, annotator):
        with pytest.raises(NothingToRate) as refusal:
            claims.claim(project=project, annotator=annotator)
        return refusal.value.facts

    def test_all_done(self, project, annotator, member, items):
        items(1, overlap=1)
        answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
        assert self.why(project, member(Role.ANNOTATOR)) == {"why": "all-done"}

    def test_yours_done(self, project, annotator, items):
        items(1, overlap=2)
        answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
        assert self.why(project, annotator) == {"why": "yours-done"}

    def test_yours_done_although_another_still_rates_what_you_have_rated(
        self, project, annotator, member, items
    ):
        items(1, overlap=2)
        answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
        claims.claim(project=project, annotator=member(Role.ANNOTATOR))
        assert self.why(project, annotator) == {"why": "yours-done"}

    def test_on_loan_and_until_when(self, project, annotator, member, items):
        items(1, overlap=1)
        theirs = claims.claim(project=project, annotator=member(Role.ANNOTATOR))
        found = self.why(project, annotator)
        assert 590 < found.pop("next_in") <= 600
        assert found == {"why": "on-loan", "next_at": theirs.lease_until}


class TestReserve:
    def test_lends_this_very_item(self, annotator, items):
        item = items(3)[2]
        slot = claims.reserve(item=item, annotator=annotator)
        assert slot.item == item
        assert claims.reserve(item=item, annotator=annotator) == slot
        assert counters(item) == (1, 0)

    def test_lends_no_more_often_than_the_overlap_says(self, annotator, member, items):
        (item,) = items(1, overlap=1)
        claims.reserve(item=item, annotator=annotator)
        with pytest.raises(NotToBeLent):
            claims.reserve(item=item, annotator=member(Role.ANNOTATOR))
        assert counters(item) == (1, 0)

    def test_lends_nothing_that_the_annotator_rated(self, annotator, items):
        (item,) = items(1)
        answers.submit(**answer(claims.reserve(item=item, annotator=annotator)))
        with pytest.raises(NotToBeLent):
            claims.reserve(item=item, annotator=annotator)


@pytest.fixture
def slot(project, annotator, items):
    items(1)
    return claims.claim(project=project, annotator=annotator)


class TestSubmit:
    def test_writes_all_five_judgments_at_the_databases_time(self, slot):
        done = answers.submit(**answer(slot))
        found = Judgment.objects.filter(slot=slot)
        assert done.fresh
        assert dict(found.values_list("dimension", "level")) == LEVELS
        assert {row.judged_at for row in found} == {done.slot.submitted_at}
        assert done.slot.submitted_at >= slot.leased_at
        assert not done.slot.late
        assert counters(slot.item) == (1, 1)

    def test_the_same_answer_again_changes_nothing(self, slot):
        given = answer(slot)
        first = answers.submit(**given)
        again = answers.submit(**given)
        assert (first.fresh, again.fresh) == (True, False)
        assert again.slot.submitted_at == first.slot.submitted_at
        assert Judgment.objects.count() == 5
        assert counters(slot.item) == (1, 1)

    def test_another_answer_to_the_same_slot_is_refused(self, slot):
        answers.submit(**answer(slot))
        with pytest.raises(AlreadySubmitted):
            answers.submit(**answer(slot))

    def test_a_key_belongs_to_one_slot(self, project, annotator, items, slot):
        items(1)
        given = answer(slot)
        answers.submit(**given)
        other = claims.claim(project=project, annotator=annotator)
        with pytest.raises(KeyInUse):
            answers.submit(**answer(other, client_key=given["client_key"]))
        assert counters(other.item) == (1, 0)

    def test_keeps_a_late_answer_and_flags_it(self, slot):
        run_out(slot)
        assert answers.submit(**answer(slot)).slot.late
        assert counters(slot.item) == (1, 1)

    def test_keeps_an_answer_whose_place_went_to_another(self, project, member, items):
        (item,) = items(1, overlap=1)
        slow = claims.claim(project=project, annotator=member(Role.ANNOTATOR))
        run_out(slow)
        quick = claims.claim(project=project, annotator=member(Role.ANNOTATOR))
        answers.submit(**answer(quick))
        assert answers.submit(**answer(slow)).slot.late
        assert counters(item) == (2, 2)

    @pytest.mark.parametrize(
        "levels",
        [
            {name: level for name, level in LEVELS.items() if name != "camera"},
            {**LEVELS, "camera": 6},
            {**LEVELS, "camera": -1},
            {**LEVELS, "sound": 3},
        ],
    )
    def test_refuses_levels_that_are_not_one_for_each_dimension(self, slot, levels):
        with pytest.raises(Incomplete):
            answers.submit(**answer(slot, levels=levels))
        assert not Judgment.objects.exists()

    def test_refuses_an_answer_to_a_video_unseen(self, slot):
        with pytest.raises(NotWatched) as refusal:
            answers.submit(**answer(slot, evidence=evidence([0, 2], [1, 3])))
        assert refusal.value.facts == {"watched": 3.0, "needed": 3.65}
        assert counters(slot.item) == (1, 0)

    def test_somebody_elses_slot_is_not_there(self, slot, member):
        with pytest.raises(NoSuchSlot):
            answers.submit(**answer(slot, annotator=member(Role.ANNOTATOR)))
        with pytest.raises(NoSuchSlot):
            answers.submit(**answer(slot, project=ProjectFactory()))


class TestSkip:
    def skip(self, slot, reason=Slot.SkipReason.UNSURE):
        skips.skip(
            project=slot.item.project, slot_id=slot.pk, annotator=slot.annotator, reason=reason
        )

    def test_passes_the_item_to_the_next_and_never_back(self, project, annotator, slot, member):
        self.skip(slot)
        assert counters(slot.item) == (0, 0)
        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=annotator)
        assert claims.claim(project=project, annotator=member(Role.ANNOTATOR)).item == slot.item

    def test_broken_is_out_for_all(self, project, slot, member):
        held = claims.reserve(item=slot.item, annotator=member(Role.ANNOTATOR))
        self.skip(slot, Slot.SkipReason.BROKEN)
        for annotator in (held.annotator, member(Role.ANNOTATOR)):
            with pytest.raises(NothingToRate):
                claims.claim(project=project, annotator=annotator)

    def test_may_be_said_twice(self, slot):
        self.skip(slot)
        self.skip(slot)
        assert counters(slot.item) == (0, 0)

    def test_frees_no_place_that_was_taken_back_already(self, slot):
        run_out(slot)
        claims.sweep()
        self.skip(slot)
        assert counters(slot.item) == (0, 0)

    def test_what_is_skipped_or_submitted_stays_so(self, project, annotator, items, slot):
        self.skip(slot)
        with pytest.raises(AlreadySkipped):
            answers.submit(**answer(slot))
        items(1)
        other = claims.claim(project=project, annotator=annotator)
        answers.submit(**answer(other))
        with pytest.raises(AlreadySubmitted):
            self.skip(other)


class TestHeartbeat:
    def beat(self, slot):
        return claims.heartbeat(
            project=slot.item.project, slot_id=slot.pk, annotator=slot.annotator
        )

    def test_extends_the_lease(self, slot):
        run_out(slot)
        assert self.beat(slot) > slot.lease_until - timedelta(seconds=1)
        assert claims.sweep() == 0

    def test_says_when_the_place_was_taken_back(self, slot):
        run_out(slot)
        claims.sweep()
        with pytest.raises(LeaseLost):
            self.beat(slot)


class TestSweep:
    def test_takes_back_only_what_has_run_out(self, project, member, items):
        (item,) = items(1)
        slots = [claims.claim(project=project, annotator=member(Role.ANNOTATOR)) for _ in range(3)]
        run_out(slots[0])
        run_out(slots[1])
        assert claims.sweep() == 2
        assert claims.sweep() == 0
        assert counters(item) == (1, 0)
