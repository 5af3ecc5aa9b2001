import uuid

import pytest

from annotation_site.quality import selectors
from annotation_site.rating import answers
from annotation_site.rating.models import Item, Purpose
from tests.factories import (
    CaptionerFactory,
    CaptionFactory,
    ItemFactory,
    UserFactory,
    VideoFactory,
    VideoNameFactory,
)
from tests.quality.known import answered, known, levels, twin

pytestmark = pytest.mark.django_db


def texts(rows):
    return {row.text for row in rows}


class TestChecks:
    def test_tells_how_each_was_answered(self, project, annotator):
        check = known(project, levels=levels(4))
        answered(check.item, annotator, levels=levels(4, object=1))
        answered(check.item, UserFactory(), levels=levels(4))
        untouched = known(project)

        found = {one.pk: one.passed_share for one in selectors.checks(project=project)}
        assert found == {check.pk: 0.9, untouched.pk: None}

    def test_of_one_purpose_and_one_project(self, project):
        gold = known(project, Purpose.GOLD)
        known(project, Purpose.EXAM)
        twin(project)
        elsewhere = CaptionFactory()
        known(elsewhere.video.project, caption=elsewhere)

        assert selectors.checks(project=project).count() == 3
        (found,) = selectors.checks(project=project, purpose="gold")
        assert found.pk == gold.pk

    def test_names_the_video_as_it_first_came_in(self, project):
        video = VideoFactory(project=project)
        for name in ("walk.mp4", "again.mp4"):
            VideoNameFactory(video=video, name=name)
        known(project, caption=CaptionFactory(video=video))
        assert selectors.checks(project=project).get().video_name == "walk.mp4"


class TestCandidates:
    def test_searches_texts_videos_and_captioners(self, project):
        video = VideoFactory(project=project)
        VideoNameFactory(video=video, name="beach-01.mp4")
        CaptionFactory(video=video, text="A dog.")
        captioner = CaptionerFactory(project=project, name="Plain 50%")
        CaptionFactory(video__project=project, captioner=captioner, text="A cat.")
        CaptionFactory(text="A dog elsewhere.")

        def found(search):
            return texts(selectors.candidates(project=project, search=search))

        assert found("") == {"A dog.", "A cat."}
        assert found("DOG") == found("beach") == {"A dog."}
        assert found("plain") == found("50%") == {"A cat."}
        assert found("_") == found("horse") == set()

    def test_leaves_out_what_is_such_a_check_already(self, project):
        caption = CaptionFactory(video__project=project)
        known(project, Purpose.GOLD, caption=caption)
        twin(project, caption=caption)

        def found(purpose):
            return list(selectors.candidates(project=project, purpose=purpose))

        assert found("gold") == []
        assert found("exam") == found("twin") == found("") == [caption]

    def test_leaves_out_videos_that_do_not_play(self, project):
        ItemFactory(caption__video__project=project, withdrawn=True)
        assert not selectors.candidates(project=project).exists()

    def test_means_are_of_what_people_said_last_about_the_caption_itself(self, project, annotator):
        item = ItemFactory(caption__video__project=project)
        slot = answered(item, annotator, levels=levels(1)).slot
        answers.revise(
            project=project,
            slot_id=slot.pk,
            annotator=annotator,
            client_key=uuid.uuid4(),
            levels=levels(5, camera=0, action=0),
        )
        answered(item, UserFactory(), levels=levels(2, camera=0))
        answered(known(project, caption=item.caption).item, annotator, levels=levels(1))
        answered(twin(project, caption=item.caption).item, annotator, levels=levels(1))

        (found,) = selectors.candidates(project=project)
        assert selectors.means_of(found) == {
            "object": 3.5,
            "feature": 3.5,
            "action": 2.0,
            "camera": None,
            "background": 3.5,
        }

    def test_what_nobody_rated_has_no_means(self, project):
        ItemFactory(caption__video__project=project)
        (found,) = selectors.candidates(project=project)
        assert selectors.means_of(found) is None


class TestExamples:
    def shown(self, project, dimension="object"):
        return [one.levels[dimension] for one in selectors.examples(project)[dimension]]

    def test_at_most_two_of_each_level_from_low_to_high(self, project):
        for level in (5, 5, 5, 0, 2):
            known(project, Purpose.PRACTICE, levels=levels(level))
        assert self.shown(project) == [0, 2, 5, 5]

    def test_those_that_say_why_come_first(self, project):
        for note in ("", "", "It is a ring."):
            known(project, Purpose.PRACTICE, levels=levels(5), notes={"object": note})
        first, second = selectors.examples(project)["object"]
        assert first.notes == {"object": "It is a ring."}
        assert second.place == 1

    def test_nothing_that_judges_people_is_given_away(self, project):
        known(project, Purpose.GOLD)
        known(project, Purpose.EXAM)
        twin(project)
        known(project, Purpose.PRACTICE)
        Item.objects.filter(purpose=Purpose.PRACTICE).update(withdrawn=True)
        assert self.shown(project) == []
