"""How checks and records look over HTTP."""

from typing import Any

from rest_framework import serializers

from annotation_site.rating.answers_serializers import LevelsIn
from annotation_site.rating.models import Purpose, Standing
from scorer.rubric import Dimension

DIMENSIONS = [dimension.value for dimension in Dimension]
CHECKS = [str(p) for p in (Purpose.PRACTICE, Purpose.EXAM, Purpose.GOLD)]
PURPOSES = [*CHECKS, str(Purpose.TWIN)]
MOST_NOTE = 500
MOST_TEXT = 10_000
MOST_TWINS = 200


class Notes(serializers.Serializer[Any]):
    """Why, for the dimensions where there is something to say."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {
            dimension: serializers.CharField(max_length=MOST_NOTE, required=False, allow_blank=True)
            for dimension in DIMENSIONS
        }


class ChecksAsked(serializers.Serializer[Any]):
    purpose = serializers.ChoiceField(PURPOSES, required=False, allow_blank=True, default="")


class CandidatesAsked(ChecksAsked):
    search = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class CheckIn(serializers.Serializer[Any]):
    caption = serializers.IntegerField(min_value=0, max_value=2**63 - 1)
    purpose = serializers.ChoiceField(CHECKS)
    levels = LevelsIn()
    notes = Notes(default=dict)


class CheckChange(serializers.Serializer[Any]):
    levels = LevelsIn(required=False)
    notes = Notes(required=False)
    withdrawn = serializers.BooleanField(required=False)


class TwinAsked(serializers.Serializer[Any]):
    caption = serializers.IntegerField(min_value=0, max_value=2**63 - 1)
    dimension = serializers.ChoiceField(DIMENSIONS)


class TwinIn(TwinAsked):
    text = serializers.CharField(max_length=MOST_TEXT)


class SuggestionOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    by = serializers.CharField(help_text="`rules`, or the text model's name")


class AutomaticIn(serializers.Serializer[Any]):
    count = serializers.IntegerField(min_value=1, max_value=MOST_TWINS)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=0)


class AutomaticOut(serializers.Serializer[Any]):
    made = serializers.IntegerField()
    skipped = serializers.IntegerField(help_text="no caption was found for these")


class CheckOut(serializers.Serializer[Any]):
    item = serializers.IntegerField()
    purpose = serializers.ChoiceField(PURPOSES)
    caption_text = serializers.CharField(help_text="as annotators read it")
    original_text = serializers.CharField(allow_null=True, help_text="twins: the caption's own")
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    video_name = serializers.CharField()
    captioner = serializers.CharField()
    levels = serializers.DictField(child=serializers.IntegerField(), help_text="twins: empty")
    notes = serializers.DictField(child=serializers.CharField())
    spoiled = serializers.ChoiceField(
        DIMENSIONS, allow_blank=True, help_text="twins: what was made wrong"
    )
    answers = serializers.IntegerField()
    passed_share = serializers.FloatField(
        allow_null=True, help_text="of the dimensions answered; twins: how often it was noticed"
    )
    withdrawn = serializers.BooleanField()


class CheckPage(serializers.Serializer[Any]):
    results = CheckOut(many=True)
    next = serializers.CharField(allow_null=True)


class CandidateOut(serializers.Serializer[Any]):
    caption = serializers.IntegerField()
    text = serializers.CharField()
    kind = serializers.CharField()
    captioner = serializers.CharField()
    video_name = serializers.CharField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    seconds = serializers.FloatField()
    means = serializers.DictField(
        child=serializers.FloatField(allow_null=True),
        allow_null=True,
        help_text="by dimension, of levels 1 to 5; null: nobody has rated it",
    )


class CandidatePage(serializers.Serializer[Any]):
    results = CandidateOut(many=True)
    next = serializers.CharField(allow_null=True)


class NamedAnnotator(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField()


class CheckedDimension(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField(DIMENSIONS)
    answers = serializers.IntegerField()
    share = serializers.FloatField(help_text="of them: within tolerance, or noticed")


class GoldRecord(serializers.Serializer[Any]):
    answers = serializers.IntegerField()
    passed_share = serializers.FloatField()
    dimensions = CheckedDimension(many=True)


class TwinRecord(serializers.Serializer[Any]):
    shown = serializers.IntegerField()
    noticed_share = serializers.FloatField()
    dimensions = CheckedDimension(many=True, help_text="by what was made wrong")


class RepeatRecord(serializers.Serializer[Any]):
    pairs = serializers.IntegerField()
    exact_share = serializers.FloatField(help_text="of the levels, dimension by dimension")
    within_one_share = serializers.FloatField()


class WatchedRecord(serializers.Serializer[Any]):
    answers = serializers.IntegerField(help_text="that tell what was watched")
    share = serializers.FloatField(help_text="of the video's seconds that were seen, in the mean")


class StandingOut(serializers.Serializer[Any]):
    annotator = NamedAnnotator()
    state = serializers.ChoiceField(Standing.State.choices)
    score = serializers.FloatField(allow_null=True, help_text="of the qualification")
    since = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True, help_text="null: by the score alone")


class RecordOut(StandingOut):
    practice_done = serializers.IntegerField()
    exam_done = serializers.IntegerField()
    ratings = serializers.IntegerField()
    gold = GoldRecord(allow_null=True)
    twins = TwinRecord(allow_null=True)
    repeats = RepeatRecord(allow_null=True)
    median_seconds = serializers.FloatField(allow_null=True, help_text="in sight, per answer")
    watched = WatchedRecord(allow_null=True)
    signals = serializers.DictField(child=serializers.IntegerField())
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="the report from which this is, in a large project; null: now"
    )


class AnnotatorRecordOut(RecordOut):
    days = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="ratings of each 24 hours up to now, the oldest first",
    )


class RatedRow(serializers.Serializer[Any]):
    item = serializers.IntegerField()
    caption_text = serializers.CharField()
    poster_url = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()
    revision = serializers.IntegerField()
    rubric_version = serializers.IntegerField()
    signals = serializers.ListField(child=serializers.CharField())
    levels = serializers.DictField(child=serializers.IntegerField())


class RatedPage(serializers.Serializer[Any]):
    results = RatedRow(many=True)
    next = serializers.CharField(allow_null=True)


class RecordList(serializers.Serializer[Any]):
    """One for each annotator of the project."""

    results = RecordOut(many=True)


class StandingIn(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        [str(Standing.State.QUALIFIED), str(Standing.State.PRACTISING)],
        help_text="let in, or sent back to practice",
    )


class ExampleOut(serializers.Serializer[Any]):
    level = serializers.IntegerField()
    caption_text = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    seconds = serializers.FloatField()


class ExamplesOut(serializers.Serializer[Any]):
    """By dimension."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {dimension: ExampleOut(many=True) for dimension in DIMENSIONS}
