import pytest

from annotation_site.accounts.models import Role
from annotation_site.quality.models import Check
from annotation_site.rating.models import Item, Purpose, Slot, Standing
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory, ProtocolFactory, VideoNameFactory
from tests.quality.known import answered, known, levels, twin
from tests.rating.factories import evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(project):
    return lambda where: f"/api/v1/projects/{project.slug}/{where}"


@pytest.fixture
def as_admin(admin, client_for):
    return client_for(admin)


@pytest.fixture
def caption(project):
    caption = CaptionFactory(video__project=project, text="A big red ball moves left.")
    VideoNameFactory(video=caption.video, name="ball.mp4")
    return caption


def problem(answer):
    return answer.status_code, answer.json()["type"]


class TestChecks:
    def test_a_check_is_made_and_shown(self, as_admin, at, admin, caption):
        sent = {
            "caption": caption.pk,
            "purpose": "practice",
            "levels": levels(3, camera=0),
            "notes": {"camera": "It stands still."},
        }
        made = as_admin.post(at("checks"), sent, format="json")

        assert made.status_code == 201
        body = made.json()
        assert body == {
            "item": body["item"],
            "purpose": "practice",
            "caption_text": caption.text,
            "original_text": None,
            "video_url": body["video_url"],
            "poster_url": body["poster_url"],
            "video_name": "ball.mp4",
            "captioner": caption.captioner.name,
            "levels": levels(3, camera=0),
            "notes": {"camera": "It stands still."},
            "spoiled": "",
            "answers": 0,
            "passed_share": None,
            "withdrawn": False,
        }
        assert caption.video.sha256 in body["video_url"]
        assert Check.objects.get().by == admin
        assert as_admin.get(at("checks")).json() == {"results": [body], "next": None}
        assert as_admin.get(at("checks?purpose=gold")).json()["results"] == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"levels": {**levels(), "camera": 6}},
            {"levels": {"camera": 3}},
            {"levels": {**levels(), "camera": None}},
            {"purpose": "twin"},
            {"purpose": "rate"},
            {"caption": "x"},
            {"caption": 2**64},
            {"notes": {"camera": "x" * 501}},
            {"notes": ["x"]},
        ],
    )
    def test_what_is_no_check_is_refused(self, as_admin, at, caption, wrong):
        sent = {"caption": caption.pk, "purpose": "gold", "levels": levels(), **wrong}
        answer = as_admin.post(at("checks"), sent, format="json")
        assert problem(answer) == (400, "invalid")
        assert not Check.objects.exists()

    def test_refusals_have_names(self, as_admin, at, caption):
        sent = {"caption": caption.pk, "purpose": "gold", "levels": levels()}
        as_admin.post(at("checks"), sent, format="json")
        again = as_admin.post(at("checks"), sent, format="json")
        assert problem(again) == (409, "already-a-check")
        foreign = {**sent, "caption": CaptionFactory().pk}
        absent = as_admin.post(at("checks"), foreign, format="json")
        assert problem(absent) == (404, "no-such-caption")

    def test_a_check_is_changed_bit_by_bit(self, as_admin, at, project, annotator):
        check = known(project, levels=levels(4))
        answered(check.item, annotator, levels=levels(1))
        where = at(f"checks/{check.pk}")

        changed = as_admin.patch(where, {"levels": levels(1)}, format="json").json()
        assert (changed["levels"], changed["passed_share"]) == (levels(1), 1.0)
        changed = as_admin.patch(where, {"notes": {"object": "Why."}}, format="json").json()
        assert (changed["levels"], changed["notes"]) == (levels(1), {"object": "Why."})
        changed = as_admin.patch(where, {"withdrawn": True}, format="json").json()
        assert changed["withdrawn"]
        assert changed["answers"] == 1

    def test_an_unknown_purpose_is_refused(self, as_admin, at):
        assert problem(as_admin.get(at("checks?purpose=rate"))) == (400, "invalid")

    @pytest.mark.parametrize("rows", [0, 3, 60])
    def test_pages_cost_the_same(self, as_admin, at, project, rows, django_assert_num_queries):
        for _ in range(rows):
            known(project)
        as_admin.get(at("checks"))
        with django_assert_num_queries(4):  # session, user, membership, rows
            first = as_admin.get(at("checks")).json()
        assert len(first["results"]) == min(rows, 50)
        if rows > 50:
            rest = as_admin.get(at(f"checks?cursor={first['next']}")).json()
            assert len({r["item"] for r in first["results"] + rest["results"]}) == rows
            assert rest["next"] is None


