import uuid

import pytest

from annotation_site.accounts.models import Role
from annotation_site.quality.records import records
from annotation_site.rating import answers, claims
from annotation_site.rating.models import Item, Purpose, Slot, Standing
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory, ProjectFactory
from tests.quality.known import NOW, answered, known, levels, twin
from tests.rating.factories import evidence

pytestmark = pytest.mark.django_db


def record(project, annotator):
    (found,) = (row for row in records(project) if row["annotator"]["id"] == annotator.pk)
    return found


def repeated(project, annotator, first, second):
    """The annotator rates a caption, and again when it comes back."""
    item = ItemFactory(caption__video__project=project)
    slot = answered(item, annotator, levels=first).slot
    again = Item.objects.create(
        project=project,
        purpose=Purpose.REPEAT,
        caption=item.caption,
        only_for=annotator,
        overlap=1,
        shuffle=0.5,
    )
    return slot, answered(again, annotator, levels=second).slot


def test_a_project_without_annotators_has_no_records(project):
    assert records(project) == []


def test_who_has_done_nothing_yet_has_nothing_to_show(project, annotator):
    assert record(project, annotator) == {
        "annotator": {
            "id": annotator.pk,
            "username": annotator.username,
            "name": annotator.username,
        },
        "state": Standing.State.PRACTISING,
        "score": None,
        "since": None,
        "by": None,
        "practice_done": 0,
        "exam_done": 0,
        "ratings": 0,
        "gold": None,
        "twins": None,
        "repeats": None,
        "median_seconds": None,
        "watched": None,
        "signals": {},
        "as_of": None,
    }


def test_gold_is_the_share_of_levels_within_tolerance(project, annotator):
    answered(known(project, levels=levels(4)).item, annotator, levels=levels(4))
    answered(known(project, levels=levels(4)).item, annotator, levels=levels(4, object=1))
    assert record(project, annotator)["gold"] == {
        "answers": 2,
        "passed_share": 0.9,
        "dimensions": [
            {"dimension": name, "answers": 2, "share": 0.5 if name == "object" else 1.0}
            for name in sorted(Dimension)
        ],
    }


def test_twins_are_noticed_or_not(project, annotator):
    for given in (1, 3, 5, 0):
        check = twin(project, Dimension.ACTION)
        answered(check.item, annotator, levels=levels(5, action=given))
    answered(twin(project, Dimension.CAMERA).item, annotator, levels=levels(5, camera=2))
    assert record(project, annotator)["twins"] == {
        "shown": 5,
        "noticed_share": 0.6,
        "dimensions": [
            {"dimension": "action", "answers": 4, "share": 0.5},
            {"dimension": "camera", "answers": 1, "share": 1.0},
        ],
    }


def test_a_withdrawn_check_does_not_count(project, annotator):
    check = known(project, levels=levels(1))
    answered(check.item, annotator, levels=levels(5))
    Item.objects.update(withdrawn=True)
    assert record(project, annotator)["gold"] is None


def test_practice_and_qualification_are_counted(project, annotator):
    for _ in range(2):
        answered(known(project, Purpose.PRACTICE).item, annotator)
    claims.reserve(item=known(project, Purpose.PRACTICE).item, annotator=annotator)
    answered(known(project, Purpose.EXAM).item, annotator, levels=levels(4))

    found = record(project, annotator)
    assert (found["practice_done"], found["exam_done"]) == (2, 1)
    assert (found["state"], found["score"]) == (Standing.State.QUALIFIED, 1.0)
    assert found["gold"] is None


def test_repeats_are_held_against_ones_own_answer(project, annotator):
    repeated(project, annotator, levels(4), levels(4))
    repeated(project, annotator, levels(4, camera=0), levels(5, camera=1))
    # Of ten dimensions five are the same, and four one beside; 0 and 1 are worlds apart.
    assert record(project, annotator)["repeats"] == {
        "pairs": 2,
        "exact_share": 0.5,
        "within_one_share": 0.9,
    }


def test_for_repeats_the_last_word_counts(project, annotator):
    first, _ = repeated(project, annotator, levels(1), levels(4))
    answers.revise(
        project=project,
        slot_id=first.pk,
        annotator=annotator,
        client_key=uuid.uuid4(),
        levels=levels(4),
    )
    assert record(project, annotator)["repeats"]["exact_share"] == 1.0


def test_the_median_is_of_what_was_in_sight(project, annotator):
    for seconds in (4.0, 10.0, 90.0):
        item = ItemFactory(caption__video__project=project)
        answered(item, annotator, evidence={**evidence(), "seconds_visible": seconds})
    assert record(project, annotator)["median_seconds"] == 10.0


def test_what_was_watched_twice_counts_once(project, annotator):
    for watched in ([[0, 2], [1, 3]], [[0, 90]]):
        item = ItemFactory(caption__video__project=project, caption__video__seconds=6)
        slot = answered(item, annotator).slot
        Slot.objects.filter(pk=slot.pk).update(evidence={"watched": watched})
    imported = answered(ItemFactory(caption__video__project=project), annotator).slot
    Slot.objects.filter(pk=imported.pk).update(evidence={"imported_by_job": 1})
    assert record(project, annotator)["watched"] == {"answers": 2, "share": 0.75}


def test_signals_are_counted(project, annotator):
    for found in (["hasty"], ["hasty", "straight-lined"], []):
        slot = answered(ItemFactory(caption__video__project=project), annotator).slot
        Slot.objects.filter(pk=slot.pk).update(signals=found)
    assert record(project, annotator)["signals"] == {"hasty": 2, "straight-lined": 1}


def test_people_and_projects_are_kept_apart(project, member):
    """The same person elsewhere, and others here, with everything that could be mixed up."""
    one, other = member(Role.ANNOTATOR), member(Role.ANNOTATOR)
    elsewhere = ProjectFactory()
    member(Role.ANNOTATOR, project=elsewhere)
    answered(known(project, levels=levels(4)).item, one, levels=levels(4))
    foreign = known(elsewhere, levels=levels(4), caption=CaptionFactory(video__project=elsewhere))
    for somebody in (one, other):
        answered(foreign.item, somebody, levels=levels(1))
        answered(twin(elsewhere).item, somebody)
        repeated(elsewhere, somebody, levels(1), levels(5))
    Slot.objects.filter(item__project=elsewhere).update(signals=["hasty"])

    assert {row["annotator"]["id"] for row in records(project)} == {one.pk, other.pk}
    mine, theirs = record(project, one), record(project, other)
    assert (mine["gold"]["answers"], mine["gold"]["passed_share"]) == (1, 1.0)
    assert mine["twins"] is mine["repeats"] is theirs["gold"] is None
    assert mine["signals"] == {"straight-lined": 1}
    assert theirs["signals"] == {}
    assert theirs["median_seconds"] is None


def test_who_left_keeps_a_record(project, annotator):
    answered(known(project).item, annotator)
    annotator.memberships.all().delete()
    assert record(project, annotator)["gold"]["answers"] == 1


@pytest.mark.parametrize("people", [0, 1, 12])
def test_the_number_of_queries_does_not_grow(project, member, people, django_assert_num_queries):
    gold, practice = known(project), known(project, Purpose.PRACTICE)
    for _ in range(people):
        somebody = member(Role.ANNOTATOR)
        answered(gold.item, somebody)
        answered(practice.item, somebody)
        repeated(project, somebody, levels(), levels())
        Standing.objects.create(
            project=project,
            annotator=somebody,
            state=Standing.State.QUALIFIED,
            since=NOW,
            by=member(Role.ADMIN),
        )
    with django_assert_num_queries(9):
        assert len(records(project)) == people
