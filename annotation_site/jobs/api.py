"""Jobs over HTTP: what goes on in the background, and stopping it."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import STAFF, ProjectView
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.jobs import services
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.refusals import NoSuchJob


class JobProgress(serializers.Serializer[Any]):
    done = serializers.IntegerField(default=0)
    total = serializers.IntegerField(default=None, allow_null=True, help_text="null: not known yet")
    note = serializers.CharField(default="")


class JobOut(serializers.ModelSerializer[Job]):
    name = serializers.CharField(
        source="about", help_text="what it is about, such as a file's name; else blank"
    )
    progress = JobProgress()
    result = serializers.JSONField(help_text="what the kind of job leaves; {} before its end")
    problem = serializers.JSONField(help_text="why it failed, as problems are told; else {}")
    by = serializers.CharField(
        source="by.username", default=None, allow_null=True, help_text="null: the clock"
    )

    class Meta:
        model = Job
        fields = (
            "id",
            "kind",
            "name",
            "state",
            "attempt",
            "progress",
            "cancel_requested",
            "result",
            "problem",
            "by",
            "created_at",
            "started_at",
            "ended_at",
        )


class JobPage(serializers.Serializer[Any]):
    results = JobOut(many=True)
    next = serializers.CharField(allow_null=True)


class JobFilter(serializers.Serializer[Any]):
    kind = serializers.ListField(
        child=serializers.CharField(max_length=32),
        required=False,
        max_length=20,
        help_text="one or several, each as `kind=`",
    )
    state = serializers.ChoiceField(State.choices, required=False)


class JobView(ProjectView):
    """A view of the project's jobs."""

    def jobs(self) -> QuerySet[Job]:
        return self.project.jobs.select_related("by")

    def one(self, number: int) -> Job:
        try:
            return self.jobs().get(pk=number)
        except Job.DoesNotExist:
            raise NoSuchJob from None


class Jobs(JobView):
    """What the site does and did in the background."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="jobs",
        parameters=[JobFilter, CURSOR],
        responses={200: JobPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        wanted = JobFilter(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        given = wanted.validated_data
        jobs = self.jobs()
        if "kind" in given:
            jobs = jobs.filter(kind__in=given["kind"])
        if "state" in given:
            jobs = jobs.filter(state=given["state"])
        return newest_first(request, jobs, lambda job: dict(JobOut(job).data))


class OneJob(JobView):
    """A job, and how far it is."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="job", responses={200: JobOut, 404: Problem})
    def get(self, request: Request, slug: str, job: int) -> Response:  # noqa: ARG002
        return Response(JobOut(self.one(job)).data)


class Cancel(JobView):
    """Stop a job: at once if it waits, between two rows if it runs."""

    roles = {"POST": STAFF}

    @extend_schema(
        operation_id="cancel_job",
        request=None,
        responses={202: JobOut, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, job: int) -> Response:  # noqa: ARG002
        cancelled = services.cancel(job=self.one(job))
        return Response(JobOut(cancelled).data, status=status.HTTP_202_ACCEPTED)
