"""How snapshots look over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation_site.datasets.filters import Filters
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.splits import USUAL, SplitRule
from scorer.rubric import Dimension

MOST_CHOICES = 1000
MOST_PERCENT = 98


def _names(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=100),
        max_length=MOST_CHOICES,
        default=list,
        **options,
    )


class SnapshotFilters(serializers.Serializer[Any]):
    """What is let in. Whatever is not named narrows nothing; an unknown filter is refused."""

    captioners = _names()
    kinds = _names(help_text="of captions")
    annotators = serializers.ListField(
        child=serializers.RegexField(r"^a[0-9]{1,18}$"), max_length=MOST_CHOICES, default=list
    )
    since = serializers.DateTimeField(
        default=None, allow_null=True, help_text="judged then or later"
    )
    until = serializers.DateTimeField(default=None, allow_null=True, help_text="judged before then")
    late = serializers.BooleanField(
        default=True, help_text="let in what came after its lease had run out"
    )
    flagged = serializers.BooleanField(
        default=True, help_text="let in captions whose flag nobody has resolved"
    )
    minimum_ratings = serializers.IntegerField(
        default=0, min_value=0, max_value=1000, help_text="annotators per caption"
    )
    dimensions = serializers.ListField(
        child=serializers.ChoiceField([dimension.value for dimension in Dimension]),
        max_length=MOST_CHOICES,
        default=list,
    )
    rubrics = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=32767),
        max_length=MOST_CHOICES,
        default=list,
        help_text="versions",
    )

    def to_internal_value(self, data: Any) -> Filters:
        if isinstance(data, dict) and (unknown := sorted(data.keys() - self.fields.keys())):
            # Left out in silence, a filter that is misspelt would let everything in.
            raise serializers.ValidationError(dict.fromkeys(unknown, "There is no such filter."))
        found = super().to_internal_value(data)
        dimensions = [Dimension(name) for name in found.pop("dimensions")]
        return Filters(**{**found, "dimensions": tuple(dimensions)})


class SnapshotSplit(serializers.Serializer[Any]):
    """Shares in percent of the videos; what is left is for training."""

    salt = serializers.CharField(
        default=USUAL.salt, allow_blank=True, max_length=100, help_text="another one: other sides"
    )
    validation = serializers.IntegerField(
        default=USUAL.validation, min_value=0, max_value=MOST_PERCENT
    )
    test = serializers.IntegerField(default=USUAL.test, min_value=0, max_value=MOST_PERCENT)

    def to_internal_value(self, data: Any) -> SplitRule:
        found = super().to_internal_value(data)
        try:
            return SplitRule(**found)
        except ValueError as error:
            raise serializers.ValidationError({"test": str(error)}) from error


class WantedIn(serializers.Serializer[Any]):
    """Which snapshot is wanted. Nothing given: all there is, split as always."""

    filters = SnapshotFilters(default=Filters)
    split = SnapshotSplit(default=SplitRule, source="rule")
    as_of = serializers.DateTimeField(
        default=None,
        allow_null=True,
        help_text="leave out what came later; null: leave out nothing",
    )


class FreezeIn(WantedIn):
    background = serializers.BooleanField(
        default=False, help_text="by a job: for projects where it takes minutes"
    )


class CountsOut(serializers.Serializer[Any]):
    videos = serializers.IntegerField()
    captions = serializers.IntegerField()
    judgments = serializers.IntegerField()
    annotators = serializers.IntegerField()
    preferences = serializers.IntegerField()


class SnapshotOut(serializers.ModelSerializer[Snapshot]):
    created_by = serializers.CharField(
        source="created_by.username", default=None, allow_null=True, help_text="null: a command"
    )
    filters = SnapshotFilters()

    class Meta:
        model = Snapshot
        fields: tuple[str, ...] = (
            "id",
            "digest",
            "as_of",
            "videos",
            "captions",
            "judgments",
            "preferences",
            "filters",
            "created_by",
            "created_at",
        )


class SnapshotPage(serializers.Serializer[Any]):
    results = SnapshotOut(many=True)
    next = serializers.CharField(allow_null=True)


class LeaksOut(serializers.Serializer[Any]):
    followed = serializers.IntegerField(help_text="videos on the side of one they look like")
    straddling = serializers.IntegerField(help_text="videos that look like one on another side")
    repeated = serializers.IntegerField(help_text="texts that stand on more than one side")


class SideOut(serializers.Serializer[Any]):
    videos = serializers.IntegerField()
    captions = serializers.IntegerField()
    judgments = serializers.IntegerField()


class SidesOut(serializers.Serializer[Any]):
    train = SideOut()
    validation = SideOut()
    test = SideOut()


class LeakOut(serializers.Serializer[Any]):
    """A line of `leaks.jsonl`."""

    kind = serializers.ChoiceField(("followed", "straddling", "repeated"))
    video = serializers.CharField(default=None, allow_null=True)
    like = serializers.CharField(default=None, allow_null=True, help_text="the older video")
    bits = serializers.IntegerField(
        default=None, allow_null=True, help_text="of 256, in which the two differ"
    )
    captions = serializers.ListField(child=serializers.IntegerField(), default=list)


class SnapshotWhole(SnapshotOut):
    """A snapshot with what its manifest says. null: it is older than that part of the manifest."""

    split = serializers.SerializerMethodField()
    sides = serializers.SerializerMethodField()
    leaks = serializers.SerializerMethodField()
    leaking = serializers.SerializerMethodField(help_text="the first of its leaks")

    class Meta(SnapshotOut.Meta):
        fields = (*SnapshotOut.Meta.fields, "split", "sides", "leaks", "leaking")

    @extend_schema_field(SnapshotSplit(allow_null=True))
    def get_split(self, _: Snapshot) -> Any:
        return self.context["manifest"].get("split")

    @extend_schema_field(SidesOut(allow_null=True))
    def get_sides(self, _: Snapshot) -> Any:
        return self.context["manifest"].get("sides")

    @extend_schema_field(LeaksOut(allow_null=True))
    def get_leaks(self, _: Snapshot) -> Any:
        return self.context["manifest"].get("leaks")

    @extend_schema_field(LeakOut(many=True))
    def get_leaking(self, _: Snapshot) -> Any:
        return LeakOut(self.context["leaking"], many=True).data


class CaptionerChoice(serializers.Serializer[Any]):
    name = serializers.CharField()
    captions = serializers.IntegerField()


class AnnotatorChoice(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="as in a snapshot, such as a17")
    shown_name = serializers.CharField()


class ChoicesOut(serializers.Serializer[Any]):
    """What filters may name."""

    captioners = CaptionerChoice(many=True)
    kinds = serializers.ListField(child=serializers.CharField())
    annotators = AnnotatorChoice(many=True)
    dimensions = serializers.ListField(child=serializers.CharField())
    rubrics = serializers.ListField(child=serializers.IntegerField())
