"""Rules that change in the middle of the work."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection
from django.db.models import Count, F, Q

from annotation_site.accounts.models import Role
from annotation_site.rating import answers, claims, drafts, protocols
from annotation_site.rating.models import EVERYONE, Item, Judgment, Protocol, Purpose, Slot
from annotation_site.rating.refusals import HoldsEnough, NothingToRate, NotWatched
from annotation_site.rating.showing import slot_out
from tests.factories import CaptionFactory, MembershipFactory, ProtocolFactory
from tests.rating.factories import LEVELS, answer, evidence
from tests.rating.leases import run_out


def lend(item, member):
    return claims.reserve(item=item, annotator=member(Role.ANNOTATOR))


@pytest.mark.django_db
class TestWhatIsLent:
    """It keeps the terms on which it was lent."""

    @pytest.fixture
    def slot(self, project, items, annotator):
        items(1, caption__video__seconds=20)
        ProtocolFactory(project=project, watch_share=0.5)
        return claims.claim(project=project, annotator=annotator)

    @pytest.fixture
    def stricter(self, project, slot):  # noqa: ARG002 - which is lent before
        changed = protocols.change(project=project, watch_share=1, random_order=True)
        project.refresh_from_db()  # as the next request finds it
        return changed

    @pytest.mark.usefixtures("stricter")
    def test_needs_no_more_watching_than_was_said(self, slot):
        assert answers.submit(**answer(slot, evidence=evidence([0, 10.5]))).fresh

    @pytest.mark.usefixtures("stricter")
    def test_is_asked_in_the_same_order(self, project, slot):
        shown = slot_out(slot, protocol=protocols.protocol_of(project), slug=project.slug)
        assert shown["protocol"]["random_order"] is False
        assert shown["protocol"]["watch_share"] == 0.5

    @pytest.mark.usefixtures("stricter")
    def test_still_does_when_it_is_lent_again(self, project, slot):
        body = {"answers": {"object": 3}}
        whose = {"project": project, "slot_id": slot.pk, "annotator": slot.annotator}
        drafts.save(**whose, step=1, body=body)
        run_out(slot.pk)
        claims.sweep()

        again = claims.claim(project=project, annotator=slot.annotator)

        assert (again.pk, again.watch_share, again.draft.body) == (slot.pk, 0.5, body)

    @pytest.mark.usefixtures("slot")
    def test_holds_what_comes_after_to_the_new_terms(self, project, stricter, member):
        new = claims.claim(project=project, annotator=member(Role.ANNOTATOR))
        assert (new.watch_share, new.random_order) == (stricter.watch_share, True)
        with pytest.raises(NotWatched):
            answers.submit(**answer(new, evidence=evidence([0, 10.5])))

    def test_names_its_rubric_in_each_judgment_and_revision(self, project, slot):
        Protocol.objects.filter(project=project).update(rubric_version=2)
        answers.submit(**answer(slot))
        other = {**LEVELS, "object": 5}
        whose = {"project": project, "slot_id": slot.pk, "annotator": slot.annotator}
        answers.revise(**whose, client_key=uuid.uuid4(), levels=other)

        found = Judgment.objects.values_list("revision", "rubric_version").distinct()
        assert set(found) == {(1, 1), (2, 1)}


@pytest.mark.django_db
class TestOverlap:
    def test_higher_opens_what_was_finished(self, project, items, member):
        (item,) = items(1, overlap=3)
        for _ in range(3):
            answers.submit(**answer(lend(item, member)))
        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=member(Role.ANNOTATOR))

        protocols.change(project=project, overlap=4)

        answers.submit(**answer(lend(item, member)))
        item.refresh_from_db()
        assert (item.overlap, item.n_open, item.n_done) == (4, 4, 4)

    def test_lower_takes_nothing_back(self, project, items, member):
        (item,) = items(1, overlap=3)
        for _ in range(2):
            answers.submit(**answer(lend(item, member)))
        held = lend(item, member)

        protocols.change(project=project, overlap=1)

        assert answers.submit(**answer(held)).fresh
        item.refresh_from_db()
        assert (item.overlap, item.n_done) == (1, 3)
        assert Slot.objects.filter(state=Slot.State.SUBMITTED).count() == 3
        with pytest.raises(NothingToRate):
            claims.claim(project=project, annotator=member(Role.ANNOTATOR))

    def test_leaves_an_item_what_it_has_beyond(self, project, items):
        (more,) = items(1, overlap=4)
        (gold,) = items(1, overlap=EVERYONE, purpose=Purpose.GOLD)
        protocols.change(project=project, overlap=5)
        protocols.change(project=project, overlap=2)

        overlaps = dict(Item.objects.values_list("pk", "overlap"))
        assert overlaps == {more.pk: 3, gold.pk: EVERYONE}

    def test_is_what_new_captions_are_opened_with(self, project):
        protocols.change(project=project, overlap=7)
        caption = CaptionFactory(video__project=project)
        claims.open_items(project=project, caption_ids=[caption.pk])
        assert Item.objects.get().overlap == 7

    def test_takes_as_many_statements_for_any_number(
        self, project, items, django_assert_num_queries
    ):
        items(20)
        ProtocolFactory(project=project)
        with django_assert_num_queries(
            7
        ):  # savepoint, found, held, told who, saved, items, released
            protocols.change(project=project, overlap=4)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_counters_and_overlap_hold_whatever_is_changed_meanwhile(self, project, items):
        """Annotators rate while the overlap goes up and down; captions come in as well."""
        items(12, overlap=3)
        ProtocolFactory(project=project)
        people = [MembershipFactory(project=project).user for _ in range(6)]
        fresh = [CaptionFactory(video__project=project).pk for _ in range(24)]

        def in_a_thread(act):
            try:
                act()
            finally:
                connection.close()

        def rate(person):
            for _ in range(14):
                try:
                    slot = claims.claim(project=Protocol.objects.get().project, annotator=person)
                    answers.submit(**answer(slot))
                except (NothingToRate, HoldsEnough):
                    continue

        def change():
            dice = Random(1)  # noqa: S311
            for _ in range(20):
                protocols.change(project=project, overlap=dice.randint(1, 6))
            protocols.change(project=project, overlap=5)

        def open_more():
            for pk in fresh:
                claims.open_items(project=project, caption_ids=[pk])

        acts = [change, open_more, *(lambda person=person: rate(person) for person in people)]
        with ThreadPoolExecutor(len(acts)) as pool:
            list(pool.map(in_a_thread, acts))

        leased, submitted = (Q(slots__state=state) for state in ("leased", "submitted"))
        counted = Item.objects.annotate(
            held=Count("slots", filter=leased | submitted),
            answered=Count("slots", filter=submitted),
        )
        assert not counted.exclude(n_open=F("held"), n_done=F("answered")).exists()
        assert set(Item.objects.values_list("overlap", flat=True)) == {5}
        assert Item.objects.count() == 36

    def test_two_admins_follow_one_another(self, project, items):
        items(3, overlap=3)
        ProtocolFactory(project=project)

        def change(overlap):
            protocols.change(project=project, overlap=overlap)
            connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(change, [9, 2, 6, 4]))

        assert set(Item.objects.values_list("overlap", flat=True)) == {
            Protocol.objects.get().overlap
        }
