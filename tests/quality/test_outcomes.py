import uuid

import pytest

from annotation_site.quality.models import Outcome
from annotation_site.quality.outcomes import is_noticed, within_tolerance
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Judgment, Purpose
from scorer.rubric import LEVELS, Dimension
from tests.factories import ItemFactory
from tests.quality.known import answered, known, levels, twin
from tests.rating.factories import answer

pytestmark = pytest.mark.django_db


def test_a_reference_is_met_within_one_level_and_zero_only_by_zero():
    values = [level.value for level in LEVELS]
    met = {(g, e) for g in values for e in values if within_tolerance(g, e)}
    near = {(g, e) for g in range(1, 6) for e in range(1, 6) if abs(g - e) <= 1}
    assert met == near | {(0, 0)}


def test_a_twin_is_noticed_by_levels_one_to_three():
    assert [level.value for level in LEVELS if is_noticed(level.value)] == [1, 2, 3]


def test_an_answer_to_a_check_is_held_against_its_reference(project, annotator):
    check = known(project, levels=levels(4, camera=0))
    slot = answered(check.item, annotator, levels=levels(5, object=2, camera=1)).slot

    found = {o.dimension: (o.given, o.expected, o.passed) for o in slot.outcomes.all()}
    assert found == {
        "object": (2, 4, False),
        "feature": (5, 4, True),
        "action": (5, 4, True),
        "camera": (1, 0, False),
        "background": (5, 4, True),
    }


def test_of_a_twin_only_the_spoiled_dimension_counts(project, annotator):
    check = twin(project, Dimension.CAMERA)
    slot = answered(check.item, annotator, levels=levels(5, camera=2)).slot

    (outcome,) = slot.outcomes.all()
    assert (outcome.dimension, outcome.given, outcome.expected) == ("camera", 2, None)
    assert outcome.passed


@pytest.mark.parametrize("given", [0, 4, 5])
def test_whoever_overlooks_it_has_not_noticed_the_twin(project, annotator, given):
    check = twin(project, Dimension.CAMERA)
    slot = answered(check.item, annotator, levels=levels(2, camera=given)).slot
    assert not slot.outcomes.get().passed


def test_an_ordinary_answer_has_no_outcome_and_gets_no_feedback(project, annotator):
    item = ItemFactory(caption__video__project=project)
    assert answered(item, annotator).feedback is None
    assert not Outcome.objects.exists()


def test_practice_is_answered_with_what_was_expected_and_why(project, annotator):
    check = known(project, Purpose.PRACTICE, levels=levels(4), notes={"object": "It is a ring."})
    feedback = answered(check.item, annotator, levels=levels(3, object=1)).feedback

    assert feedback["passed"] is False
    assert [told["dimension"] for told in feedback["dimensions"]] == list(Dimension)
    assert feedback["dimensions"][0] == {
        "dimension": "object",
        "given": 1,
        "expected": 4,
        "passed": False,
        "note": "It is a ring.",
    }
    assert all(told["passed"] and not told["note"] for told in feedback["dimensions"][1:])


def test_practice_within_tolerance_is_passed(project, annotator):
    check = known(project, Purpose.PRACTICE, levels=levels(4, camera=0))
    assert answered(check.item, annotator, levels=levels(5, camera=0)).feedback["passed"] is True


@pytest.mark.parametrize("purpose", [Purpose.EXAM, Purpose.GOLD])
def test_other_checks_tell_nothing(project, annotator, purpose):
    assert answered(known(project, purpose).item, annotator).feedback is None


def test_the_same_answer_sent_twice_has_the_same_feedback_and_one_outcome(project, annotator):
    slot = claims.reserve(item=known(project, Purpose.PRACTICE).item, annotator=annotator)
    sent = answer(slot, client_key=uuid.uuid4(), levels=levels(2))

    first, second = answers.submit(**sent), answers.submit(**sent)

    assert not second.fresh
    assert second.feedback == first.feedback
    assert Outcome.objects.count() == 5


def test_second_thoughts_change_no_outcome(project, annotator):
    slot = answered(known(project).item, annotator, levels=levels(1)).slot
    answers.revise(
        project=project,
        slot_id=slot.pk,
        annotator=annotator,
        client_key=uuid.uuid4(),
        levels=levels(4),
    )
    assert set(slot.outcomes.values_list("given", "passed")) == {(1, False)}


def test_an_answer_that_fails_leaves_no_outcome(project, annotator, monkeypatch):
    slot = claims.reserve(item=known(project, Purpose.EXAM).item, annotator=annotator)

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("annotation_site.quality.standings.settle", fail)
    with pytest.raises(RuntimeError):
        answers.submit(**answer(slot))
    assert not Outcome.objects.exists()
    assert not Judgment.objects.exists()
