"""The report over HTTP: the newest one, whether it is of today, and asking for a new one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView, signed_in
from annotation_site.accounts.models import Project
from annotation_site.catalog import links
from annotation_site.common.api import Problem
from annotation_site.common.idempotency import idempotent
from annotation_site.quality import audit, reports
from annotation_site.quality.report_shown import shown
from annotation_site.quality.reports_serializers import AuditSample, ReportAsked, ReportState


class QualityReport(ProjectView):
    """How far annotators agree, and what each is like, as last computed."""

    roles = {"GET": STAFF, "POST": STAFF}

    @extend_schema(
        operation_id="quality_report",
        parameters=[ReportAsked],
        responses={200: ReportState, 400: Problem, 404: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return Response(ReportState(_state(self.project, _rubric(request))).data)

    @extend_schema(operation_id="renew_quality_report", request=None, responses={202: ReportState})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        reports.request(project=self.project, by=signed_in(request))
        return Response(ReportState(_state(self.project)).data, status=status.HTTP_202_ACCEPTED)


class Audit(ProjectView):
    """A few captions that somebody called not involved, drawn at random, to be looked at."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="not_involved",
        parameters=[ReportAsked],
        responses={200: AuditSample, 400: Problem, 404: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        rows = audit.rows(self.project, rubric=_rubric(request))
        for row in rows:
            sha256 = row.pop("sha256")
            row["video_url"] = links.video_url(slug=slug, sha256=sha256)
            row["poster_url"] = links.poster_url(slug=slug, sha256=sha256)
        return Response(AuditSample({"results": rows}).data)


def _rubric(request: Request) -> int | None:
    asked = ReportAsked(data=request.query_params)
    asked.is_valid(raise_exception=True)
    rubric: int | None = asked.validated_data["rubric"]
    return rubric


def _state(project: Project, rubric: int | None = None) -> dict[str, Any]:
    report = reports.newest(project)
    return {
        "report": None if report is None else shown(report, rubric=rubric),
        "stale": reports.is_stale(project, report),
        "job": reports.being_made(project) or reports.last_failure(project),
    }
