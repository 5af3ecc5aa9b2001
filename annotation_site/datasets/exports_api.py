"""Exports of a snapshot over HTTP: which there are, made on demand, downloaded in parts."""

from typing import Any, Final

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView, signed_in
from annotation_site.catalog.ranged import ranged_response
from annotation_site.common.api import Problem
from annotation_site.common.idempotency import idempotent
from annotation_site.common.refusals import Conflict
from annotation_site.datasets import selectors, store, taken
from annotation_site.datasets.formats import FORMATS, format_called
from annotation_site.datasets.formats.format import Format
from annotation_site.datasets.jobs import EXPORT, export_key, request_export
from annotation_site.datasets.models import Snapshot
from annotation_site.jobs.api import JobOut
from annotation_site.jobs.models import ACTIVE, Job

CONTENT_TYPES: Final = sorted({form.content_type for form in FORMATS.values()})
AT_ONCE: Final = 50_000
"""Judgments and captions up to which an export is made while somebody waits: seconds."""


class NotMadeYet(Conflict):
    """This export is large: ask for it with POST, and fetch it when the job is done."""


class ExportOut(serializers.Serializer[Any]):
    form = serializers.CharField()
    file = serializers.CharField()
    content_type = serializers.CharField()
    about = serializers.CharField(help_text="what is in it, and for what")
    bytes = serializers.IntegerField(allow_null=True, help_text="null: not made yet")
    sha256 = serializers.CharField(allow_null=True)
    job = serializers.IntegerField(allow_null=True, help_text="that is making it")
    at_once = serializers.BooleanField(help_text="made when it is fetched; else ask for it first")


class ExportList(serializers.Serializer[Any]):
    """All of them: there are as many as there are formats."""

    results = ExportOut(many=True)


def _is_small(snapshot: Snapshot) -> bool:
    return snapshot.judgments + snapshot.captions <= AT_ONCE


def _told(snapshot: Snapshot, form: Format, job: int | None = None) -> dict[str, Any]:
    made = store.find(snapshot, form)
    return {
        "form": form.name,
        "file": form.file,
        "content_type": form.content_type,
        "about": form.about,
        "bytes": made and made.bytes,
        "sha256": made and made.sha256,
        "job": job,
        "at_once": made is not None or _is_small(snapshot),
    }


def _ready(snapshot: Snapshot, form: Format) -> store.Export:
    """The export, made on the spot where that takes seconds."""
    made = store.make(snapshot, form) if _is_small(snapshot) else store.find(snapshot, form)
    if made is None:
        raise NotMadeYet(form=form.name)
    return made


class Exports(ProjectView):
    """The formats, and which exports of this snapshot are made."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="snapshot_exports", responses={200: ExportList, 404: Problem})
    def get(self, request: Request, slug: str, snapshot: int) -> Response:  # noqa: ARG002
        found = selectors.snapshot(project=self.project, number=snapshot)
        active = Job.objects.filter(project=self.project, kind=EXPORT, state__in=ACTIVE)
        jobs_of = dict(active.values_list("key", "pk"))
        rows = [
            _told(found, form, jobs_of.get(export_key(found, form))) for form in FORMATS.values()
        ]
        return Response(ExportList({"results": rows}).data)


class OneExport(ProjectView):
    """An export: fetched, in one part or several; or asked for, where it is large."""

    roles = {"GET": STAFF, "POST": STAFF}
    even_archived = True  # it only writes down again what is there

    @extend_schema(
        operation_id="export_snapshot",
        responses={
            **{(200, kind): OpenApiResponse(OpenApiTypes.BINARY) for kind in CONTENT_TYPES},
            404: Problem,
            409: Problem,
        },
    )
    def get(self, request: Request, slug: str, snapshot: int, form: str) -> HttpResponseBase:
        found = selectors.snapshot(project=self.project, number=snapshot)
        wanted = format_called(form)
        made = _ready(found, wanted)
        # The framework's request hides whether a server loop is behind it.
        answer = ranged_response(
            request._request,  # noqa: SLF001
            made.path,
            content_type=wanted.content_type,
            etag=f'"{made.sha256}"',
        )
        name = f"{slug}-{found}-{wanted.file}"
        answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003
        taken.note(request, answer, snapshot=found, form=wanted.name, now=timezone.now())
        return answer

    @extend_schema(
        operation_id="make_export",
        request=None,
        responses={200: ExportOut, 202: JobOut, 404: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, snapshot: int, form: str) -> Response:  # noqa: ARG002
        found = selectors.snapshot(project=self.project, number=snapshot)
        wanted = format_called(form)
        if _is_small(found):
            store.make(found, wanted)
        if store.find(found, wanted):
            return Response(ExportOut(_told(found, wanted)).data)
        job = request_export(snapshot=found, form=wanted, by=signed_in(request))
        return Response(JobOut(job).data, status=status.HTTP_202_ACCEPTED)


class ExportManifest(ProjectView):
    """The sha256 of an export's file, and which snapshot it was made from."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="export_manifest",
        responses={200: OpenApiTypes.OBJECT, 404: Problem, 409: Problem},
    )
    def get(self, request: Request, slug: str, snapshot: int, form: str) -> HttpResponseBase:  # noqa: ARG002
        found = selectors.snapshot(project=self.project, number=snapshot)
        made = _ready(found, format_called(form))
        return ranged_response(
            request._request,  # noqa: SLF001
            made.manifest,
            content_type="application/json",
            etag=f'"{made.sha256}-manifest"',
        )
