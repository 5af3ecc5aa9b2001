"""Snapshots over HTTP: count, freeze, list, look at."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.downloads import download
from annotation_site.common.idempotency import idempotent
from annotation_site.datasets import selectors, services
from annotation_site.datasets.jobs import request_freeze
from annotation_site.datasets.reading import Sealed
from annotation_site.datasets.serializers import (
    ChoicesOut,
    CountsOut,
    FreezeIn,
    SnapshotOut,
    SnapshotPage,
    SnapshotWhole,
    WantedIn,
)
from annotation_site.jobs.api import JobOut
from scorer import manifest


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
        request=FreezeIn,
        responses={201: SnapshotOut, 200: SnapshotOut, 202: JobOut, 400: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Freeze. 201: a new snapshot; 200: there was one of the same content; 202: by a job."""
        given = FreezeIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = {**given.validated_data, "project": self.project, "by": signed_in(request)}
        if wanted.pop("background"):
            job = request_freeze(**wanted)
            return Response(JobOut(job).data, status=status.HTTP_202_ACCEPTED)
        snapshot, new = services.freeze_or_find(**wanted, now=timezone.now())
        code = status.HTTP_201_CREATED if new else status.HTTP_200_OK
        return Response(SnapshotOut(snapshot).data, status=code)


class Preview(ProjectView):
    """How much a snapshot would hold, before it is frozen."""

    roles = {"POST": STAFF}

    @extend_schema(
        operation_id="preview_snapshot",
        request=WantedIn,
        responses={200: CountsOut, 400: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        wanted = WantedIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        counts = services.preview(
            project=self.project,
            filters=wanted.validated_data["filters"],
            as_of=wanted.validated_data["as_of"],
        )
        return Response(CountsOut(counts).data)


class Choices(ProjectView):
    """What the filters of a snapshot can name."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="snapshot_choices", responses={200: ChoicesOut})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return Response(selectors.choices(self.project))


class OneSnapshot(ProjectView):
    """A snapshot, with its sides and what might leak between them."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="snapshot", responses={200: SnapshotWhole, 404: Problem})
    def get(self, request: Request, slug: str, snapshot: int) -> Response:  # noqa: ARG002
        found = selectors.snapshot(project=self.project, number=snapshot)
        context = {
            "manifest": Sealed(found.directory).manifest,
            "leaking": selectors.leaking(found),
        }
        return Response(SnapshotWhole(found, context=context).data)


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
