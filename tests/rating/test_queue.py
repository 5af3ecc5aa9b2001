"""Many annotators at the same moment, over real connections."""

import random
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Count, F, Q

from annotation_site.rating import answers, claims, queue
from annotation_site.rating.models import Item, Judgment, Slot
from annotation_site.rating.refusals import AlreadySubmitted, NothingToRate
from scorer.rubric import Dimension
from tests.factories import ItemFactory, MembershipFactory, ProtocolFactory
from tests.rating.factories import answer
from tests.rating.leases import run_out
from tests.runs.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def annotators(project, count):
    return [row.user for row in MembershipFactory.create_batch(count, project=project)]


def drifted():
    """The items whose counters do not say what their slots say."""
    leased, submitted = (Q(slots__state=state) for state in ("leased", "submitted"))
    counted = Item.objects.annotate(
        held=Count("slots", filter=leased | submitted), answered=Count("slots", filter=submitted)
    )
    return counted.exclude(n_open=F("held"), n_done=F("answered"))


def each(people, act):
    """What came of `act(person)`, for all of them at once."""
    waiting = iter(people)
    lock = threading.Lock()

    def next_one():
        with lock:
            person = next(waiting)
        return act(person)

    return at_once(len(people), next_one)


class TestLend:
    def test_lends_each_place_once(self, project):
        ItemFactory.create_batch(4, caption__video__project=project, overlap=3)
        slots = each(annotators(project, 12), lambda a: claims.claim(project=project, annotator=a))
        assert Counter(Counter(slot.item_id for slot in slots).values()) == {3: 4}
        assert not drifted().exists()

    def test_lends_no_place_that_is_not_there(self, project):
        ItemFactory.create_batch(2, caption__video__project=project, overlap=3)
        found = each(annotators(project, 16), lambda a: claims.claim(project=project, annotator=a))
        kinds = Counter(type(one) for one in found)
        assert kinds == {Slot: 6, NothingToRate: 10}
        assert set(Item.objects.values_list("n_open", flat=True)) == {3}

    def test_shows_two_tabs_the_same_caption(self, project, annotator):
        ItemFactory.create_batch(8, caption__video__project=project)
        slots = at_once(8, lambda: claims.claim(project=project, annotator=annotator))
        assert len(set(slots)) == 1

    def test_lends_the_last_place_to_one(self, project):
        item = ItemFactory(caption__video__project=project, overlap=1)
        lent = each(annotators(project, 8), lambda a: claims.reserve(item=item, annotator=a))
        assert sum(isinstance(found, Slot) for found in lent) == 1
        assert not drifted().exists()


class TestSubmitTwice:
    @pytest.fixture
    def slot(self, project, annotator):
        ItemFactory(caption__video__project=project)
        return claims.claim(project=project, annotator=annotator)

    def test_the_same_answer_at_once_counts_once(self, slot):
        given = answer(slot)
        found = at_once(8, lambda: answers.submit(**given))
        assert sum(submission.fresh for submission in found) == 1
        assert len({submission.slot.submitted_at for submission in found}) == 1
        assert Judgment.objects.count() == len(Dimension)
        assert not drifted().exists()

    def test_of_different_answers_at_once_one_counts(self, slot):
        said = at_once(8, lambda: answers.submit(**answer(slot)))
        assert sum(isinstance(found, AlreadySubmitted) for found in said) == 7
        assert Judgment.objects.count() == len(Dimension)
        assert not drifted().exists()


class Rater:
    """Claims and answers until little is left; late three times in ten, gone once in ten."""

    def __init__(self, project, user, seed):
        self.project, self.user = project, user
        self.dice = random.Random(seed)  # noqa: S311 - dice
        self.acknowledged = []

    def rate(self):
        while True:
            try:
                self.answer(claims.claim(project=self.project, annotator=self.user))
            except NothingToRate as refusal:
                if refusal.facts["why"] != "on-loan":
                    return

    def answer(self, slot):
        fate = self.dice.random()
        if fate < 0.3:
            run_out(slot.pk)
        if fate < 0.1:
            return  # gone; the place is taken back
        given = answer(slot, client_key=uuid.UUID(int=self.dice.getrandbits(128)))
        answers.submit(**given)
        if fate > 0.9:
            answers.submit(**given)  # the reply was lost
        self.acknowledged.append(slot.pk)


def test_nothing_is_lost_or_counted_wrong_in_a_crowd(project):
    ProtocolFactory(project=project, overlap=3, repeat_share=0)
    ItemFactory.create_batch(60, caption__video__project=project, overlap=3)
    raters = [Rater(project, user, seed) for seed, user in enumerate(annotators(project, 24))]
    over = threading.Event()

    def in_a_thread(act):
        try:
            return act()
        finally:
            connection.close()

    def keep_sweeping():
        taken_back = 0
        while not over.is_set():
            taken_back += queue.expire()
        return taken_back

    began = time.monotonic()
    with ThreadPoolExecutor(len(raters) + 1) as pool:
        sweeper = pool.submit(in_a_thread, keep_sweeping)
        ratings = [pool.submit(in_a_thread, rater.rate) for rater in raters]
        try:
            for rating in ratings:
                rating.result(timeout=60)
        finally:
            over.set()
        assert sweeper.result(timeout=60) > 0
    assert time.monotonic() - began < 60

    acknowledged = [slot for rater in raters for slot in rater.acknowledged]
    submitted = Slot.objects.filter(state=Slot.State.SUBMITTED)
    assert sorted(acknowledged) == sorted(submitted.values_list("pk", flat=True))
    assert not submitted.annotate(n=Count("judgments")).exclude(n=len(Dimension)).exists()
    assert submitted.filter(late=True).exists()
    assert not drifted().exists()
    assert not Item.objects.filter(n_done__lt=F("overlap")).exists()
    on_time = submitted.filter(late=False).values("item").annotate(n=Count("pk"))
    assert max(row["n"] for row in on_time) <= 3
