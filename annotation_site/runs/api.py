"""Runs over HTTP: ask for one, watch it, cancel it, read what it found."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import RESEARCHERS, STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.downloads import download
from annotation_site.common.idempotency import idempotent
from annotation_site.runs import events, options, reproduction, selection, services
from annotation_site.runs.files import blocks, published
from annotation_site.runs.models import Kind, Metric, Run
from annotation_site.runs.refusals import NoSuchRun
from annotation_site.runs.serializers import (
    MetricsOut,
    RunDetail,
    RunOut,
    RunPage,
    RunWish,
    SelectionPage,
)


class Runs(ProjectView):
    """The project's runs, and the wish for another."""

    roles = {"GET": STAFF, "POST": RESEARCHERS}

    class Filter(serializers.Serializer[Any]):
        kind = serializers.ChoiceField(Kind.values, required=False)

    @extend_schema(
        operation_id="runs",
        parameters=[CURSOR, Filter],
        responses={200: RunPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        wanted = self.Filter(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        runs = self.project.runs.select_related("requested_by").filter(**wanted.validated_data)
        return newest_first(request, runs, lambda run: dict(RunOut(run).data))

    @extend_schema(
        operation_id="request_run",
        request=RunWish,
        responses={201: RunOut, 200: RunOut, 400: Problem, 409: Problem, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = RunWish(data=request.data)
        given.is_valid(raise_exception=True)
        wish = given.validated_data
        kind = Kind(wish["kind"])
        begun = services.request_run(
            project=self.project,
            kind=kind,
            config=options.resolve(kind, wish.get("options", {}), paths_allowed=False),
            parents=wish.get("parents", []),
            by=signed_in(request),
            now=timezone.now(),
        )
        code = status.HTTP_201_CREATED if begun.created else status.HTTP_200_OK
        return Response(RunOut(begun.run).data, status=code)


class RunView(ProjectView):
    """A view of one run of the project."""

    def runs(self) -> QuerySet[Run]:
        return self.project.runs.select_related("requested_by", "project")

    def one(self, number: int) -> Run:
        try:
            return self.runs().get(pk=number)
        except Run.DoesNotExist:
            raise NoSuchRun from None


class OneRun(RunView):
    """A run with what it was built on and what it left."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="run", responses={200: RunDetail, 404: Problem})
    def get(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        return Response(RunDetail(self.one(run)).data)


class Metrics(RunView):
    """The curves of a run."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="run_metrics", responses={200: MetricsOut, 404: Problem})
    def get(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        series: dict[str, list[tuple[int, float]]] = {}
        figures = Metric.objects.filter(run=self.one(run)).order_by("name", "step")
        for name, step, value in figures.values_list("name", "step", "value"):
            series.setdefault(name, []).append((step, value))
        return Response({"series": series})


class Cancel(RunView):
    """Stop a run: at once if it waits, between two steps if it runs."""

    roles = {"POST": RESEARCHERS}

    @extend_schema(
        operation_id="cancel_run",
        request=None,
        responses={202: RunOut, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        cancelled = services.cancel(run=self.one(run))
        return Response(RunOut(cancelled).data, status=status.HTTP_202_ACCEPTED)


class Reproduce(RunView):
    """Do a finished stage once more, from the same snapshot, runs and options."""

    roles = {"POST": RESEARCHERS}

    @extend_schema(
        operation_id="reproduce_run",
        request=None,
        responses={201: RunOut, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        again = reproduction.reproduce(run=self.one(run), by=signed_in(request))
        return Response(RunOut(again).data, status=status.HTTP_201_CREATED)


class EventStream(JSONRenderer):
    """Lets a browser's EventSource in; only refusals are rendered by it."""

    media_type = "text/event-stream"
    format = "event-stream"


class Events(RunView):
    """What happens to a run, as it happens, until it is over.

    `run` carries the run, on opening and at each change; `metric` a list of new figures; a comment
    keeps the connection open while nothing happens. After a break, `Last-Event-ID` goes on.
    """

    roles = {"GET": STAFF}
    renderer_classes = (JSONRenderer, EventStream)

    @extend_schema(
        operation_id="run_events",
        parameters=[OpenApiParameter("Last-Event-ID", int, OpenApiParameter.HEADER)],
        responses={
            (200, "text/event-stream"): OpenApiResponse(OpenApiTypes.STR),
            404: Problem,
        },
    )
    def get(self, request: Request, slug: str, run: int) -> StreamingHttpResponse:  # noqa: ARG002
        found = self.one(run)
        seen = request.headers.get("Last-Event-ID", "")
        after = int(seen) if seen.isascii() and seen.isdigit() else 0
        # A stream lasts for hours; the connection that checked the permission must not.
        if not connection.in_atomic_block:
            connection.close()
        return StreamingHttpResponse(
            events.Stream(found.pk, after=min(after, 2**63 - 1)),
            content_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )


class ArtifactFile(RunView):
    """A file that a finished run left."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="run_artifact",
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY),
            404: Problem,
        },
    )
    def get(self, request: Request, slug: str, run: int, name: str) -> StreamingHttpResponse:  # noqa: ARG002
        path = published(self.one(run), name)
        answer = download(
            request, blocks(path), name=path.name, content_type="application/octet-stream"
        )
        answer["Content-Length"] = path.stat().st_size
        return answer


class Selection(RunView):
    """What a selection chose, in the order of its file."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="run_selection",
        parameters=[CURSOR],
        responses={200: SelectionPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        file = published(self.one(run), selection.FILE)
        page = selection.read_page(file, cursor=request.query_params.get("cursor"))
        results = selection.illustrate(self.project, page.lines)
        return Response({"results": results, "next": page.next})
