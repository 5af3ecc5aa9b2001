"""How rating looks over HTTP. Who wrote a caption, and what the scorer thinks, is never in it."""

import math
from typing import Any

from rest_framework import serializers

from annotation_site.catalog import links
from annotation_site.common.api import Problem
from annotation_site.rating.lanes import Task
from annotation_site.rating.models import Protocol, Slot
from scorer.rubric import LEVELS, Dimension

MAX_RANGES = 2000
MAX_BESIDE = 100


class QuestionOut(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    letter = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()


class LevelOut(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    phrase = serializers.CharField()
    sentence = serializers.CharField()


class RubricOut(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    questions = QuestionOut(many=True)
    levels = LevelOut(many=True)


class ProtocolOut(serializers.ModelSerializer[Protocol]):
    class Meta:
        model = Protocol
        fields = ("overlap", "lease_seconds", "watch_share", "auto_advance")


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
    mine = serializers.IntegerField(help_text="ratings of your own")
    overlap = serializers.IntegerField(help_text="annotators wanted per caption")
    annotators = AnnotatorOut(many=True, help_text="for the staff; else empty")
    dimensions = HistogramOut(many=True, help_text="for the staff; else empty")


class RatedCaption(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()


class RatedVideo(serializers.Serializer[Any]):
    sha256 = serializers.CharField()
    seconds = serializers.FloatField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()


class SlotOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    lease_until = serializers.DateTimeField()
    item = serializers.IntegerField()
    caption = RatedCaption()
    video = RatedVideo()
    protocol = ProtocolOut()


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


class Finite(serializers.FloatField):
    """A number at or above zero: neither infinity nor NaN, which no database can hold as JSON."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=1e9, **kwargs)

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("invalid")
        return value


class Evidence(serializers.Serializer[Any]):
    watched = serializers.ListField(
        child=serializers.ListField(child=Finite(), min_length=2, max_length=2),
        max_length=MAX_RANGES,
        help_text="from which second to which it was played, at no more than 2x",
    )
    seconds_visible = Finite(help_text="how long the page was in sight")
    rate = Finite(help_text="of playback, at the end")
    changes = serializers.IntegerField(
        min_value=0, max_value=10**6, help_text="answers that were changed"
    )

    def validate_watched(self, watched: list[list[float]]) -> list[list[float]]:
        if any(start > end for start, end in watched):
            raise serializers.ValidationError("A range ends where it starts, or later.")
        return watched


class LevelsIn(serializers.Serializer[Any]):
    """A level for each dimension."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        top = max(level.value for level in LEVELS)
        return {d.value: serializers.IntegerField(min_value=0, max_value=top) for d in Dimension}


class SubmissionIn(serializers.Serializer[Any]):
    client_key = serializers.UUIDField(help_text="made by the page, once for each answer")
    levels = LevelsIn()
    evidence = Evidence()


class SubmissionOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField(source="pk")
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()


class LeaseOut(serializers.Serializer[Any]):
    lease_until = serializers.DateTimeField()


class SkipIn(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(Slot.SkipReason.choices)


def slot_out(slot: Slot, *, protocol: Protocol, slug: str) -> dict[str, Any]:
    caption, video = slot.item.caption, slot.item.caption.video
    return {
        "slot": slot.pk,
        "lease_until": slot.lease_until,
        "item": slot.item_id,
        "caption": RatedCaption(caption).data,
        "video": {
            "sha256": video.sha256,
            "seconds": video.seconds,
            "width": video.width,
            "height": video.height,
            "video_url": links.video_url(slug=slug, sha256=video.sha256),
            "poster_url": links.poster_url(slug=slug, sha256=video.sha256),
        },
        "protocol": ProtocolOut(protocol).data,
    }
