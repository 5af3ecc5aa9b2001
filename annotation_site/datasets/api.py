"""Snapshots over HTTP: freeze, list, take home."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.downloads import download
from annotation_site.datasets import exports, selectors, services
from annotation_site.datasets.models import Snapshot
from scorer import manifest


class SnapshotOut(serializers.ModelSerializer[Snapshot]):
    created_by = serializers.CharField(
        source="created_by.username", default=None, allow_null=True, help_text="null: a command"
    )

    class Meta:
        model = Snapshot
        fields = (
            "id",
            "digest",
            "as_of",
            "videos",
            "captions",
            "judgments",
            "created_by",
            "created_at",
        )


class SnapshotPage(serializers.Serializer[Any]):
    results = SnapshotOut(many=True)
    next = serializers.CharField(allow_null=True)


class Snapshots(ProjectView):
    """The project's snapshots, and a new one."""

    roles = {"GET": STAFF, "POST": STAFF}

    @extend_schema(
        operation_id="snapshots", parameters=[CURSOR], responses={200: SnapshotPage, 422: Problem}
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        rows = self.project.snapshots.select_related("created_by")
        return newest_first(request, rows, lambda row: dict(SnapshotOut(row).data))

    @extend_schema(
        operation_id="freeze_snapshot",
        request=None,
        responses={201: SnapshotOut, 200: SnapshotOut},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        snapshot, new = services.freeze_or_find(
            project=self.project, by=signed_in(request), now=timezone.now()
        )
        code = status.HTTP_201_CREATED if new else status.HTTP_200_OK
        return Response(SnapshotOut(snapshot).data, status=code)


class Export(ProjectView):
    """The judgments of a snapshot, one a row, with caption and video."""

    roles = {"GET": STAFF}
    form: ClassVar[exports.Form]

    def get(self, request: Request, slug: str, snapshot: int) -> StreamingHttpResponse:
        found = selectors.snapshot(project=self.project, number=snapshot)
        return download(
            request,
            exports.export(found.directory, self.form),
            name=f"{slug}-{found}.{self.form}",
            content_type=exports.CONTENT_TYPES[self.form],
        )


def _described(form: exports.Form) -> Callable[[type[Export]], type[Export]]:
    """Give the form an operation of its own in the schema."""
    content = OpenApiResponse(OpenApiTypes.BINARY)
    operation = extend_schema(
        operation_id=f"export_snapshot_{form}",
        responses={(200, exports.CONTENT_TYPES[form]): content, 404: Problem},
    )
    return extend_schema_view(get=operation)


@_described("jsonl")
class ExportJsonl(Export):
    form = "jsonl"


@_described("csv")
class ExportCsv(Export):
    form = "csv"


class Manifest(ProjectView):
    """What is in a snapshot, with the sha256 of each file."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="snapshot_manifest", responses={200: OpenApiTypes.OBJECT, 404: Problem}
    )
    def get(self, request: Request, slug: str, snapshot: int) -> StreamingHttpResponse:  # noqa: ARG002
        found = selectors.snapshot(project=self.project, number=snapshot)
        # Byte for byte: the sha256 of this file is the snapshot's name.
        content = (found.directory / manifest.NAME).read_bytes()
        return download(
            request, iter([content]), name=manifest.NAME, content_type="application/json"
        )
