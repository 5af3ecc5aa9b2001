"""The audit log over HTTP: for a project's admins, and for an organisation's owners."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import organisations
from annotation_site.accounts.access import ADMINS, ProjectView, signed_in
from annotation_site.audit import selectors
from annotation_site.audit.models import Entry
from annotation_site.audit.serializers import COLUMNS, EntryPage, json_lines, table_rows, told
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.downloads import download
from annotation_site.datasets.formats.spreadsheet import csv_lines

FETCHED: Final = 2000
"""Rows that a download has in memory at a time."""
CSV: Final = "text/csv; charset=utf-8"
JSONL: Final = "application/x-ndjson"


class Wanted(serializers.Serializer[Any]):
    person = serializers.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, help_text="who did it: their number"
    )
    kind = serializers.ChoiceField(selectors.KINDS, required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False, help_text="before this instant")


def _narrowed(request: Request, rows: QuerySet[Entry]) -> QuerySet[Entry]:
    wanted = Wanted(data=request.query_params)
    wanted.is_valid(raise_exception=True)
    return selectors.narrowed(rows, wanted.validated_data)


def _page(request: Request, rows: QuerySet[Entry]) -> Response:
    answer = newest_first(request, _narrowed(request, rows), lambda entry: {"entry": entry})
    answer.data["results"] = told([found["entry"] for found in answer.data["results"]])
    return answer


def _file(
    request: Request, rows: QuerySet[Entry], *, name: str, form: str
) -> StreamingHttpResponse:
    """All of it, the newest first, from a cursor of the database: memory stays flat."""
    newest = _narrowed(request, rows).order_by("-pk").iterator(chunk_size=FETCHED)
    lines = csv_lines(COLUMNS, table_rows(newest)) if form == "csv" else json_lines(newest)
    return download(
        request,
        (line.encode() for line in lines),
        name=f"{name}-audit.{form}",
        content_type=CSV if form == "csv" else JSONL,
    )


class ProjectAudit(ProjectView):
    """Who changed what in the project, the newest first. Ratings have a history of their own."""

    roles = {"GET": ADMINS}

    @extend_schema(
        operation_id="project_audit",
        parameters=[Wanted, CURSOR],
        responses={200: EntryPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return _page(request, selectors.of_project(self.project))


class ProjectAuditFile(ProjectView):
    """The project's log as a file, narrowed as the list is."""

    roles = {"GET": ADMINS}

    @extend_schema(
        operation_id="download_project_audit",
        parameters=[Wanted],
        responses={
            (200, CSV): OpenApiResponse(OpenApiTypes.BINARY),
            (200, JSONL): OpenApiResponse(OpenApiTypes.BINARY),
            400: Problem,
        },
    )
    def get(self, request: Request, slug: str, form: str) -> StreamingHttpResponse:
        return _file(request, selectors.of_project(self.project), name=slug, form=form)


class OrganisationAudit(APIView):
    """Who changed what among the organisation's people and projects. For its owners."""

    @extend_schema(
        operation_id="organisation_audit",
        parameters=[Wanted, CURSOR],
        responses={200: EntryPage, 400: Problem, 403: Problem, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, organisation: str) -> Response:
        owned = organisations.find_owned(user=signed_in(request), slug=organisation)
        return _page(request, selectors.of_organisation(owned))


class OrganisationAuditFile(APIView):
    """The organisation's log as a file, narrowed as the list is."""

    @extend_schema(
        operation_id="download_organisation_audit",
        parameters=[Wanted],
        responses={
            (200, CSV): OpenApiResponse(OpenApiTypes.BINARY),
            (200, JSONL): OpenApiResponse(OpenApiTypes.BINARY),
            400: Problem,
            403: Problem,
            404: Problem,
        },
    )
    def get(self, request: Request, organisation: str, form: str) -> StreamingHttpResponse:
        owned = organisations.find_owned(user=signed_in(request), slug=organisation)
        return _file(request, selectors.of_organisation(owned), name=organisation, form=form)
