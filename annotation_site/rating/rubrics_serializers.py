"""How the versions of a rubric, and the bridges between them, look over HTTP."""

from typing import Any, Final

from rest_framework import serializers

from annotation_site.rating.queue_serializers import MOST_OVERLAP
from annotation_site.rating.rubric_models import Bridge, RubricVersion
from annotation_site.rating.wording import LANGUAGES, MAIN_LANGUAGE
from scorer.rubric import LEVELS, Dimension

MOST_EXAMPLES: Final = 10
MOST_VERSIONS: Final = 32767
MOST_BRIDGED: Final = 2000
"""Captions of one bridge; a few hundred tell a shift of a tenth of a level."""

Fields = dict[str, serializers.Field[Any, Any, Any, Any]]


class QuestionWording(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=1000)
    examples = serializers.ListField(
        child=serializers.CharField(max_length=500), max_length=MOST_EXAMPLES
    )


class LevelWording(serializers.Serializer[Any]):
    phrase = serializers.CharField(max_length=60)
    sentence = serializers.CharField(max_length=500)


class QuestionWordings(serializers.Serializer[Any]):
    def get_fields(self) -> Fields:
        return {dimension.value: QuestionWording() for dimension in Dimension}


class LevelWordings(serializers.Serializer[Any]):
    def get_fields(self) -> Fields:
        return {str(level.value): LevelWording() for level in LEVELS}


class Wording(serializers.Serializer[Any]):
    guideline = serializers.CharField(max_length=20_000, allow_blank=True, help_text="plain text")
    questions = QuestionWordings()
    levels = LevelWordings()


class TextsField(serializers.Serializer[Any]):
    """By language. English is always there; others are whole or not there at all."""

    def get_fields(self) -> Fields:
        return {name: Wording(required=name == MAIN_LANGUAGE) for name in LANGUAGES}


class RubricAsked(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1, max_value=MOST_VERSIONS, required=False)
    language = serializers.ChoiceField(LANGUAGES, default=MAIN_LANGUAGE)


class VersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    note = serializers.CharField(help_text="what was changed, and why")
    by = serializers.CharField(allow_null=True, help_text="null: it is the library's")
    made_at = serializers.DateTimeField(allow_null=True)


class VersionWithTexts(VersionOut):
    texts = TextsField()


class VersionPage(serializers.Serializer[Any]):
    results = VersionOut(many=True)
    next = serializers.CharField(allow_null=True)


class VersionIn(serializers.Serializer[Any]):
    based_on = serializers.IntegerField(
        min_value=1, max_value=MOST_VERSIONS, help_text="the version that was changed"
    )
    note = serializers.CharField(max_length=500)
    texts = TextsField()


class BridgeIn(serializers.Serializer[Any]):
    before = serializers.IntegerField(
        min_value=1, max_value=MOST_VERSIONS, help_text="the version to lead from"
    )
    captions = serializers.IntegerField(min_value=1, max_value=MOST_BRIDGED)
    overlap = serializers.IntegerField(min_value=1, max_value=MOST_OVERLAP)


class BridgeOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    overlap = serializers.IntegerField(help_text="annotators per caption")
    captions = serializers.IntegerField(help_text="in the bridge, without withdrawn ones")
    drawn_from = serializers.IntegerField(help_text="captions that could have been drawn")
    finished = serializers.IntegerField()
    by = serializers.CharField()
    made_at = serializers.DateTimeField()


class BridgePage(serializers.Serializer[Any]):
    results = BridgeOut(many=True)
    next = serializers.CharField(allow_null=True)


class EstimateOut(serializers.Serializer[Any]):
    captions = serializers.IntegerField(help_text="with an answer under both versions")
    mean = serializers.FloatField(allow_null=True, help_text="new less old")
    low = serializers.FloatField(allow_null=True, help_text="95 %; null: too few videos")
    high = serializers.FloatField(allow_null=True)


class ShiftOut(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    level = EstimateOut(help_text="of the mean level, where the dimension is involved")
    involved = EstimateOut(help_text="of the share that finds it involved")


class BridgeWithShifts(BridgeOut):
    shifts = ShiftOut(many=True)


def version_out(version: RubricVersion) -> dict[str, Any]:
    """The library's version is nobody's, and was always there."""
    made = version.pk is not None
    return {
        "number": version.number,
        "note": version.note,
        "by": version.by.shown_name if made else None,
        "made_at": version.made_at if made else None,
    }


def bridge_out(bridge: Bridge) -> dict[str, Any]:
    return dict(BridgeOut({**vars(bridge), "by": bridge.by.shown_name}).data)
