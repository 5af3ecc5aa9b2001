import pytest

from annotation_site.quality import twins
from annotation_site.quality.models import Check
from annotation_site.quality.refusals import (
    AlreadyACheck,
    NoSuchCaption,
    NoTextModel,
    NothingToSpoil,
    TwinSaysTheSame,
)
from annotation_site.rating.models import EVERYONE, Item, Purpose
from scorer.rubric import Dimension
from tests.factories import CaptionFactory, ItemFactory, UserFactory
from tests.quality.known import NOW, answered, levels, twin
from training.miniature import language, world
from training.miniature.captioners import WITNESS

pytestmark = pytest.mark.django_db


def miniature(project, seed, **fields):
    """A caption of the miniature world that is right in everything that it says."""
    text, _ = WITNESS.caption(world.sample(seed).facts, seed=seed)
    return CaptionFactory(video__project=project, text=text, **fields)


def automatic(project, count, seed=0):
    return twins.automatic(project=project, count=count, seed=seed, by=None, now=NOW)


def spoiled():
    return {
        check.item.caption_id: check.spoiled
        for check in Check.objects.exclude(spoiled="").select_related("item")
    }


class TestMake:
    def test_everybody_is_shown_the_text_in_place_of_the_captions_own(self, project):
        check = twin(project, Dimension.ACTION, text="  A ball flies. ")

        item = check.item
        assert (item.purpose, item.text, item.overlap) == (Purpose.TWIN, "A ball flies.", EVERYONE)
        assert (check.spoiled, check.levels) == ("action", {})

    def test_one_of_each_dimension(self, project):
        caption = CaptionFactory(video__project=project)
        twin(project, Dimension.ACTION, caption=caption)
        twin(project, Dimension.CAMERA, caption=caption)
        with pytest.raises(AlreadyACheck):
            twin(project, Dimension.CAMERA, caption=caption, text="A ball sings.")

    @pytest.mark.parametrize("text", ["A dog runs.", "  a DOG\n runs. "])
    def test_it_must_say_something_else(self, project, text):
        caption = CaptionFactory(video__project=project, text="A dog runs.")
        with pytest.raises(TwinSaysTheSame):
            twin(project, caption=caption, text=text)

    def test_not_of_another_projects_caption(self, project):
        with pytest.raises(NoSuchCaption):
            twin(project, caption=CaptionFactory())


class TestSuggest:
    def suggest(self, project, caption, dimension=Dimension.OBJECT):
        return twins.suggest(
            project=project, caption_id=caption.pk, dimension=dimension, model=None
        )

    def test_rules_know_the_miniature_world(self, project):
        caption = miniature(project, 3)
        found = self.suggest(project, caption)

        assert found.by == "rules"
        before, after = (language.read(text) for text in (caption.text, found.text))
        assert before.shape != after.shape
        assert not Item.objects.exists()

    def test_for_other_captions_a_text_model_is_needed(self, project):
        with pytest.raises(NoTextModel):
            self.suggest(project, CaptionFactory(video__project=project))

    def test_what_is_not_said_cannot_be_made_wrong(self, project):
        caption = CaptionFactory(video__project=project, text="A red ball appears.")
        with pytest.raises(NothingToSpoil):
            self.suggest(project, caption, Dimension.CAMERA)

    def test_not_of_another_projects_caption(self, project):
        with pytest.raises(NoSuchCaption):
            self.suggest(project, CaptionFactory())


class TestAutomatic:
    def test_each_dimension_in_its_turn(self, project):
        for seed in range(30):
            miniature(project, seed)

        assert automatic(project, 7) == twins.Made(made=7, skipped=0)
        assert sorted(spoiled().values()) == sorted([*Dimension, "object", "feature"])

    def test_the_same_seed_takes_the_same_captions(self, project):
        for seed in range(30):
            miniature(project, seed)
        found = []
        for seed in (1, 1, 2):
            automatic(project, 5, seed)
            found.append({(c.item.caption_id, c.item.text) for c in Check.objects.all()})
            Item.objects.all().delete()

        assert found[0] == found[1] != found[2]

    def test_says_for_how_many_no_caption_was_found(self, project):
        miniature(project, 1)
        CaptionFactory.create_batch(3, video__project=project)
        miniature(None or CaptionFactory().video.project, 2)

        assert automatic(project, 5) == twins.Made(made=1, skipped=4)
        assert automatic(project, 5) == twins.Made(made=0, skipped=5)

    def test_of_none_makes_none(self, project):
        assert automatic(project, 3) == twins.Made(made=0, skipped=3)

    def test_only_of_what_people_found_good_there(self, project):
        for seed, level in enumerate((5, 5, 3, 0, 4)):
            item = ItemFactory(caption=miniature(project, seed))
            for _ in range(2):
                answered(item, UserFactory(), levels=levels(1, object=level))

        assert automatic(project, 5).made == 1
        (caption,) = spoiled()
        assert spoiled()[caption] == "object"
        given = Item.objects.get(purpose=Purpose.RATE, caption=caption).slots.first()
        assert given.judgments.get(dimension="object").level >= 4

    def test_what_was_rated_good_comes_before_what_nobody_rated(self, project):
        for seed in range(8):
            miniature(project, seed)
        good = ItemFactory(caption=miniature(project, 99))
        answered(good, UserFactory(), levels=levels(5))

        automatic(project, 1)
        assert set(spoiled()) == {good.caption_id}

    def test_not_of_a_video_that_does_not_play(self, project):
        ItemFactory(caption=miniature(project, 1), withdrawn=True)
        assert automatic(project, 1).made == 0

    def test_asks_as_often_whatever_the_project_holds(self, project, django_assert_max_num_queries):
        for seed in range(40):
            miniature(project, seed)
        with django_assert_max_num_queries(3 + 5 + 2 * 6):
            automatic(project, 2)
