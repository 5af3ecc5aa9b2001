"""The difference between two snapshots over HTTP: in numbers, and line by line."""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView
from annotation_site.common.api import Problem
from annotation_site.common.downloads import download
from annotation_site.datasets import diffs, selectors, taken
from annotation_site.datasets.models import Snapshot
from annotation_site.datasets.reading import Sealed
from annotation_site.datasets.splits import SIDES
from scorer.manifest import canonical


class Changed(serializers.Serializer[Any]):
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()


class Moved(serializers.Serializer[Any]):
    before = serializers.ChoiceField(SIDES)
    after = serializers.ChoiceField(SIDES)
    videos = serializers.IntegerField()


class DiffOut(serializers.Serializer[Any]):
    videos = Changed()
    captions = Changed()
    judgments = Changed()
    moves = Moved(many=True)


class DiffView(ProjectView):
    """Two snapshots of the project."""

    roles = {"GET": STAFF}

    def pair(self, snapshot: int, other: int) -> tuple[Snapshot, Snapshot]:
        find = selectors.snapshot
        return find(project=self.project, number=other), find(project=self.project, number=snapshot)


class Diff(DiffView):
    """How this snapshot differs from another one, which counts as the one before."""

    @extend_schema(operation_id="snapshot_diff", responses={200: DiffOut, 404: Problem})
    def get(self, request: Request, slug: str, snapshot: int, other: int) -> Response:  # noqa: ARG002
        before, after = self.pair(snapshot, other)
        found = diffs.counts(Sealed(before.directory), Sealed(after.directory))
        return Response(DiffOut(found).data)


class DiffLines(DiffView):
    """Every row that differs, one a line: what it was and what it is."""

    @extend_schema(
        operation_id="snapshot_diff_lines",
        responses={
            (200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.BINARY),
            404: Problem,
        },
    )
    def get(self, request: Request, slug: str, snapshot: int, other: int) -> StreamingHttpResponse:
        before, after = self.pair(snapshot, other)
        changes = diffs.changes(Sealed(before.directory), Sealed(after.directory))
        answer = download(
            request,
            (f"{canonical(change)}\n".encode() for change in changes),
            name=f"{slug}-{before}-{after}.jsonl",
            content_type="application/x-ndjson",
        )
        taken.note(request, answer, snapshot=after, form=taken.DIFF, now=timezone.now())
        return answer
