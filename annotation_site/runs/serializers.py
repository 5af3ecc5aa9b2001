"""How runs look over HTTP."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from annotation_site.datasets.models import Snapshot
from annotation_site.runs import parts, reproduction
from annotation_site.runs.models import Artifact, Kind, Run, State
from annotation_site.runs.options import OPTIONS
from scorer.rubric import Dimension


class Progress(serializers.Serializer[Any]):
    done = serializers.IntegerField(default=0)
    total = serializers.IntegerField(default=0)
    message = serializers.CharField(default="")


class RunOut(serializers.ModelSerializer[Run]):
    kind = serializers.ChoiceField(Kind.values)
    state = serializers.ChoiceField(State.values)
    config = serializers.DictField()
    progress = Progress()
    requested_by = serializers.SlugRelatedField[Any](
        slug_field="username", read_only=True, allow_null=True
    )
    result = serializers.DictField(help_text="its figures; which ones depends on the kind")
    turn = serializers.PrimaryKeyRelatedField[Run](read_only=True, allow_null=True)

    class Meta:
        model = Run
        fields = (
            "id",
            "kind",
            "state",
            "config",
            "attempt",
            "progress",
            "requested_by",
            "requested_at",
            "started_at",
            "finished_at",
            "result",
            "error_code",
            "error_detail",
            "turn",
            "cancel_requested",
            "digest",
            "champion",
        )


class RunPage(serializers.Serializer[Any]):
    results = RunOut(many=True)
    next = serializers.CharField(allow_null=True)


class ParentOut(serializers.ModelSerializer[Run]):
    class Meta:
        model = Run
        fields = ("id", "kind", "state")


class ArtifactOut(serializers.ModelSerializer[Artifact]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = Artifact
        fields = ("name", "bytes", "sha256", "url")

    def get_url(self, artifact: Artifact) -> str:
        where = {"slug": artifact.run.project.slug, "run": artifact.run_id, "name": artifact.name}
        return reverse("run-artifact", kwargs=where)


class SnapshotNamed(serializers.ModelSerializer[Snapshot]):
    class Meta:
        model = Snapshot
        fields = ("id", "digest")


class FilesCompared(serializers.Serializer[Any]):
    """Names of files of a reproduction, beside those of the run that it does once more."""

    agrees = serializers.BooleanField()
    same = serializers.ListField(child=serializers.CharField())
    different = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    new = serializers.ListField(child=serializers.CharField())


class PartsOut(serializers.Serializer[Any]):
    """Of a run that several workers share."""

    total = serializers.IntegerField()
    done = serializers.IntegerField()
    workers = serializers.IntegerField(help_text="that have taken some so far")


class RunDetail(RunOut):
    parents = ParentOut(many=True)
    stages = RunOut(many=True, source="stages_in_order", help_text="of a turn")
    artifacts = ArtifactOut(many=True)
    snapshot = SnapshotNamed()
    reproduces = serializers.PrimaryKeyRelatedField[Run](read_only=True, allow_null=True)
    comparison = serializers.SerializerMethodField(help_text="of a finished reproduction")
    parts = serializers.SerializerMethodField(help_text="null: it has none")

    class Meta:
        model = Run
        fields = (
            *RunOut.Meta.fields,
            "parents",
            "stages",
            "artifacts",
            "snapshot",
            "reproduces",
            "comparison",
            "worked_seconds",
            "parts",
        )

    @extend_schema_field(PartsOut(allow_null=True))
    def get_parts(self, run: Run) -> dict[str, Any] | None:
        return parts.counted(run)

    @extend_schema_field(FilesCompared(allow_null=True))
    def get_comparison(self, run: Run) -> dict[str, Any] | None:
        found = reproduction.compared(run)
        return None if found is None else dict(FilesCompared(found).data)


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="RunOptions",
        serializers=list(OPTIONS.values()),
        resource_type_field_name=None,
    )
)
class GivenOptions(serializers.DictField):
    """The options of the kind that is asked for; `options.resolve` checks them."""


class RunWish(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(Kind.values)
    options = GivenOptions(required=False)
    parents = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=len(Kind),
        help_text="finished runs to build on; by default the newest",
    )


class MetricsOut(serializers.Serializer[Any]):
    series = serializers.DictField(
        child=serializers.ListField(
            child=serializers.ListField(
                child=serializers.FloatField(), min_length=2, max_length=2, help_text="step, value"
            )
        ),
        help_text="by name",
    )


class SelectedVideo(serializers.Serializer[Any]):
    sha256 = serializers.CharField()
    poster_url = serializers.CharField()
    video_url = serializers.CharField()
    seconds = serializers.FloatField()


class SelectedCaption(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    text = serializers.CharField()
    captioner = serializers.CharField()


class Levels(serializers.Serializer[Any]):
    """What the scorer expects on each dimension; null where it does not apply."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {d.value: serializers.FloatField(allow_null=True) for d in Dimension}


class Selected(serializers.Serializer[Any]):
    video = SelectedVideo()
    caption = SelectedCaption()
    score = serializers.FloatField(allow_null=True)
    mean_paper = serializers.FloatField(allow_null=True)
    levels = Levels()


class SelectionPage(serializers.Serializer[Any]):
    results = Selected(many=True)
    next = serializers.CharField(allow_null=True)
