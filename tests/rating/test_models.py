import pytest
from django.db import IntegrityError, connection, transaction

from annotation_site.rating import answers, claims
from annotation_site.rating.models import Judgment
from tests.rating.factories import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def judgment(project, annotator, items):
    items(1)
    answers.submit(**answer(claims.claim(project=project, annotator=annotator)))
    return Judgment.objects.first()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE rating_judgment SET level = 0", "DELETE FROM rating_judgment"],
)
def test_a_judgment_is_neither_changed_nor_deleted_by_sql(judgment, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Judgment.objects.get(pk=judgment.pk).level == judgment.level


def test_nor_through_the_models(judgment):
    judgment.level = 0
    for change in (judgment.save, judgment.delete, Judgment.objects.all().delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