class TestTwins:
    def test_a_twin_is_made_by_hand(self, as_admin, at, caption):
        sent = {"caption": caption.pk, "dimension": "action", "text": "A big red ball flies."}
        made = as_admin.post(at("twins"), sent, format="json")

        assert made.status_code == 201
        body = made.json()
        assert (body["purpose"], body["spoiled"]) == ("twin", "action")
        assert body["caption_text"] == "A big red ball flies."
        assert body["original_text"] == caption.text
        assert body["levels"] == {}

    def test_the_same_text_is_no_twin(self, as_admin, at, caption):
        sent = {"caption": caption.pk, "dimension": "action", "text": caption.text.upper()}
        answer = as_admin.post(at("twins"), sent, format="json")
        assert problem(answer) == (422, "twin-says-the-same")

    def test_rules_suggest_one_for_the_miniature_world(self, as_admin, at, caption):
        sent = {"caption": caption.pk, "dimension": "object"}
        found = as_admin.post(at("twins/suggestion"), sent, format="json").json()
        assert found["by"] == "rules"
        assert found["text"] != caption.text
        assert not Check.objects.exists()

    def test_without_a_text_model_nobody_suggests_for_the_rest(self, as_admin, at, project):
        real = CaptionFactory(video__project=project, text="A man walks his dog.")
        sent = {"caption": real.pk, "dimension": "object"}
        answer = as_admin.post(at("twins/suggestion"), sent, format="json")
        assert problem(answer) == (409, "no-text-model")

    def test_a_text_model_that_fails_is_told(self, as_admin, at, project, settings):
        settings.TEXT_MODEL_URL, settings.TEXT_MODEL_NAME = "http://127.0.0.1:1/v1", "x"
        real = CaptionFactory(video__project=project, text="A man walks his dog.")
        sent = {"caption": real.pk, "dimension": "object"}
        answer = as_admin.post(at("twins/suggestion"), sent, format="json")
        assert problem(answer) == (502, "text-model-failed")
        assert answer.json()["reason"] == "unreachable"

    def test_many_are_made_at_once(self, as_admin, at, caption):
        answer = as_admin.post(at("twins/automatic"), {"count": 3, "seed": 1}, format="json")
        assert answer.status_code == 200
        assert answer.json() == {"made": 1, "skipped": 2}
        assert Item.objects.get(purpose=Purpose.TWIN).caption == caption

    @pytest.mark.parametrize("count", [0, 201, -1, "many", None])
    def test_but_not_any_number(self, as_admin, at, count):
        answer = as_admin.post(at("twins/automatic"), {"count": count}, format="json")
        assert problem(answer) == (400, "invalid")


class TestCandidates:
    def test_a_caption_is_shown_with_what_people_gave_it(self, as_admin, at, caption, annotator):
        answered(ItemFactory(caption=caption), annotator, levels=levels(4, camera=0))
        (row,) = as_admin.get(at("candidates?purpose=gold&search=ball")).json()["results"]

        assert row["caption"] == caption.pk
        assert (row["video_name"], row["seconds"]) == ("ball.mp4", 4.0)
        assert row["means"] == {**levels(4), "camera": None}

    @pytest.mark.parametrize("query", ["search=%00", "purpose=vote", "search=" + "x" * 201])
    def test_what_cannot_be_searched_is_refused(self, as_admin, at, query):
        assert problem(as_admin.get(at(f"candidates?{query}"))) == (400, "invalid")

    @pytest.mark.parametrize("rows", [0, 3, 60])
    def test_pages_cost_the_same(self, as_admin, at, project, rows, django_assert_num_queries):
        CaptionFactory.create_batch(rows, video__project=project)
        as_admin.get(at("candidates"))
        with django_assert_num_queries(4):
            first = as_admin.get(at("candidates")).json()
        assert len(first["results"]) == min(rows, 50)
        if rows > 50:
            rest = as_admin.get(at(f"candidates?cursor={first['next']}")).json()
            assert len({r["caption"] for r in first["results"] + rest["results"]}) == rows


