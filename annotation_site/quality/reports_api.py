"""The report over HTTP: the newest one, whether it is of today, and asking for a new one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView, signed_in
from annotation_site.accounts.models import Project, User
from annotation_site.jobs.api import JobOut
from annotation_site.quality import reports
from annotation_site.quality.models import Report
from scorer.agreement import Reason
from scorer.rubric import Dimension


class AgreementEstimate(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="of the 95 % interval over videos")
    high = serializers.FloatField(allow_null=True)
    reason = serializers.ChoiceField(
        [reason.value for reason in Reason], allow_null=True, help_text="why something is null"
    )
    units = serializers.IntegerField(help_text="captions that two or more have rated")
    videos = serializers.IntegerField()


class _Counts(serializers.Serializer[Any]):
    ratings = serializers.IntegerField()
    items = serializers.IntegerField()
    annotators = serializers.IntegerField()


class ApplicabilityOut(_Counts):
    alpha = AgreementEstimate(help_text="Krippendorff's, nominal")
    ac1 = AgreementEstimate(help_text="Gwet's")
    kappa = AgreementEstimate(help_text="Cohen's, the mean of pairs")
    exact = AgreementEstimate(help_text="the share of pairs that agree")


class LevelAgreementOut(_Counts):
    raters_per_item = serializers.FloatField(allow_null=True)
    alpha = AgreementEstimate(help_text="Krippendorff's, ordinal")
    icc_single = AgreementEstimate(help_text="ICC(2,1)")
    icc_mean = AgreementEstimate(help_text="ICC(2,k)")
    ac2 = AgreementEstimate(help_text="Gwet's, quadratic weights")
    kappa = AgreementEstimate(help_text="Cohen's with quadratic weights, the mean of pairs")
    exact = AgreementEstimate()
    within_one = AgreementEstimate()


class AnnotatorFigures(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="annotator")
    username = serializers.CharField()
    ratings = serializers.IntegerField()
    levels = serializers.IntegerField(help_text="ratings other than 0")
    plain_involved = serializers.FloatField(help_text="the share of ratings other than 0")
    plain_level = serializers.FloatField(allow_null=True, help_text="the mean of levels")
    sensitivity = serializers.FloatField(allow_null=True)
    sensitivity_sd = serializers.FloatField(allow_null=True)
    specificity = serializers.FloatField(allow_null=True)
    specificity_sd = serializers.FloatField(allow_null=True)
    bias = serializers.FloatField(allow_null=True, help_text="in levels; above 0 is generous")
    bias_sd = serializers.FloatField(allow_null=True)
    noise = serializers.FloatField(allow_null=True, help_text="in levels")
    noise_sd = serializers.FloatField(allow_null=True)
    guessing = serializers.FloatField(allow_null=True, help_text="share of levels")
    guessing_sd = serializers.FloatField(allow_null=True)


class DimensionReport(serializers.Serializer[Any]):
    dimension = serializers.ChoiceField([dimension.value for dimension in Dimension])
    applicability = ApplicabilityOut()
    level = LevelAgreementOut()
    annotators = AnnotatorFigures(many=True)


class ReportOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    ratings = serializers.IntegerField()
    raters_version = serializers.IntegerField()
    dimensions = DimensionReport(many=True)


class ReportState(serializers.Serializer[Any]):
    report = ReportOut(allow_null=True, help_text="null: none was made yet")
    stale = serializers.BooleanField(help_text="there are ratings that it does not know")
    job = JobOut(allow_null=True, help_text="that makes a new one, or failed to")


class QualityReport(ProjectView):
    """How far annotators agree, and what each is like, as last computed."""

    roles = {"GET": STAFF, "POST": STAFF}

    @extend_schema(operation_id="quality_report", responses={200: ReportState})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return Response(ReportState(_state(self.project)).data)

    @extend_schema(operation_id="renew_quality_report", request=None, responses={202: ReportState})
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        reports.request(project=self.project, by=signed_in(request))
        return Response(ReportState(_state(self.project)).data, status=status.HTTP_202_ACCEPTED)


def _state(project: Project) -> dict[str, Any]:
    report = reports.newest(project)
    return {
        "report": None if report is None else _shown(report),
        "stale": reports.is_stale(project, report),
        "job": reports.being_made(project) or reports.last_failure(project),
    }


def _shown(report: Report) -> dict[str, Any]:
    dimensions = report.body["dimensions"]
    ids = {row["annotator"] for one in dimensions.values() for row in one["annotators"]}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))

    def named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        told = [{**row, "username": names.get(row["annotator"], "")} for row in rows]
        return sorted(told, key=lambda row: row["username"])

    return {
        "id": report.pk,
        "made_at": report.made_at,
        "ratings": report.ratings,
        "raters_version": report.raters_version,
        "dimensions": [
            {
                **dimensions[name],
                "dimension": name,
                "annotators": named(dimensions[name]["annotators"]),
            }
            for name in Dimension
        ],
    }
