"""One annotator looked at closely."""

from datetime import timedelta

import pytest

from annotation_site.accounts.models import Role
from annotation_site.quality.records import records
from annotation_site.rating import answers
from annotation_site.rating.models import Slot
from scorer.rubric import Dimension
from tests.factories import ItemFactory
from tests.quality.known import answered, known, levels, twin
from tests.rating.factories import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(project, member, client_for):
    """`at(annotator)` is their page as a researcher gets it; `at(annotator, "/ratings")` more."""
    client = client_for(member(Role.RESEARCHER))

    def get(annotator, more=""):
        return client.get(f"/api/v1/projects/{project.slug}/standings/{annotator.pk}{more}")

    return get


def rate(project, annotator, **changes):
    return answered(ItemFactory(caption__video__project=project), annotator, **changes).slot


def test_has_the_record_of_the_list_and_the_days(project, annotator, member, at):
    answered(known(project).item, annotator, levels=levels(4))
    answered(twin(project, Dimension.CAMERA).item, annotator, levels=levels(5))
    for _ in range(3):
        slot = rate(project, annotator)
    Slot.objects.filter(pk=slot.pk).update(submitted_at=slot.submitted_at - timedelta(days=2))
    other = member(Role.ANNOTATOR)
    rate(project, other)

    found = at(annotator).json()

    assert found.pop("days") == [1, 0, 2]
    (row,) = (row for row in records(project) if row["annotator"]["id"] == annotator.pk)
    assert found["ratings"] == row["ratings"] == 3
    assert found["gold"] == row["gold"]
    assert found["twins"]["dimensions"] == [{"dimension": "camera", "answers": 1, "share": 0.0}]
    assert at(other).json()["days"] == [1]


def test_lists_their_ratings_with_their_last_word(project, annotator, at):
    answered(known(project).item, annotator)
    first, second = rate(project, annotator), rate(project, annotator)
    again = answer(first, levels=levels(1))
    del again["evidence"]
    answers.revise(**again)

    rows = at(annotator, "/ratings").json()["results"]

    assert [row["item"] for row in rows] == [second.item_id, first.item_id]
    assert (rows[1]["levels"], rows[1]["revision"]) == (levels(1), 2)


def test_asks_as_often_whatever_the_number(project, annotator, at, django_assert_max_num_queries):
    for _ in range(4):
        rate(project, annotator)
    with django_assert_max_num_queries(7):
        assert len(at(annotator, "/ratings").json()["results"]) == 4


def test_who_is_not_of_the_project_is_not_there(member, at):
    stranger = member(Role.RESEARCHER)

    assert at(stranger).json()["type"] == "no-such-annotator"
    assert at(stranger, "/ratings").status_code == 404
