"""What must hold of the queue whatever annotators do: the rules, and the proof that they can fail.

Hypothesis plays annotators who claim, answer, answer again, pass, walk away and come back late,
with the sweep in between. A crowd of threads does the same at once in `test_queue.py`.
"""

# ruff: noqa: SLF001 - it takes the lock out of the statement to see what happens

import uuid

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from annotation_site.accounts.models import Project
from annotation_site.rating import answers, claims, queue, skips
from annotation_site.rating.models import Item, Judgment, Slot
from annotation_site.rating.refusals import (
    AlreadySkipped,
    AlreadySubmitted,
    HoldsEnough,
    LeaseLost,
    NothingToRate,
)
from scorer.rubric import Dimension
from tests.factories import ItemFactory, MembershipFactory, ProjectFactory, ProtocolFactory
from tests.rating.factories import answer
from tests.rating.leases import run_out
from tests.runs.threads import at_once

OPEN = Q(slots__state=Slot.State.LEASED) | Q(slots__state=Slot.State.SUBMITTED)


def violations(project: Project) -> list[str]:
    """The rules of the queue that its rows break."""
    counted = Item.objects.filter(project=project).annotate(
        held=Count("slots", filter=OPEN),
        answered=Count("slots", filter=Q(slots__state=Slot.State.SUBMITTED)),
        late=Count("slots", filter=Q(slots__state=Slot.State.SUBMITTED, slots__late=True)),
    )
    submitted = Slot.objects.filter(item__project=project, state=Slot.State.SUBMITTED)
    rules = {
        "more places are taken than there are, late answers aside": counted.filter(
            held__gt=F("overlap") + F("late")
        ),
        "a counter does not say what the slots say": counted.exclude(
            n_open=F("held"), n_done=F("answered")
        ),
        "an answer has not one judgment for each dimension": submitted.annotate(
            n=Count("judgments")
        ).exclude(n=len(Dimension)),
        "there are judgments without an answer": Judgment.objects.filter(
            slot__item__project=project
        ).exclude(slot__state=Slot.State.SUBMITTED),
    }
    return [rule for rule, rows in rules.items() if rows.exists()]


class Annotators(RuleBasedStateMachine):
    """Four people and six captions, of which each wants two answers."""

    people = st.integers(0, 3)

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.project = ProjectFactory()
        ProtocolFactory(project=self.project, repeat_share=0, check_share=0)
        ItemFactory.create_batch(6, caption__video__project=self.project, overlap=2)
        self.users = [row.user for row in MembershipFactory.create_batch(4, project=self.project)]
        self.slots = {user.pk: [] for user in self.users}
        self.acknowledged = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def seen(self, who, which):
        """One of the slots that the person has ever been lent, if any."""
        slots = self.slots[self.users[who].pk]
        return slots[which % len(slots)] if slots else None

    @rule(who=people, ahead=st.booleans(), draw=st.floats(0, 1))
    def claim(self, who, ahead, draw):
        user = self.users[who]
        beside = self.slots[user.pk] if ahead else []
        try:
            slot = claims.claim(
                project=self.project, annotator=user, beside=beside[-50:], draw=draw
            )
        except (NothingToRate, HoldsEnough):
            return
        if slot.pk not in self.slots[user.pk]:
            self.slots[user.pk].append(slot.pk)

    @rule(who=people, which=st.integers(0, 9), twice=st.booleans())
    def submit(self, who, which, twice):
        if (pk := self.seen(who, which)) is None:
            return
        given = answer(Slot.objects.get(pk=pk), client_key=uuid.uuid5(uuid.NAMESPACE_OID, str(pk)))
        try:
            answers.submit(**given)
            if twice:
                assert not answers.submit(**given).fresh
        except AlreadySkipped:
            return
        self.acknowledged.add(pk)

    @rule(who=people, which=st.integers(0, 9))
    def skip(self, who, which):
        if (pk := self.seen(who, which)) is None:
            return
        try:
            skips.skip(
                project=self.project,
                slot_id=pk,
                annotator=self.users[who],
                reason=Slot.SkipReason.UNSURE,
            )
        except AlreadySubmitted:
            return

    @rule(who=people, which=st.integers(0, 9))
    def look_away(self, who, which):
        if (pk := self.seen(who, which)) is not None:
            run_out(pk)

    @rule(who=people, which=st.integers(0, 9))
    def stay(self, who, which):
        if (pk := self.seen(who, which)) is None:
            return
        try:
            claims.heartbeat(project=self.project, slot_id=pk, annotator=self.users[who])
        except LeaseLost:
            return

    @rule()
    def sweep(self):
        claims.sweep()

    @invariant()
    def every_rule_holds(self):
        assert violations(self.project) == []

    @invariant()
    def no_answer_is_lost(self):
        submitted = Slot.objects.filter(item__project=self.project, state=Slot.State.SUBMITTED)
        assert set(submitted.values_list("pk", flat=True)) == self.acknowledged


@pytest.mark.django_db
def test_whatever_annotators_do_the_rules_hold():
    run_state_machine_as_test(
        Annotators, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )


@pytest.mark.django_db(transaction=True)
class TestTheRulesCanFail:
    """The same crowd with the lock in place and without it: only then is a rule broken."""

    @pytest.fixture
    def rush(self, project):
        """Everybody asks for the last place of the only caption at the same moment."""
        ProtocolFactory(project=project, overlap=1, repeat_share=0, check_share=0)
        ItemFactory(caption__video__project=project, overlap=1)
        users = [row.user for row in MembershipFactory.create_batch(8, project=project)]

        def ask():
            waiting = iter(users)
            at_once(8, lambda: claims.claim(project=project, annotator=next(waiting), draw=1.0))
            return violations(project)

        return ask

    def test_with_the_lock_none_is_broken(self, rush):
        assert rush() == []

    def test_without_it_the_last_place_is_lent_to_many(self, rush, monkeypatch):
        # All of them look before the first has written: that is what the lock prevents.
        unlocked = queue._OPEN.replace("FOR NO KEY UPDATE OF item", "").replace(
            "SELECT item.id\n", "SELECT item.id + 0 * length(pg_sleep(0.2)::text) AS id\n", 1
        )
        assert unlocked.count("pg_sleep") == 1
        monkeypatch.setattr(queue, "_OPEN", unlocked)
        monkeypatch.setattr(queue, "_PASSING_BY", "")
        queue._candidate.cache_clear()
        try:
            assert "more places are taken than there are, late answers aside" in rush()
        finally:
            queue._candidate.cache_clear()
