import uuid

import pytest

from annotation_site.accounts.models import Role
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Judgment, Slot
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory
from tests.rating.factories import LEVELS, answer, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(project):
    return lambda rest: f"/api/v1/projects/{project.slug}/{rest}"


@pytest.fixture
def browser(annotator, client_for):
    return client_for(annotator)


PROTOCOL = {
    "overlap": 3,
    "lease_seconds": 600,
    "watch_share": 0.9,
    "auto_advance": True,
    "random_order": False,
    "break_minutes": 25,
    "rubric_version": 1,
}
"""The usual one, as annotators need it."""


def submission(**changes):
    return {"client_key": str(uuid.uuid4()), "levels": LEVELS, "evidence": evidence(), **changes}


class TestRubric:
    def test_tells_the_questions_and_the_levels(self, browser, url):
        body = browser.get(url("rubric")).json()
        assert [question["letter"] for question in body["questions"]] == list("OFACB")
        assert [level["value"] for level in body["levels"]] == [0, 1, 2, 3, 4, 5]
        assert body["version"] == 1


class TestClaim:
    def test_gives_what_the_page_needs_and_nothing_that_would_sway(self, browser, items, url):
        (item,) = items(1)
        video = item.caption.video
        response = browser.post(url("slots"))
        body = response.json()
        media = url(f"media/{video.sha256}/")
        assert response.status_code == 201
        slot = body.pop("slot")
        assert slot == Slot.objects.get().pk
        assert body.pop("lease_until")
        assert body == {
            "item": slot,
            "caption": {"id": 0, "kind": "detailed", "text": item.caption.text},
            "video": {
                "sha256": video.sha256,
                "seconds": 4.0,
                "width": 320,
                "height": 240,
                "video_url": f"{media}video.mp4",
                "poster_url": f"{media}poster.jpg",
            },
            "protocol": PROTOCOL,
            "purpose": "rate",
            "lease_seconds": 600,
            "rival": None,
            "draft": None,
            "submitted": None,
            "note": None,
        }

    def test_says_why_there_is_nothing(self, browser, url):
        response = browser.post(url("slots"))
        assert response.status_code == 404
        assert response.json()["type"] == "nothing-to-rate"
        assert response.json()["why"] == "empty"

    def test_says_when_to_look_again(self, browser, client_for, items, member, url):
        items(1, overlap=1)
        lent = client_for(member(Role.ANNOTATOR)).post(url("slots")).json()
        assert browser.post(url("slots")).json()["next_at"] == lent["lease_until"]


class TestSubmission:
    @pytest.fixture
    def slot(self, browser, items, url):
        items(1)
        return browser.post(url("slots")).json()["slot"]

    def test_is_answered_once_and_again_the_same(self, browser, slot, url):
        given = submission()
        first = browser.post(url(f"slots/{slot}/submission"), given, format="json")
        again = browser.post(url(f"slots/{slot}/submission"), given, format="json")
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert first.json().keys() == {
            "slot", "submitted_at", "late", "revision", "signals", "feedback"
        }  # fmt: skip
        assert Judgment.objects.count() == 5

    def test_with_another_key_is_refused(self, browser, slot, url):
        browser.post(url(f"slots/{slot}/submission"), submission(), format="json")
        response = browser.post(url(f"slots/{slot}/submission"), submission(), format="json")
        assert response.status_code == 409
        assert response.json()["type"] == "already-submitted"

    def test_without_watching_is_refused(self, browser, slot, url):
        given = submission(evidence=evidence([0, 3.5]))
        response = browser.post(url(f"slots/{slot}/submission"), given, format="json")
        assert response.status_code == 422
        assert response.json()["type"] == "not-watched"

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_key": "1"},
            {"levels": {**LEVELS, "object": 6}},
            {"levels": {**LEVELS, "object": True}},
            {"levels": {**LEVELS, "object": 2.5}},
            {"levels": {"object": 3}},
            {"levels": []},
            {"evidence": {}},
            {"evidence": evidence([3, 1])},
            {"evidence": evidence([1])},
            {"evidence": evidence([-1, 2])},
            {"evidence": evidence(["nan", "nan"])},
            {"evidence": evidence([0, "infinity"])},
            {"evidence": {**evidence(), "watched": [[0, 1]] * 2001}},
            {"evidence": {**evidence(), "rate": "nan"}},
        ],
    )
    def test_that_makes_no_sense_is_refused(self, browser, slot, url, changes):
        given = submission(**changes)
        response = browser.post(url(f"slots/{slot}/submission"), given, format="json")
        assert response.status_code == 400
        assert response.json()["errors"].keys() == changes.keys()
        assert not Judgment.objects.exists()

    def test_to_a_number_beyond_all_slots_is_not_found(self, browser, url):
        response = browser.post(url(f"slots/{2**70}/submission"), submission(), format="json")
        assert response.status_code == 404


class TestHeartbeat:
    def test_tells_the_new_end_of_the_lease(self, browser, items, url):
        items(1)
        lent = browser.post(url("slots")).json()
        response = browser.post(url(f"slots/{lent['slot']}/heartbeat"))
        assert response.status_code == 200
        assert response.json()["lease_until"] > lent["lease_until"]


class TestSkip:
    def test_answers_without_words(self, browser, items, url):
        items(1)
        slot = browser.post(url("slots")).json()["slot"]
        response = browser.post(url(f"slots/{slot}/skip"), {"reason": "unsure"}, format="json")
        assert response.status_code == 204
        assert Slot.objects.get().state == Slot.State.SKIPPED

    def test_needs_a_reason(self, browser, items, url):
        items(1)
        slot = browser.post(url("slots")).json()["slot"]
        response = browser.post(url(f"slots/{slot}/skip"), {"reason": "bored"}, format="json")
        assert response.status_code == 400


class TestProgress:
    @pytest.fixture
    def rated(self, project, annotator, items):
        """One of two is finished, a third is withdrawn; elsewhere there is more."""
        items(2, overlap=1)
        items(1, withdrawn=True)
        answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
        other = ItemFactory(caption=CaptionFactory())
        answers.submit(**answer(claims.reserve(item=other, annotator=annotator)))

    @pytest.mark.usefixtures("rated")
    def test_counts_for_everyone_and_names_nobody(self, browser, url):
        assert browser.get(url("progress")).json() == {
            "items": 2,
            "finished": 1,
            "withdrawn": 1,
            "ratings": 1,
            "judgments": 5,
            "mine": 1,
            "overlap": 3,
            "annotators": [],
            "dimensions": [],
            "as_of": None,
        }

    @pytest.mark.usefixtures("rated")
    def test_shows_the_staff_who_rated_and_how(self, annotator, client_for, member, url):
        body = client_for(member(Role.RESEARCHER)).get(url("progress")).json()
        assert body["mine"] == 0
        who = {"id": annotator.pk, "username": annotator.username, "ratings": 1}
        assert body["annotators"] == [who]
        given = {row["dimension"]: row["histogram"] for row in body["dimensions"]}
        assert given == {
            name: [int(level == value) for value in range(6)] for name, level in LEVELS.items()
        }
        assert list(given) == [dimension.value for dimension in Dimension]

    def test_reads_no_more_for_more_items(
        self, client_for, member, items, url, django_assert_num_queries
    ):
        browser = client_for(member(Role.ADMIN))
        items(2)
        browser.get(url("progress"))
        with django_assert_num_queries(9):
            browser.get(url("progress"))
        items(20)
        with django_assert_num_queries(9):
            browser.get(url("progress"))
