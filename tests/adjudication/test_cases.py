"""A disagreement is rated once more, blindly, and then decided, with a reason and for ever."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from annotation_site.accounts.models import Project, Role, User
from annotation_site.adjudication import cases, returns, story
from annotation_site.adjudication.cases import Stage
from annotation_site.adjudication.models import Case, Decision
from annotation_site.adjudication.refusals import (
    NobodyIsLeft,
    NoSuchRating,
    NothingDecided,
    NothingToSettle,
    ReturnedAlready,
    ThirdRatingAwaited,
)
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Item, Purpose, Slot, Tier
from annotation_site.rating.selectors import data
from tests.factories import ItemFactory
from tests.rating.factories import LEVELS, answer

pytestmark = pytest.mark.django_db

Rate = Callable[..., User]
Member = Callable[..., User]


@pytest.fixture
def admin(member: Member) -> User:
    return member(Role.ADMIN)


@pytest.fixture
def case(project: Project, disputed: Item, member: Member, admin: User, now: datetime) -> Case:
    member(Role.ANNOTATOR)  # who is left
    return cases.open_case(
        project=project, item_id=disputed.pk, reason="0 or 1?", by=admin, now=now
    )


def at(project: Project, stage: Stage) -> list[int]:
    return [case.item_id for case in cases.cases(project=project, stage=stage)]


class TestOpen:
    def test_asks_for_one_more_before_anything_else(
        self, project: Project, case: Case, member: Member
    ) -> None:
        ItemFactory(caption__video__project=project, shuffle=0.0)

        lent = claims.claim(project=project, annotator=member(Role.ANNOTATOR))

        assert lent.item_id == case.item_id
        item = lent.item
        assert (item.overlap, item.tier, item.tier_reason) == (3, Tier.URGENT, "adjudication")

    def test_tells_the_third_annotator_nothing(
        self, project: Project, case: Case, member: Member
    ) -> None:
        """The screen is that of any rating: see tests/rating/test_blinding.py."""
        lent = claims.claim(project=project, annotator=member(Role.ANNOTATOR))

        assert lent.item.purpose == Purpose.RATE
        assert Slot.objects.filter(item=case.item, state=Slot.State.SUBMITTED).count() == 2

    def test_waits_while_ratings_are_still_to_come(
        self, project: Project, rate: Rate, admin: User, now: datetime
    ) -> None:
        item = ItemFactory(caption__video__project=project, overlap=2)
        rate(item)

        with pytest.raises(ThirdRatingAwaited):
            cases.open_case(project=project, item_id=item.pk, reason="", by=admin, now=now)

    def test_is_refused_where_everybody_has_rated_it(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        with pytest.raises(NobodyIsLeft):
            cases.open_case(project=project, item_id=disputed.pk, reason="", by=admin, now=now)

    def test_is_refused_for_what_nobody_has_rated_and_for_anothers(
        self, project: Project, admin: User, now: datetime
    ) -> None:
        unrated = ItemFactory(caption__video__project=project)
        for item in (unrated, ItemFactory(n_open=1, n_done=1)):
            with pytest.raises(NothingToSettle):
                cases.open_case(project=project, item_id=item.pk, reason="", by=admin, now=now)


class TestStages:
    def test_follow_from_the_ratings_and_the_decision(
        self, project: Project, case: Case, rate: Rate, admin: User, now: datetime
    ) -> None:
        assert at(project, Stage.WAITING) == [case.item_id]

        rate(Item.objects.get(pk=case.item_id), camera=1)
        assert at(project, Stage.WAITING) == []
        assert at(project, Stage.READY) == [case.item_id]

        cases.decide(
            project=project, item_id=case.item_id, levels={"camera": 1}, reason="It pans.",
            by=admin, now=now,
        )  # fmt: skip
        assert at(project, Stage.READY) == []
        assert at(project, Stage.DECIDED) == [case.item_id]

    def test_a_withdrawn_caption_waits_for_nobody(self, project: Project, case: Case) -> None:
        Item.objects.filter(pk=case.item_id).update(withdrawn=True)

        assert at(project, Stage.READY) == [case.item_id]

    def test_a_decided_case_may_be_opened_anew(
        self, project: Project, case: Case, rate: Rate, member: Member, now: datetime
    ) -> None:
        rate(Item.objects.get(pk=case.item_id))
        by = case.opened_by
        given = {"project": project, "item_id": case.item_id, "by": by, "now": now}
        cases.decide(levels={"camera": 1}, reason="It pans.", **given)
        member(Role.ANNOTATOR)

        cases.open_case(reason="Somebody objects.", **given)

        assert at(project, Stage.WAITING) == [case.item_id]
        assert Item.objects.get(pk=case.item_id).overlap == 4


class TestDecide:
    def test_changes_no_rating_and_the_newest_stands(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        before = list(data().values_list("slot", "dimension", "level"))
        given = {"project": project, "item_id": disputed.pk, "by": admin, "now": now}

        cases.decide(levels={"camera": 1, "object": 5}, reason="It pans.", **given)
        cases.decide(levels={"camera": 2}, reason="A little.", **given)

        assert list(data().values_list("slot", "dimension", "level")) == before
        stands = cases.standing(project=project).values_list("dimension", "level")
        assert dict(stands) == {"camera": 2, "object": 5}
        assert Decision.objects.count() == 3

    def test_needs_a_level(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        with pytest.raises(NothingDecided):
            cases.decide(
                project=project, item_id=disputed.pk, levels={}, reason="So.", by=admin, now=now
            )

    def test_is_for_ever(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        cases.decide(
            project=project, item_id=disputed.pk, levels={"camera": 1}, reason="It pans.",
            by=admin, now=now,
        )  # fmt: skip

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Decision.objects.update(level=5)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Decision.objects.all().delete()


class TestReturns:
    def test_go_to_the_author_and_are_answered_by_rating_again(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        slot = Slot.objects.filter(item=disputed).earliest("pk")
        returns.send_back(
            project=project, item_id=disputed.pk, slot_id=slot.pk, reason="It pans: look again.",
            by=admin, now=now,
        )  # fmt: skip
        mine = returns.open_for(project=project, annotator=slot.annotator)
        assert [one.slot_id for one in mine] == [slot.pk]

        given = answer(slot, levels=LEVELS)
        del given["evidence"]
        answers.revise(**given)

        assert not mine.all().exists()
        assert {row.revision for row in data().filter(slot=slot)} == {2}

    def test_are_made_once_until_they_are_answered(
        self, project: Project, disputed: Item, admin: User, now: datetime
    ) -> None:
        slot = Slot.objects.filter(item=disputed).earliest("pk")
        given = {"project": project, "item_id": disputed.pk, "slot_id": slot.pk}
        returns.send_back(reason="Look again.", by=admin, now=now, **given)

        with pytest.raises(ReturnedAlready):
            returns.send_back(reason="Look again.", by=admin, now=now, **given)

    def test_are_of_ratings_of_that_caption_only(
        self, project: Project, disputed: Item, rate: Rate, admin: User, now: datetime
    ) -> None:
        other = ItemFactory(caption__video__project=project)
        rate(other)
        slot = Slot.objects.get(item=other)

        with pytest.raises(NoSuchRating):
            returns.send_back(
                project=project, item_id=disputed.pk, slot_id=slot.pk, reason="Look.",
                by=admin, now=now,
            )  # fmt: skip


class TestStory:
    def test_tells_everything_in_its_order(
        self, project: Project, case: Case, rate: Rate, admin: User, now: datetime
    ) -> None:
        item = Item.objects.get(pk=case.item_id)
        third = rate(item, camera=1)
        slot = Slot.objects.filter(item=item).earliest("pk")
        given = {"project": project, "item_id": item.pk, "by": admin, "now": now}
        returns.send_back(slot_id=slot.pk, reason="Look again.", **given)
        cases.decide(levels={"camera": 1, "object": 4}, reason="It pans.", **given)

        told = story.of(project=project, item_id=item.pk)

        assert [rating["levels"]["camera"] for rating in told["ratings"]] == [1, 0, 1]
        assert [rating["returned"] for rating in told["ratings"]] == [True, False, False]
        assert told["decided"] == {"camera": 1, "object": 4}
        assert told["case"]["stage"] == Stage.DECIDED
        events = [(event["kind"], event["by"]) for event in told["history"]]
        assert events.count(("decided", admin.username)) == 1
        assert ("rated", third.username) in events
        moments = [event["at"] for event in told["history"]]
        assert moments == sorted(moments)

    def test_takes_as_many_queries_however_many_have_rated(
        self,
        project: Project,
        disputed: Item,
        rate: Rate,
        django_assert_num_queries: Callable[[int], object],
    ) -> None:
        Item.objects.filter(pk=disputed.pk).update(overlap=F("overlap") + 3)
        for _ in range(3):
            rate(Item.objects.get(pk=disputed.pk))

        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            story.of(project=project, item_id=disputed.pk)
