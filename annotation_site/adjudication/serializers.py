"""How cases, decisions and returns look over HTTP."""

from typing import Any

from rest_framework import serializers

from annotation_site.adjudication.cases import STAGES, Stage
from annotation_site.quality.models import Dispute
from annotation_site.quality.reports_serializers import GivenLevel
from annotation_site.rating.answers_serializers import SomeLevels
from scorer.rubric import Dimension

MOST_WORDS = 2000


class CasesAsked(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(STAGES, default=Stage.READY.value)


class ConflictsAsked(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField(
        [dimension.value for dimension in Dimension], default="", allow_blank=True
    )
    captioner = serializers.CharField(max_length=200, default="", allow_blank=True)
    annotator = serializers.CharField(max_length=150, default="", allow_blank=True)


class ConflictRow(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(source="item_id")
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    kind = serializers.ChoiceField(Dispute.Kind.choices)
    width = serializers.FloatField(help_text="in levels, from 2 to 5")
    caption_text = serializers.CharField(source="item.caption.text")
    captioner = serializers.CharField(source="item.caption.captioner.name")
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    given = GivenLevel(many=True, help_text="as they stand now")
    stage = serializers.ChoiceField(STAGES, allow_null=True, help_text="null: there is no case")


class ConflictPage(serializers.Serializer[Any]):
    results = ConflictRow(many=True)
    next = serializers.CharField(allow_null=True)


class CaseIn(serializers.Serializer[Any]):
    item = serializers.IntegerField(min_value=0, max_value=2**63 - 1)
    reason = serializers.CharField(max_length=MOST_WORDS, default="", allow_blank=True)


class CaseRow(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    item = serializers.IntegerField(source="item_id")
    stage = serializers.ChoiceField(STAGES)
    caption_text = serializers.CharField(source="item.caption.text")
    poster_url = serializers.CharField()
    reason = serializers.CharField()
    done = serializers.IntegerField(source="item.n_done")
    overlap = serializers.IntegerField(source="item.overlap")
    opened_by = serializers.CharField(
        source="opened_by.username",
        default=None,
        allow_null=True,
        help_text="null: decided without another rating",
    )
    opened_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class CasePage(serializers.Serializer[Any]):
    results = CaseRow(many=True)
    next = serializers.CharField(allow_null=True)


class DecisionIn(serializers.Serializer[Any]):
    levels = SomeLevels(help_text="of the dimensions that are settled")
    reason = serializers.CharField(max_length=MOST_WORDS)


class ReturnIn(serializers.Serializer[Any]):
    slot = serializers.IntegerField(min_value=0, max_value=2**63 - 1)
    reason = serializers.CharField(max_length=MOST_WORDS)


class CaseFacts(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(STAGES)
    reason = serializers.CharField()
    opened_by = serializers.CharField(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class RatingOut(serializers.Serializer[Any]):
    slot = serializers.IntegerField()
    annotator = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()
    revision = serializers.IntegerField()
    signals = serializers.ListField(child=serializers.CharField())
    levels = SomeLevels()
    returned = serializers.BooleanField(help_text="sent back, and not answered yet")


class EventOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(["rated", "revised", "returned", "opened", "decided"])
    by = serializers.CharField()
    at = serializers.DateTimeField()
    levels = SomeLevels()
    to = serializers.CharField(help_text="returned: whose rating it is")
    reason = serializers.CharField()


class StoryOut(serializers.Serializer[Any]):
    item = serializers.IntegerField()
    caption = serializers.CharField()
    captioner = serializers.CharField()
    video_url = serializers.CharField()
    poster_url = serializers.CharField()
    done = serializers.IntegerField()
    overlap = serializers.IntegerField()
    case = CaseFacts(allow_null=True)
    ratings = RatingOut(many=True)
    decided = SomeLevels(help_text="what stands")
    history = EventOut(many=True, help_text="everything, in its order")


class ReturnedOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    slot = serializers.IntegerField(source="slot_id")
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    caption_text = serializers.CharField(source="slot.item.caption.text")
    poster_url = serializers.CharField()


class ReturnedPage(serializers.Serializer[Any]):
    results = ReturnedOut(many=True)
    next = serializers.CharField(allow_null=True)
