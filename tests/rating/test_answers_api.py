"""Drafts, revisions, skips taken back, remarks and one's own history, as the page uses them."""

import uuid

import pytest

from annotation_site.accounts.models import Role
from annotation_site.leaderboard.selectors import leaderboard
from annotation_site.rating import answers, claims, skips
from annotation_site.rating.models import Draft, Item, Judgment, Purpose, Remark, Revision, Slot
from annotation_site.rating.signals import answered
from tests.factories import ItemFactory, MembershipFactory
from tests.quality.known import known, twin
from tests.rating.factories import LEVELS, answer, evidence
from tests.rating.leases import run_out

pytestmark = pytest.mark.django_db

OTHERS = {**LEVELS, "object": 0}
MOST_QUERIES = 8
"""Who asks, in which project, and the answer itself: none for each dimension."""


def check(project, purpose, annotator=None):
    """An item of this purpose that the annotator may be lent."""
    if purpose == Purpose.TWIN:
        return twin(project).item
    if purpose == Purpose.REPEAT:
        return ItemFactory(
            caption__video__project=project, purpose=purpose, overlap=1, only_for=annotator
        )
    return known(project, purpose).item


@pytest.fixture
def url(project):
    return lambda rest: f"/api/v1/projects/{project.slug}/{rest}"


@pytest.fixture
def browser(annotator, client_for):
    return client_for(annotator)


@pytest.fixture
def send(browser, url):
    def ask(method, rest, body=None):
        return getattr(browser, method)(url(rest), body, format="json")

    return ask


@pytest.fixture
def slot(items, send):
    items(1)
    return send("post", "slots").json()["slot"]


@pytest.fixture
def submitted(slot, send):
    given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
    assert send("post", f"slots/{slot}/submission", given).status_code == 201
    return slot


def draft(step=1, **answers_so_far):
    return {
        "step": step,
        "client_key": str(uuid.uuid4()),
        "answers": answers_so_far,
        "watched": [[0, 2.5]],
        "seconds_visible": 3.5,
    }


def revision(levels=OTHERS, key=None):
    return {"client_key": key or str(uuid.uuid4()), "levels": levels}


class TestDraft:
    def test_comes_back_wherever_its_author_goes_on(self, slot, send):
        given = draft(step=2, object=4, camera=0)
        saved = send("put", f"slots/{slot}/draft", given)
        assert saved.status_code == 200
        found = send("post", "slots").json()["draft"]
        assert found["answers"] == {"object": 4, "camera": 0}
        assert (found["step"], found["client_key"]) == (2, given["client_key"])
        assert found["watched"] == [[0, 2.5]]

    def test_that_is_behind_is_refused_with_the_one_that_is_ahead(self, slot, send):
        send("put", f"slots/{slot}/draft", draft(step=5, object=4))
        refused = send("put", f"slots/{slot}/draft", draft(step=4, object=1))
        assert refused.status_code == 409
        assert refused.json()["type"] == "newer-draft"
        assert refused.json()["draft"]["answers"] == {"object": 4}
        assert Draft.objects.get().step == 5

    def test_waits_while_the_lease_has_run_out(self, slot, send):
        run_out(slot)
        claims.sweep()
        assert send("put", f"slots/{slot}/draft", draft(object=3)).status_code == 200
        assert send("post", "slots").json()["draft"]["answers"] == {"object": 3}

    def test_ends_with_the_answer(self, submitted, send):
        assert not Draft.objects.exists()
        refused = send("put", f"slots/{submitted}/draft", draft(object=3))
        assert refused.json()["type"] == "already-submitted"

    def test_is_nobody_elses_to_save(self, slot, client_for, member, url):
        other = client_for(member(Role.ANNOTATOR))
        given = other.put(url(f"slots/{slot}/draft"), draft(object=3), format="json")
        assert given.status_code == 404
        assert not Draft.objects.exists()

    def test_of_the_same_step_may_be_sent_again(self, slot, send):
        given = draft(step=3, object=4)
        codes = {send("put", f"slots/{slot}/draft", given).status_code for _ in range(2)}
        assert codes == {200}

    def test_waits_for_a_skip_to_be_taken_back(self, slot, send):
        send("put", f"slots/{slot}/draft", draft(object=3))
        send("post", f"slots/{slot}/skip", {"reason": "unsure"})
        refused = send("put", f"slots/{slot}/draft", draft(step=2, object=4))
        assert refused.json()["type"] == "already-skipped"
        send("delete", f"slots/{slot}/skip")
        assert send("post", "slots").json()["draft"]["answers"] == {"object": 3}

    @pytest.mark.parametrize(
        "wrong",
        [
            {"step": -1},
            {"answers": {"object": 9}},
            {"answers": {"object": True}},
            {"watched": [["nan", 1]]},
            {"client_key": "x"},
        ],
    )
    def test_that_makes_no_sense_is_refused(self, slot, send, wrong):
        assert send("put", f"slots/{slot}/draft", {**draft(), **wrong}).status_code == 400
        assert not Draft.objects.exists()


