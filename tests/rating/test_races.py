"""One person in several tabs, or several people at one video, at the same moment."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from threading import Lock

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q

from annotation_site.rating import answers, claims, drafts, remarks, skips
from annotation_site.rating.models import Draft, Item, Judgment, Remark, Revision, Slot
from annotation_site.rating.refusals import (
    AlreadySkipped,
    AlreadySubmitted,
    KeyInUse,
    NewerDraft,
    NotToBeLent,
)
from scorer.rubric import Dimension
from tests.factories import ItemFactory, MembershipFactory, ProtocolFactory, VideoFactory
from tests.rating.factories import LEVELS, answer
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

BODY = {"answers": {"object": 3}}
TABS = 8
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def slot(project, annotator):
    ItemFactory(caption__video__project=project)
    return claims.claim(project=project, annotator=annotator)


def whose(slot):
    return {"project": slot.item.project, "slot_id": slot.pk, "annotator": slot.annotator}


def save(slot, step=1):
    return drafts.save(**whose(slot), step=step, body=BODY)


def skip(slot, reason=Slot.SkipReason.UNSURE):
    skips.skip(**whose(slot), reason=reason)


def revise(slot, key=None, levels=LEVELS):
    return answers.revise(**whose(slot), client_key=key or uuid.uuid4(), levels=levels)


def in_turn(*acts):
    """Each thread takes the next of these; all begin at the same moment."""
    waiting, lock = cycle(acts), Lock()

    def act():
        with lock:
            mine = next(waiting)
        return mine()

    return at_once(TABS, act)


def kinds(found):
    return Counter(type(one) for one in found)


def drifted():
    """The items whose counters do not say what their slots say."""
    leased, submitted = (Q(slots__state=state) for state in ("leased", "submitted"))
    counted = Item.objects.annotate(
        held=Count("slots", filter=leased | submitted), answered=Count("slots", filter=submitted)
    )
    return counted.exclude(n_open=F("held"), n_done=F("answered"))


def while_it_waits(act, meanwhile):
    """Do something else in a transaction that ends once `act` waits for it. What `act` got."""

    def in_a_thread():
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            meanwhile()
            found, waiting = pool.submit(in_a_thread), 0
            while not waiting and not found.done():
                cursor.execute(_WAITING)
                (waiting,) = cursor.fetchone()
        return found.result(timeout=30)


class TestDraft:
    def test_of_many_at_once_the_furthest_is_kept(self, slot):
        found = in_turn(*(lambda step=step: save(slot, step) for step in range(TABS)))
        assert Draft.objects.get().step == TABS - 1
        assert kinds(found).keys() <= {Draft, NewerDraft}

    @pytest.mark.parametrize(
        ("end", "refusal"),
        [(lambda slot: answers.submit(**answer(slot)), AlreadySubmitted), (skip, AlreadySkipped)],
        ids=["submitted", "skipped"],
    )
    def test_that_comes_while_the_answer_does_leaves_nothing(self, slot, end, refusal):
        found = while_it_waits(lambda: save(slot), lambda: end(slot))
        assert isinstance(found, refusal)
        assert not Draft.objects.exists()

    def test_in_a_crowd_of_tabs_goes_with_the_answer(self, slot):
        found = in_turn(lambda: save(slot), lambda: answers.submit(**answer(slot)))
        assert kinds(found)[answers.Submission] == 1
        assert kinds(found).keys() <= {Draft, answers.Submission, AlreadySubmitted}
        assert not Draft.objects.exists()


class TestSkip:
    def test_against_an_answer_one_of_them_counts(self, slot):
        found = in_turn(lambda: skip(slot), lambda: answers.submit(**answer(slot)))
        slot.refresh_from_db()
        submitted = slot.state == Slot.State.SUBMITTED
        refusal = AlreadySubmitted if submitted else AlreadySkipped
        assert kinds(found).keys() <= {refusal, type(None), answers.Submission}
        assert kinds(found)[answers.Submission] == int(submitted)
        assert Judgment.objects.count() == (len(Dimension) if submitted else 0)
        assert not drifted().exists()

    def test_taken_back_by_many_tabs_takes_one_place(self, slot):
        skip(slot)
        found = at_once(TABS, lambda: skips.take_back(**whose(slot)))
        assert found == [None] * TABS
        assert Item.objects.get().n_open == 1
        assert not drifted().exists()

    def test_taken_back_while_others_ask_lends_the_place_once(self, project, annotator, slot):
        ProtocolFactory(project=project, overlap=1)
        Item.objects.update(overlap=1)
        skip(slot)
        other = MembershipFactory(project=project).user
        (item,) = Item.objects.all()
        found = in_turn(
            lambda: skips.take_back(**whose(slot)),
            lambda: claims.reserve(item=item, annotator=other),
        )
        leased = Slot.objects.get(state=Slot.State.LEASED)
        assert leased.annotator in (annotator, other)
        assert kinds(found)[NotToBeLent] == TABS // 2
        assert not drifted().exists()

    def test_of_a_broken_video_by_many_at_once_waits_in_no_circle(self, project):
        video = VideoFactory(project=project)
        items = ItemFactory.create_batch(4, caption__video=video)
        users = [row.user for row in MembershipFactory.create_batch(4, project=project)]
        slots = [
            claims.reserve(item=item, annotator=user)
            for item, user in zip(items, users, strict=True)
        ]
        broken = Slot.SkipReason.BROKEN
        said = in_turn(*(lambda slot=slot: skip(slot, broken) for slot in slots))
        assert said == [None] * TABS
        assert not Item.objects.filter(withdrawn=False).exists()
        undone = in_turn(*(lambda slot=slot: skips.take_back(**whose(slot)) for slot in slots[1:]))
        # Somebody still reports it, so the others' places are not to be had.
        assert kinds(undone) == {NotToBeLent: TABS}
        assert not Item.objects.filter(withdrawn=False).exists()
        assert not drifted().exists()


class TestRevision:
    @pytest.fixture
    def submitted(self, slot):
        answers.submit(**answer(slot))
        return slot

    def test_many_at_once_are_numbered_one_by_one(self, submitted):
        found = at_once(TABS, lambda: revise(submitted))
        assert all(one.fresh for one in found)
        assert sorted(one.slot.revision for one in found) == list(range(2, TABS + 2))
        assert Judgment.objects.count() == len(Dimension) * (TABS + 1)
        submitted.refresh_from_db()
        assert submitted.revision == TABS + 1

    def test_the_same_at_once_counts_once(self, submitted):
        key = uuid.uuid4()
        found = at_once(TABS, lambda: revise(submitted, key))
        assert sum(one.fresh for one in found) == 1
        assert {one.slot.revision for one in found} == {2}
        assert Revision.objects.count() == 1

    def test_a_key_belongs_to_one_slot(self, project, annotator, submitted):
        ItemFactory(caption__video__project=project)
        other = claims.claim(project=project, annotator=annotator, draw=1.0)
        answers.submit(**answer(other))
        key = uuid.uuid4()
        found = in_turn(lambda: revise(submitted, key), lambda: revise(other, key))
        assert kinds(found) == {answers.Submission: TABS // 2, KeyInUse: TABS // 2}
        assert Revision.objects.count() == 1


def test_a_flag_is_raised_once_by_many_tabs(slot, now):
    found = at_once(TABS, lambda: remarks.flag(slot=slot, text="", now=now))
    assert sum(new for _, new in found) == 1
    assert Remark.objects.count() == 1
