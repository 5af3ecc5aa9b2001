"""The queue as the staff see and steer it."""

import pytest
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from annotation_site.accounts.models import Role
from annotation_site.rating import answers, claims, queue, skips
from annotation_site.rating.models import (
    EVERYONE,
    Item,
    Protocol,
    Purpose,
    Slot,
    Standing,
    Tier,
)
from tests.factories import CaptionerFactory, ItemFactory, ProtocolFactory, VideoNameFactory
from tests.rating.factories import answer
from tests.rating.leases import run_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(project):
    return lambda rest: f"/api/v1/projects/{project.slug}/{rest}"


@pytest.fixture
def admin(member, client_for):
    return client_for(member(Role.ADMIN))


@pytest.fixture
def lend(member):
    """`lend(item)` lends it to somebody new."""
    return lambda item: claims.reserve(item=item, annotator=member(Role.ANNOTATOR))


class TestProtocol:
    def test_is_the_usual_one_until_another_is_chosen(self, admin, project, url):
        usual = admin.get(url("protocol")).json()
        assert usual == {
            "overlap": 3,
            "auto_advance": True,
            "random_order": False,
            "watch_share": 0.9,
            "lease_seconds": 600,
            "random_share": 0.2,
            "check_share": 0.1,
            "repeat_share": 0.02,
            "practice_required": False,
            "pass_share": 0.75,
            "break_minutes": 25,
            "rubric_version": 1,
        }
        assert not Protocol.objects.filter(project=project).exists()

    def test_changes_in_what_is_said_and_nothing_else(self, admin, project, url):
        before = admin.get(url("protocol")).json()
        changed = {"practice_required": True, "lease_seconds": 900}
        answered = admin.patch(url("protocol"), changed, format="json")
        assert answered.status_code == 200
        assert answered.json() == {**before, **changed}
        assert Protocol.objects.get(project=project).lease_seconds == 900

    def test_changes_the_overlap_of_all_captions(self, admin, items, url):
        (item,) = items(1, overlap=3)
        assert admin.patch(url("protocol"), {"overlap": 9}, format="json").json()["overlap"] == 9
        item.refresh_from_db()
        assert item.overlap == 9

    def test_leaves_the_rubric_to_its_own_page(self, admin, url):
        answered = admin.patch(url("protocol"), {"rubric_version": 2}, format="json")
        assert answered.json()["rubric_version"] == 1

    @pytest.mark.parametrize(
        "nonsense",
        [
            {"overlap": 0},
            {"overlap": 101},
            {"watch_share": 1.1},
            {"random_share": -0.1},
            {"lease_seconds": 5},
            {"lease_seconds": 10**9},
            {"pass_share": "nan"},
            {"random_share": 0.5, "check_share": 0.4, "repeat_share": 0.2},
            {"check_share": 0.9},
        ],
        ids=str,
    )
    def test_refuses_nonsense(self, admin, project, url, nonsense):
        assert admin.patch(url("protocol"), nonsense, format="json").status_code == 400
        assert not Protocol.objects.filter(project=project).exists()


class TestOverview:
    @pytest.fixture
    def filled(self, project, items, lend, annotator, now):
        ProtocolFactory(project=project, random_share=0.3)
        items(2, overlap=1)
        (drawn,) = items(1, overlap=1, inclusion=0.3)
        (urgent,) = items(1, tier=Tier.URGENT, tier_reason="they differ")
        items(1, purpose=Purpose.GOLD, overlap=EVERYONE)
        items(1, withdrawn=True)
        answers.submit(**answer(lend(drawn)))
        lend(urgent)
        Standing.objects.create(
            project=project, annotator=annotator, state=Standing.State.FAILED, since=now
        )

    @pytest.mark.usefixtures("filled")
    def test_counts_tier_by_tier(self, admin, url):
        found = admin.get(url("queue")).json()
        assert found == {
            "tiers": [
                {
                    "tier": 10,
                    "reason": "they differ",
                    "purpose": "rate",
                    "items": 1,
                    "open": 1,
                    "leased": 1,
                    "finished": 0,
                },
                {
                    "tier": 0,
                    "reason": "routine",
                    "purpose": "gold",
                    "items": 1,
                    "open": 1,
                    "leased": 0,
                    "finished": 0,
                },
                {
                    "tier": 0,
                    "reason": "routine",
                    "purpose": "rate",
                    "items": 3,
                    "open": 2,
                    "leased": 0,
                    "finished": 1,
                },
            ],
            "stratum": {"share": 0.3, "items": 1, "finished": 1},
            "leased": 1,
            "late": 0,
            "over": 0,
            "withdrawn": 1,
            "standing": {"practising": 0, "qualified": 0, "failed": 1},
        }

    def test_asks_the_database_as_often_whatever_is_there(
        self, admin, items, lend, url, django_assert_max_num_queries
    ):
        for item in items(12):
            lend(item)
        with django_assert_max_num_queries(10):
            admin.get(url("queue"))


