from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from annotation_site.accounts.models import Role
from annotation_site.quality import checks, standings
from annotation_site.quality.refusals import NoSuchAnnotator, NothingLeftToAnswer
from annotation_site.rating import answers, claims, skips
from annotation_site.rating.models import Purpose, Slot, Standing
from annotation_site.rating.refusals import NothingToRate
from tests.factories import ItemFactory, ProjectFactory, ProtocolFactory
from tests.quality.known import answered, known, levels
from tests.rating.factories import answer

pytestmark = pytest.mark.django_db
State = Standing.State


@pytest.fixture
def exam(project):
    """Two qualification clips, in a project that asks for it, with something to rate after."""
    ProtocolFactory(project=project, practice_required=True, pass_share=0.75)
    ItemFactory(caption__video__project=project)
    return [known(project, Purpose.EXAM, levels=levels(4)).item for _ in range(2)]


def standing(project, annotator):
    return Standing.objects.get(project=project, annotator=annotator)


def decide(project, annotator, state, by, now):
    return standings.decide(project=project, annotator_id=annotator.pk, state=state, by=by, now=now)


class TestSettle:
    def test_nothing_is_decided_before_the_last_clip(self, project, annotator, exam):
        answered(exam[0], annotator, levels=levels(4))
        assert standing(project, annotator).state == State.PRACTISING

    def test_whoever_knows_enough_is_let_in(self, project, annotator, exam):
        answered(exam[0], annotator, levels=levels(5))
        answered(exam[1], annotator, levels=levels(4, object=1, camera=0))  # 8 of 10

        found = standing(project, annotator)
        assert (found.state, found.score, found.by) == (State.QUALIFIED, 0.8, None)
        slot = claims.claim(project=project, annotator=annotator, draw=0.99)
        assert slot.item.purpose == Purpose.RATE

    def test_whoever_does_not_stays_out(self, project, annotator, exam):
        answered(exam[0], annotator, levels=levels(1))
        answered(exam[1], annotator, levels=levels(4))

        found = standing(project, annotator)
        assert (found.state, found.score) == (State.FAILED, 0.5)
        with pytest.raises(NothingToRate) as refused:
            claims.claim(project=project, annotator=annotator)
        assert refused.value.facts["why"] == "not-qualified"

    def test_each_annotator_and_each_project_by_itself(self, project, member, exam):
        one, other = member(Role.ANNOTATOR), member(Role.ANNOTATOR)
        for item in exam:
            answered(item, one, levels=levels(4))
        answered(exam[0], other, levels=levels(1))

        assert standing(project, one).state == State.QUALIFIED
        assert standing(project, other).state == State.PRACTISING

    def test_a_clip_taken_out_is_not_waited_for_and_does_not_count(
        self, project, annotator, exam, now
    ):
        answered(exam[0], annotator, levels=levels(4))
        checks.edit(project=project, item_id=exam[1].pk, withdrawn=True, now=now)

        found = standing(project, annotator)
        assert (found.state, found.score) == (State.QUALIFIED, 1.0)

    def test_a_clip_that_turns_out_to_be_broken_is_not_waited_for(self, project, member, exam):
        one, other = member(Role.ANNOTATOR), member(Role.ANNOTATOR)
        for somebody in (one, other):
            answered(exam[0], somebody, levels=levels(4))
        slot = claims.reserve(item=exam[1], annotator=one)
        skips.skip(project=project, slot_id=slot.pk, annotator=one, reason=Slot.SkipReason.BROKEN)
        assert {standing(project, one).state, standing(project, other).state} == {State.QUALIFIED}

    def test_a_clip_that_was_merely_skipped_is_waited_for(self, project, annotator, exam):
        answered(exam[0], annotator, levels=levels(4))
        slot = claims.reserve(item=exam[1], annotator=annotator)
        skips.skip(
            project=project, slot_id=slot.pk, annotator=annotator, reason=Slot.SkipReason.UNSURE
        )
        assert standing(project, annotator).state == State.PRACTISING

    def test_new_clips_do_not_put_out_who_is_in(self, project, annotator, exam):
        for item in exam:
            answered(item, annotator, levels=levels(4))
        answered(known(project, Purpose.EXAM, levels=levels(1)).item, annotator, levels=levels(5))
        assert standing(project, annotator).state == State.QUALIFIED

    @pytest.mark.django_db(transaction=True)
    def test_the_last_two_answers_may_come_in_at_once(self, project, annotator, exam):
        slots = [claims.reserve(item=item, annotator=annotator) for item in exam]

        def submit(slot):
            try:
                answers.submit(**answer(slot, levels=levels(4)))
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(submit, slots))

        assert standing(project, annotator).state == State.QUALIFIED


class TestDecide:
    def test_an_admin_lets_somebody_in_who_failed(self, project, annotator, admin, exam, now):
        for item in exam:
            answered(item, annotator, levels=levels(1))
        decide(project, annotator, State.QUALIFIED, admin, now)

        found = standing(project, annotator)
        assert (found.state, found.by, found.since) == (State.QUALIFIED, admin, now)
        assert found.score == 0.0

    @pytest.mark.usefixtures("exam")
    def test_or_somebody_who_has_answered_nothing(self, project, annotator, admin, now):
        decide(project, annotator, State.QUALIFIED, admin, now)
        slot = claims.claim(project=project, annotator=annotator, draw=0.99)
        assert slot.item.purpose == Purpose.RATE

    def test_who_is_sent_back_needs_new_clips(self, project, annotator, admin, exam, now):
        for item in exam:
            answered(item, annotator, levels=levels(1))
        with pytest.raises(NothingLeftToAnswer):
            decide(project, annotator, State.PRACTISING, admin, now)
        assert standing(project, annotator).state == State.FAILED

    def test_and_is_judged_by_these_alone(self, project, annotator, admin, exam):
        for item in exam:
            answered(item, annotator, levels=levels(1))
        new = known(project, Purpose.EXAM, levels=levels(4)).item
        later = Slot.objects.latest("submitted_at").submitted_at + timedelta(microseconds=1)
        decide(project, annotator, State.PRACTISING, admin, later)

        slot = claims.claim(project=project, annotator=annotator)
        assert slot.item == new
        answers.submit(**answer(slot, levels=levels(4)))

        found = standing(project, annotator)
        assert (found.state, found.score, found.by) == (State.QUALIFIED, 1.0, None)

    def test_asked_twice_decides_once(self, project, annotator, admin, now):
        decide(project, annotator, State.QUALIFIED, admin, now)
        decide(project, annotator, State.QUALIFIED, annotator, now + timedelta(days=1))

        found = standing(project, annotator)
        assert (found.by, found.since) == (admin, now)

    def test_only_of_people_who_annotate_here(self, project, admin, member, now):
        elsewhere = member(Role.ANNOTATOR, project=ProjectFactory())
        for somebody in (elsewhere, admin):
            with pytest.raises(NoSuchAnnotator):
                decide(project, somebody, State.QUALIFIED, admin, now)
        assert not Standing.objects.exists()