class TestSubmission:
    def test_under_the_same_key_with_other_levels_is_refused(self, slot, send):
        given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
        send("post", f"slots/{slot}/submission", given)
        again = send("post", f"slots/{slot}/submission", {**given, "levels": OTHERS})
        assert (again.status_code, again.json()["type"]) == (409, "key-in-use")

    def test_keeps_the_evidence_and_what_it_tells(self, slot, send):
        seen = {
            **evidence(),
            "seconds_visible": 1.0,
            "stalls": 3,
            "seconds_stalled": 3.0,
            "focus_losses": 1,
            "seconds_hidden": 400.0,
            "rates": [[1, 3.5], [2, 1]],
            "language": "de",
            "skew": -86400.0,
        }
        levels = dict.fromkeys(LEVELS, 4)
        given = {"client_key": str(uuid.uuid4()), "levels": levels, "evidence": seen}
        assert send("post", f"slots/{slot}/submission", given).status_code == 201
        stored = Slot.objects.get(pk=slot)
        assert stored.evidence.items() >= {"stalls": 3, "language": "de"}.items()
        assert stored.signals == [
            "hasty",
            "straight-lined",
            "interrupted",
            "stalled",
            "skewed-clock",
        ]

    def test_of_practice_brings_feedback_and_again_when_the_reply_was_lost(
        self, project, annotator, send
    ):
        lent = claims.reserve(item=check(project, Purpose.PRACTICE), annotator=annotator)
        given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
        first, again = (send("post", f"slots/{lent.pk}/submission", given) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert not first.json()["feedback"]["passed"]
        refused = send("post", f"slots/{lent.pk}/revision", revision())
        assert refused.json()["type"] == "not-revisable"

    def test_tells_of_no_other_check_whatever_a_listener_says(self, slot, send):
        def judge(**_):
            return {"passed": True, "dimensions": []}

        answered.connect(judge)
        try:
            given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
            assert send("post", f"slots/{slot}/submission", given).json()["feedback"] is None
        finally:
            answered.disconnect(judge)

    def test_is_heard_of_once_and_a_revision_is_not(self, slot, send):
        heard = []

        def listen(slot, levels, **_):
            heard.append((slot.pk, dict(levels)))

        answered.connect(listen)
        try:
            given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
            send("post", f"slots/{slot}/submission", given)
            send("post", f"slots/{slot}/revision", revision())
        finally:
            answered.disconnect(listen)
        assert heard == [(slot, LEVELS)]

    def test_costs_few_queries(self, slot, send, django_assert_max_num_queries):
        given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
        send("put", f"slots/{slot}/draft", draft(object=1))
        with django_assert_max_num_queries(MOST_QUERIES):
            assert send("post", f"slots/{slot}/submission", given).status_code == 201


class TestRevision:
    def test_leaves_the_first_answer_and_counts_instead_of_it(self, submitted, send, project):
        body = send("post", f"slots/{submitted}/revision", revision()).json()
        assert body["revision"] == 2
        assert Judgment.objects.count() == 10
        assert send("get", f"slots/{submitted}").json()["submitted"]["levels"] == OTHERS
        (row,) = send("get", "history").json()["results"]
        assert (row["revision"], row["levels"]) == (2, OTHERS)
        (captioner,) = leaderboard(project)["captioners"]
        assert captioner["human"]["mean"] == pytest.approx((2 + 3 + 4 + 5) / 4)

    def test_of_the_same_key_counts_once(self, submitted, send):
        given = revision()
        codes = [send("post", f"slots/{submitted}/revision", given).status_code for _ in range(2)]
        assert codes == [201, 200]
        assert Revision.objects.count() == 1
        other = send("post", f"slots/{submitted}/revision", revision(LEVELS, given["client_key"]))
        assert other.json()["type"] == "key-in-use"

    def test_needs_a_key_of_its_own(self, submitted, send):
        first = str(Slot.objects.get(pk=submitted).client_key)
        refused = send("post", f"slots/{submitted}/revision", revision(key=first))
        assert refused.json()["type"] == "key-in-use"

    def test_leaves_the_first_answer_to_be_sent_again(self, slot, send):
        given = {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence()}
        send("post", f"slots/{slot}/submission", given)
        send("post", f"slots/{slot}/revision", revision())
        again = send("post", f"slots/{slot}/submission", given)
        assert (again.status_code, again.json()["revision"]) == (200, 2)

    def test_needs_an_answer_to_revise(self, slot, send):
        refused = send("post", f"slots/{slot}/revision", revision())
        assert (refused.status_code, refused.json()["type"]) == (409, "not-submitted")

    def test_is_for_its_author_alone(self, submitted, client_for, member, url):
        other = client_for(member(Role.ANNOTATOR))
        given = other.post(url(f"slots/{submitted}/revision"), revision(), format="json")
        assert given.status_code == 404
        assert other.get(url(f"slots/{submitted}")).status_code == 404


class TestSkip:
    def skip(self, send, slot, reason):
        assert send("post", f"slots/{slot}/skip", {"reason": reason}).status_code == 204

    def test_taken_back_gives_the_item_back(self, slot, send):
        self.skip(send, slot, "unsure")
        assert send("delete", f"slots/{slot}/skip").status_code == 204
        assert send("post", "slots").json()["slot"] == slot
        assert Item.objects.get().n_open == 1

    def test_cannot_be_taken_back_when_others_have_the_item(
        self, slot, send, client_for, member, url
    ):
        Item.objects.update(overlap=1)
        self.skip(send, slot, "unsure")
        client_for(member(Role.ANNOTATOR)).post(url("slots"))
        refused = send("delete", f"slots/{slot}/skip")
        assert (refused.status_code, refused.json()["type"]) == (409, "not-to-be-lent")
        assert Slot.objects.get(pk=slot).state == Slot.State.SKIPPED

    def test_of_a_broken_video_takes_all_its_items_out_and_back(self, slot, send):
        item = Slot.objects.get(pk=slot).item
        ItemFactory(caption__video=item.caption.video)
        self.skip(send, slot, "broken")
        assert set(Item.objects.values_list("withdrawn", flat=True)) == {True}
        send("delete", f"slots/{slot}/skip")
        assert set(Item.objects.values_list("withdrawn", flat=True)) == {False}

    def test_of_something_upsetting_tells_the_admins(self, slot, send):
        self.skip(send, slot, "upsetting")
        assert Remark.objects.get().kind == Remark.Kind.FLAG
        assert not Item.objects.get().withdrawn
        send("delete", f"slots/{slot}/skip")
        assert not Remark.objects.exists()

    def test_of_something_upsetting_leaves_a_flag_its_own_words(self, slot, send):
        send("post", f"slots/{slot}/remarks", {"kind": "flag", "text": "An accident"})
        self.skip(send, slot, "upsetting")
        assert Remark.objects.get().text == "An accident"
        send("delete", f"slots/{slot}/skip")
        assert Remark.objects.get().text == "An accident"

    def test_of_a_broken_video_stays_while_another_reports_it(self, slot, send, project, member):
        item = Slot.objects.get(pk=slot).item
        theirs = claims.reserve(item=item, annotator=member(Role.ANNOTATOR))
        self.skip(send, slot, "broken")
        skips.skip(
            project=project,
            slot_id=theirs.pk,
            annotator=theirs.annotator,
            reason=Slot.SkipReason.BROKEN,
        )
        assert send("delete", f"slots/{slot}/skip").json()["type"] == "not-to-be-lent"
        assert Item.objects.get().withdrawn


class TestRemarks:
    def test_a_flag_is_raised_once_and_taken_down(self, slot, send):
        flag = {"kind": "flag", "text": "Two clips in one"}
        codes = [send("post", f"slots/{slot}/remarks", flag).status_code for _ in range(2)]
        assert codes == [201, 200]
        assert [one["text"] for one in send("get", f"slots/{slot}/remarks").json()["results"]] == [
            "Two clips in one"
        ]
        assert send("delete", f"slots/{slot}/flag").status_code == 204
        assert send("get", f"slots/{slot}/remarks").json() == {"results": [], "next": None}

    def test_comments_are_many_and_say_something(self, slot, send):
        for text in ("One", "Two"):
            assert send("post", f"slots/{slot}/remarks", {"kind": "comment", "text": text}).json()
        empty = send("post", f"slots/{slot}/remarks", {"kind": "comment", "text": " "})
        assert empty.status_code == 400
        assert Remark.objects.count() == 2

    def test_are_resolved_many_at_once_and_opened_again(self, slot, send, client_for, member, url):
        for text in ("Too dark", "Too loud"):
            send("post", f"slots/{slot}/remarks", {"kind": "comment", "text": text})
        send("post", f"slots/{slot}/remarks", {"kind": "flag", "text": ""})
        office, other = client_for(member(Role.ADMIN)), client_for(member(Role.ADMIN))
        flag, loud, dark = (row["id"] for row in office.get(url("remarks")).json()["results"])

        def resolve(who, *remarks, resolved=True):
            body = {"remarks": remarks, "resolved": resolved}
            return who.post(url("remarks/resolve"), body, format="json").json()["changed"]

        assert resolve(other, dark) == 1
        assert resolve(office, flag, loud, dark, 2**62) == 2
        assert office.get(url("remarks?open=1")).json()["results"] == []
        # What somebody else has seen to stays; so does a flag that was raised anew meanwhile.
        again = send("post", f"slots/{slot}/remarks", {"kind": "flag", "text": ""}).json()["id"]
        assert resolve(office, flag, loud, dark, resolved=False) == 1
        rows = office.get(url("remarks?open=1")).json()["results"]
        assert [row["id"] for row in rows] == [again, loud]
        # Of two flags on one answer the newer is up.
        assert resolve(office, again) == 1
        assert resolve(office, again, flag, resolved=False) == 1
        assert Remark.objects.get(kind="flag", resolved_at=None).pk == again
        assert (
            office.post(url("remarks/resolve"), {"remarks": []}, format="json").status_code == 400
        )

    def test_of_another_project_are_left_alone(self, slot, send, client_for):
        send("post", f"slots/{slot}/remarks", {"kind": "comment", "text": "Too dark"})
        away = MembershipFactory(role=Role.ADMIN)
        answer = client_for(away.user).post(
            f"/api/v1/projects/{away.project.slug}/remarks/resolve",
            {"remarks": [Remark.objects.get().pk]},
            format="json",
        )
        assert answer.json() == {"changed": 0}

    def test_reach_the_staff_who_resolve_them(self, slot, send, client_for, member, url):
        send("post", f"slots/{slot}/remarks", {"kind": "comment", "text": "Too dark"})
        admin = member(Role.ADMIN)
        office = client_for(admin)
        reader = client_for(member(Role.RESEARCHER))
        remark = reader.get(url("remarks")).json()["results"][0]["id"]
        assert reader.post(url(f"remarks/{remark}/resolve")).status_code == 403
        (row,) = office.get(url("remarks?open=1")).json()["results"]
        assert office.get(url("remarks?kind=flag")).json()["results"] == []
        assert office.get(url("remarks?kind=%00")).status_code == 422
        assert office.get(url("remarks?kind=comment&open=1")).json()["results"] == [row]
        assert (row["text"], row["resolved_by"]) == ("Too dark", None)
        resolved = office.post(url(f"remarks/{row['id']}/resolve")).json()
        assert resolved["resolved_by"] == admin.username
        assert office.get(url("remarks?open=1")).json()["results"] == []
        assert len(office.get(url("remarks")).json()["results"]) == 1


class TestHistory:
    def test_shows_one_s_own_newest_first_without_a_query_for_each(
        self, items, project, annotator, send, django_assert_num_queries
    ):
        items(3)
        slots = []
        for _ in range(3):
            lent = claims.claim(project=project, annotator=annotator, draw=1.0)
            answers.submit(**answer(lent))
            slots.append(lent.pk)
        send("get", "history")
        with django_assert_num_queries(5):
            rows = send("get", "history").json()["results"]
        assert [row["slot"] for row in rows] == slots[::-1]
        assert all(row["levels"] == LEVELS for row in rows)

    def test_has_what_a_row_shows(self, submitted, send):
        send("post", f"slots/{submitted}/remarks", {"kind": "flag"})
        (row,) = send("get", "history").json()["results"]
        shown = Slot.objects.get(pk=submitted)
        video = shown.item.caption.video
        assert row.pop("poster_url").endswith(f"{video.sha256}/poster.jpg")
        assert row.pop("submitted_at")
        assert row == {
            "slot": submitted,
            "purpose": "rate",
            "state": "submitted",
            "late": False,
            "revision": 1,
            "caption_text": shown.item.caption.text,
            "seconds": 4.0,
            "levels": LEVELS,
            "flagged": True,
        }

    def test_tells_what_was_skipped_and_no_practice(self, slot, project, annotator, send):
        send("post", f"slots/{slot}/skip", {"reason": "unsure"})
        practice = claims.reserve(item=check(project, Purpose.PRACTICE), annotator=annotator)
        answers.submit(**answer(practice))
        (row,) = send("get", "history").json()["results"]
        assert (row["slot"], row["state"], row["levels"]) == (slot, "skipped", None)
