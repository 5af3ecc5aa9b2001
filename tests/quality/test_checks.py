import pytest

from annotation_site.quality import checks
from annotation_site.quality.models import Check, Outcome
from annotation_site.quality.refusals import (
    AlreadyACheck,
    NoSuchCaption,
    NoSuchCheck,
    TwinHasNoReference,
)
from annotation_site.rating.models import EVERYONE, Item, Purpose
from tests.factories import CaptionFactory, ItemFactory
from tests.quality.known import answered, known, levels, twin

pytestmark = pytest.mark.django_db


class TestMake:
    def test_everybody_is_asked_and_the_caption_is_rated_as_before(self, project, admin, now):
        rated = ItemFactory(caption__video__project=project)
        check = known(project, caption=rated.caption, by=admin, now=now)

        assert check.item.overlap == EVERYONE
        assert (check.by, check.made_at) == (admin, now)
        assert Item.objects.get(purpose=Purpose.RATE) == rated

    def test_practice_keeps_the_order_in_which_it_was_made(self, project):
        made = [known(project, Purpose.PRACTICE) for _ in range(4)]

        places = [check.item.shuffle for check in made]
        assert places == sorted(set(places))
        assert places[0] > 0
        assert places[-1] < 1
        assert [check.place for check in made] == [1, 2, 3, 4]

    def test_each_project_counts_its_own_practice(self, project):
        elsewhere = CaptionFactory()
        known(elsewhere.video.project, Purpose.PRACTICE, caption=elsewhere)
        assert known(project, Purpose.PRACTICE).place == 1

    def test_notes_that_say_nothing_are_left_out(self, project):
        check = known(project, notes={"object": " A ring. ", "camera": "  "})
        assert check.notes == {"object": "A ring."}

    def test_once_for_each_purpose(self, project):
        caption = CaptionFactory(video__project=project)
        known(project, Purpose.GOLD, caption=caption)
        known(project, Purpose.EXAM, caption=caption)
        with pytest.raises(AlreadyACheck):
            known(project, Purpose.GOLD, caption=caption)

    def test_not_of_another_projects_caption(self, project):
        with pytest.raises(NoSuchCaption):
            known(project, caption=CaptionFactory())


class TestEdit:
    def test_a_corrected_reference_is_fair_to_those_who_answered(self, project, annotator, now):
        check = known(project, levels=levels(1))
        answered(check.item, annotator, levels=levels(4))
        assert not Outcome.objects.filter(passed=True).exists()

        checks.edit(project=project, item_id=check.pk, levels=levels(3, camera=0), now=now)

        found = {o.dimension: (o.expected, o.passed) for o in Outcome.objects.all()}
        assert found.pop("camera") == (0, False)
        assert set(found.values()) == {(3, True)}

    def test_what_is_not_told_stays(self, project, now):
        check = known(project, levels=levels(2), notes={"object": "A ring."})
        checks.edit(project=project, item_id=check.pk, withdrawn=True, now=now)

        again = Check.objects.get(pk=check.pk)
        assert (again.levels, again.notes) == (levels(2), {"object": "A ring."})
        assert again.item.withdrawn

    def test_what_was_withdrawn_can_be_put_back(self, project, now):
        check = known(project)
        for withdrawn in (True, False):
            checks.edit(project=project, item_id=check.pk, withdrawn=withdrawn, now=now)
        check.item.refresh_from_db()
        assert not check.item.withdrawn

    def test_a_twin_has_no_levels(self, project, now):
        with pytest.raises(TwinHasNoReference):
            checks.edit(project=project, item_id=twin(project).pk, levels=levels(), now=now)

    def test_neither_anothers_nor_what_is_no_check(self, project, now):
        elsewhere = CaptionFactory()
        others = known(elsewhere.video.project, caption=elsewhere).pk
        rated = ItemFactory(caption__video__project=project).pk
        for pk in (others, rated, 2**40):
            with pytest.raises(NoSuchCheck):
                checks.edit(project=project, item_id=pk, withdrawn=True, now=now)