class TestStandings:
    def test_everybodys_record_is_shown(self, as_admin, at, project, annotator):
        answered(known(project).item, annotator, levels=levels(4))
        (row,) = as_admin.get(at("standings")).json()["results"]
        assert row["annotator"]["username"] == annotator.username
        assert (row["gold"]["answers"], row["gold"]["passed_share"]) == (1, 1.0)
        assert row["twins"] is None

    def test_an_admin_lets_somebody_in(self, as_admin, at, project, admin, annotator):
        where = at(f"standings/{annotator.pk}")
        answer = as_admin.post(where, {"state": "qualified"}, format="json")
        assert answer.status_code == 200
        assert (answer.json()["state"], answer.json()["by"]) == ("qualified", admin.username)
        assert Standing.objects.get(project=project).state == "qualified"

        back = as_admin.post(where, {"state": "practising"}, format="json")
        assert problem(back) == (409, "nothing-left-to-answer")
        known(project, Purpose.EXAM)
        assert as_admin.post(where, {"state": "practising"}, format="json").status_code == 200

    def test_nobody_is_failed_by_hand(self, as_admin, at, annotator):
        answer = as_admin.post(at(f"standings/{annotator.pk}"), {"state": "failed"}, format="json")
        assert problem(answer) == (400, "invalid")

    def test_of_a_stranger_there_is_none(self, as_admin, at, admin):
        answer = as_admin.post(at(f"standings/{admin.pk}"), {"state": "qualified"}, format="json")
        assert problem(answer) == (404, "no-such-annotator")


class TestExamples:
    def test_an_annotator_sees_what_the_levels_look_like(
        self, client_for, at, project, annotator, django_assert_num_queries
    ):
        for level in (1, 5):
            notes = {"camera": "It pans."}
            known(project, Purpose.PRACTICE, levels=levels(level), notes=notes)
        client = client_for(annotator)
        with django_assert_num_queries(4):
            found = client.get(at("examples")).json()

        assert list(found) == list(Dimension)
        assert [one["level"] for one in found["camera"]] == [1, 5]
        assert found["camera"][0]["note"] == "It pans."
        assert found["object"][0]["note"] == ""
        assert set(found["object"][0]) == {
            "level",
            "caption_text",
            "note",
            "video_url",
            "poster_url",
            "seconds",
        }

    def test_a_project_without_practice_has_none(self, client_for, at, annotator):
        found = client_for(annotator).get(at("examples")).json()
        assert found == {dimension.value: [] for dimension in Dimension}


def test_an_annotators_way_through_practice_and_qualification(client_for, at, project, annotator):
    """From the first practice clip to the first rating, over HTTP alone."""
    ProtocolFactory(project=project, practice_required=True)
    ItemFactory(caption__video__project=project)
    for purpose in (Purpose.EXAM, Purpose.PRACTICE, Purpose.EXAM):
        known(project, purpose, levels=levels(4))
    client = client_for(annotator)
    purposes, told = [], []
    for number in range(4):
        slot = client.post(at("slots"), {}, format="json").json()
        sent = {
            "client_key": f"00000000-0000-4000-8000-{number:012}",
            "levels": levels(5),
            "evidence": evidence(),
        }
        done = client.post(at(f"slots/{slot['slot']}/submission"), sent, format="json").json()
        purposes.append(slot["purpose"])
        told.append(done["feedback"] is not None)

    assert purposes == ["practice", "exam", "exam", "rate"]
    assert told == [True, False, False, False]


def test_gold_and_twins_look_like_any_rating(client_for, at, project, annotator):
    ProtocolFactory(project=project, check_share=1.0, repeat_share=0.0, random_share=0.0)
    check = twin(project, Dimension.OBJECT, text="A box rolls.")
    slot = client_for(annotator).post(at("slots"), {}, format="json").json()

    assert slot["purpose"] == "rate"
    assert slot["caption"]["text"] == "A box rolls."
    assert Slot.objects.get(pk=slot["slot"]).item == check.item


def test_only_admins_change_anything(client_for, at, member, caption):
    sent = {"caption": caption.pk, "purpose": "gold", "levels": levels()}
    for role in (Role.RESEARCHER, Role.ANNOTATOR):
        answer = client_for(member(role)).post(at("checks"), sent, format="json")
        assert answer.status_code == 403