@pytest.fixture
def over(items, lend):
    """A caption with one answer more than wanted: the first came when its place was gone."""
    (item,) = items(1, overlap=1)
    late = lend(item)
    run_out(late.pk)
    queue.expire()
    answers.submit(**answer(lend(item)))
    answers.submit(**answer(late))
    return late


class TestLedger:
    def test_lists_what_came_late_and_what_is_over(self, admin, items, lend, url, over):
        answers.submit(**answer(lend(items(1)[0])))
        rows = admin.get(url("ledger")).json()["results"]
        assert [row["late"] for row in rows] == [False, True]
        assert rows[1] == {
            "slot": over.pk,
            "item": over.item_id,
            "caption_text": over.item.caption.text,
            "annotator": over.annotator.username,
            "submitted_at": rows[1]["submitted_at"],
            "late": True,
            "n_done": 2,
            "overlap": 1,
        }

    @pytest.mark.usefixtures("over")
    def test_tells_the_excess(self, admin, url):
        found = admin.get(url("queue")).json()
        assert (found["late"], found["over"], found["leased"]) == (1, 1, 0)

    @pytest.mark.usefixtures("over")
    def test_asks_as_often_for_many_rows_as_for_few(
        self, admin, items, lend, url, django_assert_max_num_queries
    ):
        for item in items(8):
            slot = lend(item)
            run_out(slot.pk)
            answers.submit(**answer(slot))
        with django_assert_max_num_queries(4):
            assert len(admin.get(url("ledger")).json()["results"]) == 10


class TestWithdrawn:
    @pytest.fixture
    def broken(self, items, lend, project):
        (item,) = items(1)
        VideoNameFactory(video=item.caption.video, name="clip.mp4")
        sibling = ItemFactory(caption__video=item.caption.video)
        slot = lend(item)
        skips.skip(
            project=project,
            slot_id=slot.pk,
            annotator=slot.annotator,
            reason=Slot.SkipReason.BROKEN,
        )
        return item, sibling, slot

    def test_tells_who_reported_it(self, admin, broken, url):
        item, sibling, slot = broken
        rows = admin.get(url("withdrawn")).json()["results"]
        assert [row["item"] for row in rows] == [sibling.pk, item.pk]
        for row in rows:
            assert row["video_name"] == "clip.mp4"
            assert [report["annotator"] for report in row["reports"]] == [slot.annotator.username]

    def test_comes_back_with_all_of_its_video(self, admin, broken, url):
        item, _, _ = broken
        assert admin.post(url(f"withdrawn/{item.pk}/restore")).status_code == 204
        assert not Item.objects.filter(withdrawn=True).exists()
        assert admin.get(url("withdrawn")).json()["results"] == []

    def test_asks_as_often_for_many_rows_as_for_few(
        self, admin, items, url, django_assert_max_num_queries
    ):
        items(9, withdrawn=True)
        with django_assert_max_num_queries(4):
            assert len(admin.get(url("withdrawn")).json()["results"]) == 9


class TestPriorities:
    @pytest.fixture
    def rank(self, admin, url):
        def ask(**given):
            wanted = {"reason": "they differ", "tier": 10, **given}
            return admin.post(url("priorities"), wanted, format="json")

        return ask

    def test_put_a_captioner_first(self, project, items, rank):
        captioner = CaptionerFactory(project=project, name="ours")
        mine = items(2, caption__captioner=captioner)
        items(2)
        assert rank(captioner="ours").json() == {"changed": 2}
        ranked = Item.objects.filter(tier=Tier.URGENT, tier_reason="they differ")
        assert set(ranked) == set(mine)
        assert rank(captioner="ours").json() == {"changed": 0}
        assert rank(captioner="ours", tier=0, reason="routine").json() == {"changed": 2}

    def test_put_chosen_captions_first(self, items, rank):
        one, _ = items(2)
        assert rank(captions=[one.caption_id]).json() == {"changed": 1}

    def test_never_touch_the_random_stratum(self, items, rank):
        chosen = items(2, inclusion=0.2)
        assert rank(captions=[item.caption_id for item in chosen]).json() == {"changed": 0}

    def test_reach_no_other_project(self, rank):
        elsewhere = ItemFactory()
        assert rank(captions=[elsewhere.caption_id]).json() == {"changed": 0}

    def test_want_to_know_which(self, rank):
        assert rank().status_code == 400


def test_a_lock_that_does_not_come_is_no_server_error(
    client_for, annotator, items, url, monkeypatch
):
    items(1)

    def wait_too_long(*_args, **_kwargs):
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr(queue, "lend", wait_too_long)
    answered = client_for(annotator).post(url("slots"))
    assert answered.status_code == 503
    assert answered.json()["type"] == "busy"
    assert int(answered.headers["Retry-After"]) > 0
