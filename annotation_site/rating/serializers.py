"""How rating looks over HTTP. Who wrote a caption, and what the scorer thinks, is never in it."""

from typing import Any

from rest_framework import serializers

from annotation_site.common.api import Problem
from annotation_site.rating.lanes import Task
from annotation_site.rating.models import Protocol
from scorer.rubric import LEVELS, Dimension

MAX_BESIDE = 100


class QuestionOut(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    letter = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    examples = serializers.ListField(child=serializers.CharField())


class LevelOut(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    phrase = serializers.CharField()
    sentence = serializers.CharField()


class RubricOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    language = serializers.CharField(help_text="that of the words: not every version has each")
    guideline = serializers.CharField(help_text="plain text")
    questions = QuestionOut(many=True)
    levels = LevelOut(many=True)


class ProtocolOut(serializers.ModelSerializer[Protocol]):
    class Meta:
        model = Protocol
        fields = (
            "overlap",
            "lease_seconds",
            "watch_share",
            "auto_advance",
            "random_order",
            "break_minutes",
            "rubric_version",
        )


class AnnotatorOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    ratings = serializers.IntegerField()


class HistogramOut(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    histogram = serializers.ListField(
        child=serializers.IntegerField(),
        min_length=len(LEVELS),
        max_length=len(LEVELS),
        help_text="how often each level was given, 0 first",
    )


class ProgressOut(serializers.Serializer[Any]):
    items = serializers.IntegerField(help_text="captions to rate, without the withdrawn ones")
    finished = serializers.IntegerField(help_text="of these, rated by as many as wanted")
    withdrawn = serializers.IntegerField()
    ratings = serializers.IntegerField(help_text="captions rated, each annotator counted")
    judgments = serializers.IntegerField(help_text="levels given: a rating has one per dimension")
    mine = serializers.IntegerField(
        help_text="what you have rated, checks and repeats among it: they look like the rest"
    )
    overlap = serializers.IntegerField(help_text="annotators wanted per caption")
    annotators = AnnotatorOut(many=True, help_text="for the staff; else empty")
    dimensions = HistogramOut(many=True, help_text="for the staff; else empty")
    as_of = serializers.DateTimeField(
        allow_null=True,
        help_text="the report from which these two are, in a large project; null: now",
    )


class RatedCaption(serializers.Serializer[Any]):
    id = serializers.IntegerField(help_text="0: its own would tell a twin from its original")
    kind = serializers.CharField()
    text = serializers.CharField()


class RatedVideo(serializers.Serializer[Any]):
    sha256 = serializers.CharField()
    seconds = serializers.FloatField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()


class DraftOut(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    client_key = serializers.UUIDField()
    answers = serializers.DictField(child=serializers.IntegerField())
    choice = serializers.CharField(allow_blank=True)
    changes = serializers.IntegerField()
    watched = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))
    seconds_visible = serializers.FloatField()


class Submitted(serializers.Serializer[Any]):
    revision = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    levels = serializers.DictField(child=serializers.IntegerField(), help_text="by dimension")


class Turn(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    of = serializers.IntegerField()


class SlotOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    purpose = serializers.ChoiceField(
        ("rate", "practice", "exam", "vote"), help_text="checks and repeats look like rating"
    )
    lease_until = serializers.DateTimeField(allow_null=True)
    lease_seconds = serializers.IntegerField()
    item = serializers.IntegerField(help_text="the slot's number: an item's own would tell checks")
    caption = RatedCaption(help_text="of a vote: the one shown first")
    rival = RatedCaption(allow_null=True, help_text="of a vote: the one shown second")
    video = RatedVideo()
    protocol = ProtocolOut()
    draft = DraftOut(allow_null=True, help_text="answers of yours that were not submitted yet")
    submitted = Submitted(allow_null=True, help_text="your answer that counts")
    note = Turn(allow_null=True, help_text="of practice and qualification: how far you are")


class ClaimIn(serializers.Serializer[Any]):
    task = serializers.ChoiceField([task.value for task in Task], default=Task.RATE.value)
    beside = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=2**63 - 1),
        max_length=MAX_BESIDE,
        default=list,
        help_text="slots that the page has already: something else is wanted",
    )


class NothingToRateProblem(Problem):
    """Of type `nothing-to-rate`."""

    why = serializers.ChoiceField(("all-done", "yours-done", "on-loan", "empty", "not-qualified"))
    next_at = serializers.DateTimeField(required=False, help_text="when on loan: look again then")
    next_in = serializers.FloatField(
        required=False, help_text="the same in seconds from now, for clocks that are wrong"
    )
