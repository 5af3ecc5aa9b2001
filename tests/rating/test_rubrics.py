"""Words that change while people rate by them."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
from django.db import IntegrityError, connection, transaction

from annotation_site.accounts.models import Role
from annotation_site.rating import answers, claims, protocols, rubrics
from annotation_site.rating.models import Judgment, Protocol
from annotation_site.rating.refusals import NothingChanged, RubricMoved
from annotation_site.rating.rubric_models import RubricVersion
from scorer import rubric
from tests.rating.factories import answer, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(project):
    return lambda rest="": f"/api/v1/projects/{project.slug}/rubric{rest}"


class TestAsked:
    def test_is_the_library_s_at_first(self, client_for, admin, url):
        body = client_for(admin).get(url()).json()

        assert (body["version"], body["language"], body["guideline"]) == (1, "en", "")
        assert [question["text"] for question in body["questions"]] == [
            question.text for question in rubric.QUESTIONS
        ]
        assert [level["sentence"] for level in body["levels"]] == [
            level.sentence for level in rubric.LEVELS
        ]

    def test_is_found_version_by_version(self, client_for, member, publish, url):
        publish()
        client = client_for(member(Role.ANNOTATOR))

        assert client.get(url()).json()["guideline"] == "After 1"
        assert client.get(url(), {"version": 1}).json()["guideline"] == ""
        assert client.get(url(), {"version": 3}).status_code == 404
        assert client.get(url(), {"version": "x"}).status_code == 400

    def test_speaks_the_language_where_it_can(self, client_for, admin, url):
        texts = words(guideline="Look twice.")
        texts["de"] = {**deepcopy(texts["en"]), "guideline": "Zweimal hinsehen."}
        given = {"based_on": 1, "note": "German", "texts": texts}
        client = client_for(admin)
        assert client.post(url("/versions"), given, format="json").status_code == 201

        assert client.get(url(), {"language": "de"}).json()["guideline"] == "Zweimal hinsehen."
        first = client.get(url(), {"language": "de", "version": 1}).json()
        assert first["language"] == "en"
        assert client.get(url(), {"language": "fr"}).status_code == 400


class TestPublishing:
    def test_lists_who_changed_what_and_when(self, client_for, admin, publish, url):
        publish()
        rows = client_for(admin).get(url("/versions")).json()["results"]
        assert [(row["number"], row["note"], row["by"]) for row in rows] == [
            (2, "Clearer", admin.username),
            (1, "", None),
        ]
        shown = client_for(admin).get(url("/versions/2")).json()
        assert shown["texts"]["en"]["guideline"] == "After 1"

    @pytest.mark.parametrize(
        "broken",
        [
            {"levels": {}},
            {"questions": {"object": {"title": "O", "text": "?", "examples": []}}},
            {"guideline": None},
            {"questions": {"object": {"title": "", "text": "?", "examples": []}}},
        ],
        ids=str,
    )
    def test_takes_only_whole_rubrics(self, client_for, admin, url, broken):
        given = {"based_on": 1, "note": "x", "texts": words(**broken)}
        assert client_for(admin).post(url("/versions"), given, format="json").status_code == 400
        assert not RubricVersion.objects.exists()

    def test_keeps_the_dimensions_and_the_scale(self, client_for, admin, url):
        texts = words(guideline="x")
        texts["en"]["levels"]["6"] = {"phrase": "Perfect", "sentence": "More than right."}
        texts["en"]["questions"]["sound"] = {"title": "S", "text": "?", "examples": []}
        given = {"based_on": 1, "note": "x", "texts": texts}
        client_for(admin).post(url("/versions"), given, format="json")

        kept = RubricVersion.objects.get().texts["en"]
        assert set(kept["levels"]) == set("012345")
        assert set(kept["questions"]) == set(rubric.Dimension)

    def test_refuses_what_was_not_based_on_the_newest(self, publish):
        publish()
        with pytest.raises(RubricMoved):
            publish(based_on=1)

    def test_refuses_the_same_words(self, project, admin, now):
        with pytest.raises(NothingChanged):
            rubrics.publish(project=project, based_on=1, texts=words(), note="", by=admin, now=now)

    def test_is_for_good(self, publish):
        made = publish()
        for spoil in (
            lambda: RubricVersion.objects.update(note="Other"),
            made.delete,
        ):
            with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
                spoil()

    @pytest.mark.django_db(transaction=True)
    def test_lets_one_of_two_who_change_it_at_once(self, project, admin, now):
        def change(name):
            texts = words(guideline=name)
            try:
                rubrics.publish(
                    project=project, based_on=1, texts=texts, note="", by=admin, now=now
                )
            except RubricMoved:
                return 0
            finally:
                connection.close()
            return 1

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(change, "abcd")) == 1
        assert RubricVersion.objects.get().number == Protocol.objects.get().rubric_version == 2


class TestWhatIsLent:
    def test_is_rated_and_kept_under_its_own_version(
        self, client_for, project, items, annotator, publish
    ):
        items(2)
        held = claims.claim(project=project, annotator=annotator)
        publish()
        project.refresh_from_db()
        new = claims.claim(project=project, annotator=annotator, beside=[held.pk])

        for slot in (held, new):
            answers.submit(**answer(slot))

        found = Judgment.objects.order_by("slot").values_list("slot", "rubric_version").distinct()
        assert list(found) == [(held.pk, 1), (new.pk, 2)]
        shown = client_for(annotator).get(f"/api/v1/projects/{project.slug}/slots/{held.pk}")
        assert shown.json()["protocol"]["rubric_version"] == 1
        assert protocols.protocol_of(project).rubric_version == 2
