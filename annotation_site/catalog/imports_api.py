"""Imports over HTTP: a look at a file, having it imported, and what became of each line."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, STAFF, ProjectView, signed_in
from annotation_site.catalog import arrivals, imports, recognition
from annotation_site.catalog.api import MAX_CAPTIONS_BYTES, OUTCOMES, ImportPage, render_import
from annotation_site.catalog.api import limit as limit_body
from annotation_site.catalog.models import Import
from annotation_site.catalog.readers import FORMATS, detect, format_called
from annotation_site.catalog.records import Problem as Broken
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.downloads import download
from annotation_site.common.refusals import Missing
from annotation_site.jobs.api import JobOut
from annotation_site.jobs.models import Job
from scorer.text import is_storable

PREVIEWED = 5
LONGEST_VALUE = 200
MOST_COLUMNS = 100


class NoReport(Missing):
    """There is no report of such an import: it is not over, or there never was one."""


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
class Texts(serializers.JSONField):
    """A JSON object of short texts, as a form carries it."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        found = super().to_internal_value(data)
        if not isinstance(found, dict) or not all(_is_short(v) for v in found.values()):
            raise serializers.ValidationError("This must be a JSON object of short texts.")
        return found


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_VALUE and is_storable(value)


class ImportIn(serializers.Serializer[Any]):
    file = serializers.FileField()
    what = serializers.ChoiceField(choices=tuple(imports.KINDS), default="captions")
    format = serializers.ChoiceField(
        choices=tuple(FORMATS), default="", allow_blank=True, help_text="blank: as the file begins"
    )
    columns = Texts(default=dict, help_text="field: the column it is in, where that is unusual")
    fixed = Texts(default=dict, help_text="field: what it is where a record does not say it")
    dry_run = serializers.BooleanField(default=False)
    without_media = serializers.BooleanField(
        default=False, help_text="ratings: let unknown videos be known by their names alone"
    )


class PreviewIn(serializers.Serializer[Any]):
    file = serializers.FileField(help_text="the file, or its beginning; of Parquet all of it")
    format = serializers.ChoiceField(choices=tuple(FORMATS), default="", allow_blank=True)


class PreviewOut(serializers.Serializer[Any]):
    format = serializers.ChoiceField(choices=tuple(FORMATS))
    what = serializers.ChoiceField(
        choices=tuple(imports.KINDS), help_text="what the columns look like"
    )
    fields_of = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True)),
        help_text="what may be imported: field: the column it will be read from, or blank",
    )
    columns = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="the first few, each value as a short text",
    )
    problem = serializers.CharField(allow_blank=True, help_text="why there are no more rows")


class ReportIn(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=OUTCOMES, default="", allow_blank=True)


class Imports(ProjectView):
    """What came in, and what became of it; and the way for more to come in."""

    roles = {"GET": STAFF, "POST": ADMINS}
    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="imports", parameters=[CURSOR], responses={200: ImportPage})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        rows = Import.objects.filter(project=self.project).select_related("by")
        return newest_first(request, rows, render_import)

    @extend_schema(
        operation_id="import_file",
        request={"multipart/form-data": ImportIn},
        responses={202: JobOut, 400: Problem, 413: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Keep the file, and have it imported in the background."""
        limit_body(request, MAX_CAPTIONS_BYTES)
        given = ImportIn(data=request.data)
        given.is_valid(raise_exception=True)
        imports.sweep(now=timezone.now())
        wish = dict(given.validated_data)
        file = wish.pop("file")
        job = imports.request(
            project=self.project,
            file=Path(file.temporary_file_path()),
            name=file.name,
            wish=imports.Wish(**wish),
            by=signed_in(request),
        )
        return Response(JobOut(job).data, status=status.HTTP_202_ACCEPTED)


class Preview(ProjectView):
    """The first records of a file. Nothing is kept."""

    roles = {"POST": ADMINS}
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="preview_import",
        request={"multipart/form-data": PreviewIn},
        responses={200: PreviewOut, 400: Problem, 413: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        limit_body(request, MAX_CAPTIONS_BYTES)
        given = PreviewIn(data=request.data)
        given.is_valid(raise_exception=True)
        file = given.validated_data["file"]
        found = _preview(file.file, name=file.name, wanted=given.validated_data["format"])
        return Response(PreviewOut(found).data)


def _preview(file: IO[bytes], *, name: str, wanted: str) -> Mapping[str, Any]:
    known = format_called(wanted) if wanted else detect(file, name=name)
    rows: list[dict[str, str]] = []
    problem = ""
    for record in islice(known.read(file), PREVIEWED):
        if isinstance(record, Broken):
            problem = problem or record.reason
            continue
        fields = islice(record.fields.items(), MOST_COLUMNS)
        rows.append({_short(name): _short(value) for name, value in fields})
    columns = list(dict.fromkeys(name for row in rows for name in row))
    # Where the beginning of a longer file ends, there is always something wrong.
    return {
        "format": known.name,
        "what": recognition.recognise(columns),
        "fields_of": recognition.fields(columns),
        "columns": columns,
        "rows": rows,
        "problem": "" if rows else problem,
    }


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


class LineReport(ProjectView):
    """What became of each line of an import: one JSON object a line."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="import_report",
        parameters=[ReportIn],
        responses={(200, "application/x-ndjson"): OpenApiTypes.BINARY, 400: Problem, 404: Problem},
    )
    def get(self, request: Request, slug: str, job: int) -> StreamingHttpResponse:
        wanted = ReportIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        found = Job.objects.filter(project=self.project, kind__in=imports.JOBS, pk=job).first()
        file = found.payload.get("file") if found else None
        lines = arrivals.report(file, outcome=wanted.validated_data["outcome"]) if file else None
        if lines is None:
            raise NoReport
        name = f"{slug}-import-{job}.jsonl"
        return download(request, lines, name=name, content_type="application/x-ndjson")
