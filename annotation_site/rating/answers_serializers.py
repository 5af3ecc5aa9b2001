"""How answers come in over HTTP, and how one's own are shown again."""

import math
from typing import Any

from rest_framework import serializers

from annotation_site.rating.models import Remark, Slot
from scorer.rubric import LEVELS, Dimension

MAX_RANGES = 2000
MOST_REMARKS = 500
"""That are resolved in one go."""


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
    stalls = serializers.IntegerField(
        min_value=0, max_value=10**6, default=0, help_text="how often the video waited for data"
    )
    seconds_stalled = Finite(default=0.0)
    focus_losses = serializers.IntegerField(
        min_value=0, max_value=10**6, default=0, help_text="how often the page went out of sight"
    )
    seconds_hidden = Finite(default=0.0)
    rates = serializers.ListField(
        child=serializers.ListField(child=Finite(), min_length=2, max_length=2),
        max_length=20,
        default=list,
        help_text="seconds played at each rate",
    )
    language = serializers.CharField(
        max_length=16, default="", allow_blank=True, help_text="in which the questions were put"
    )
    skew = serializers.FloatField(
        default=0.0, min_value=-1e9, max_value=1e9, help_text="client's clock less the server's, s"
    )

    def validate_skew(self, skew: float) -> float:
        if not math.isfinite(skew):
            raise serializers.ValidationError("A finite number is needed.")
        return skew

    def validate_watched(self, watched: list[list[float]]) -> list[list[float]]:
        if any(start > end for start, end in watched):
            raise serializers.ValidationError("A range ends where it starts, or later.")
        return watched


def _levels(*, required: bool) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    top = max(level.value for level in LEVELS)
    return {
        dimension.value: serializers.IntegerField(min_value=0, max_value=top, required=required)
        for dimension in Dimension
    }


class LevelsIn(serializers.Serializer[Any]):
    """A level for each dimension."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return _levels(required=True)


class SubmissionIn(serializers.Serializer[Any]):
    client_key = serializers.UUIDField(help_text="made by the page, once for each answer")
    levels = LevelsIn()
    evidence = Evidence()


class DimensionFeedback(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    given = serializers.IntegerField()
    expected = serializers.IntegerField(allow_null=True)
    passed = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)


class Feedback(serializers.Serializer[Any]):
    passed = serializers.BooleanField()
    dimensions = DimensionFeedback(many=True)


class SubmissionOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField(source="slot.pk")
    submitted_at = serializers.DateTimeField(source="slot.submitted_at")
    late = serializers.BooleanField(source="slot.late")
    revision = serializers.IntegerField(source="slot.revision")
    signals = serializers.ListField(
        source="slot.signals",
        child=serializers.CharField(),
        help_text="what about the answer deserves a look; it rejects nothing",
    )
    feedback = Feedback(allow_null=True, help_text="after practice")


class RevisionIn(serializers.Serializer[Any]):
    client_key = serializers.UUIDField(help_text="made by the page, once for each revision")
    levels = LevelsIn()


class SomeLevels(serializers.Serializer[Any]):
    """Levels for the dimensions that have one so far."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return _levels(required=False)


class DraftIn(serializers.Serializer[Any]):
    step = serializers.IntegerField(
        min_value=0, max_value=10**6, help_text="counts the page's changes; the highest wins"
    )
    client_key = serializers.UUIDField(help_text="with which the answer will be submitted")
    answers = SomeLevels(default=dict)
    choice = serializers.CharField(default="", allow_blank=True, max_length=16)
    changes = serializers.IntegerField(min_value=0, max_value=10**6, default=0)
    watched = serializers.ListField(
        child=serializers.ListField(child=Finite(), min_length=2, max_length=2),
        max_length=MAX_RANGES,
        default=list,
    )
    seconds_visible = Finite(default=0.0)


class DraftSaved(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class LeaseOut(serializers.Serializer[Any]):
    lease_until = serializers.DateTimeField()


class SkipIn(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(Slot.SkipReason.choices)


class RemarkIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(Remark.Kind.choices)
    text = serializers.CharField(max_length=2000, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == Remark.Kind.COMMENT and not attrs["text"].strip():
            raise serializers.ValidationError({"text": "A comment says something."})
        return attrs


class RemarkOut(serializers.ModelSerializer[Remark]):
    class Meta:
        model = Remark
        fields = ("id", "kind", "text", "made_at", "resolved_at")


class RemarkPage(serializers.Serializer[Any]):
    results = RemarkOut(many=True)
    next = serializers.CharField(allow_null=True)


class InboxOut(RemarkOut):
    annotator = serializers.CharField(source="slot.annotator.username")
    slot = serializers.IntegerField(source="slot_id")
    caption_text = serializers.CharField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    resolved_by = serializers.CharField(
        source="resolved_by.username", default=None, allow_null=True
    )

    class Meta:
        model = Remark
        fields = (
            "id",
            "kind",
            "text",
            "made_at",
            "resolved_at",
            "annotator",
            "slot",
            "caption_text",
            "video_url",
            "poster_url",
            "resolved_by",
        )


class InboxPage(serializers.Serializer[Any]):
    results = InboxOut(many=True)
    next = serializers.CharField(allow_null=True)


class ResolveIn(serializers.Serializer[Any]):
    remarks = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        min_length=1,
        max_length=MOST_REMARKS,
    )
    resolved = serializers.BooleanField(
        default=True, help_text="false: what you have resolved yourself is open again"
    )


class ResolveOut(serializers.Serializer[Any]):
    changed = serializers.IntegerField()


class HistoryRow(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    purpose = serializers.ChoiceField(("rate",), help_text="checks and repeats look like rating")
    state = serializers.ChoiceField(("submitted", "skipped"))
    submitted_at = serializers.DateTimeField(allow_null=True)
    late = serializers.BooleanField()
    revision = serializers.IntegerField()
    caption_text = serializers.CharField(help_text="its beginning")
    poster_url = serializers.CharField()
    seconds = serializers.FloatField()
    levels = serializers.DictField(child=serializers.IntegerField(), allow_null=True)
    flagged = serializers.BooleanField()


class HistoryPage(serializers.Serializer[Any]):
    results = HistoryRow(many=True)
    next = serializers.CharField(allow_null=True)
