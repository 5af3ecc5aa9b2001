"""Imports from the operator's folders and buckets over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ProjectView, signed_in
from annotation_site.catalog import gathering, sources
from annotation_site.common.api import Problem
from annotation_site.jobs.api import JobOut


class SourceOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=("folder", "bucket"))


class SourcesOut(serializers.Serializer[Any]):
    results = SourceOut(many=True)


class FilesIn(serializers.Serializer[Any]):
    # REST framework takes declared fields out of the class, so this hides nothing of its own.
    source = serializers.CharField(max_length=50)  # type: ignore[assignment]
    path = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=sources.LONGEST_PATH,
        help_text="below the source, with slashes; blank: all of it",
    )
    dry_run = serializers.BooleanField(default=False, help_text="list what is there, and no more")


class Sources(ProjectView):
    """Where files may come from without an upload."""

    roles = {"GET": ADMINS}

    @extend_schema(operation_id="import_sources", responses={200: SourcesOut})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads them
        found = [{"name": name, "kind": kind} for name, kind in sources.names()]
        return Response({"results": found})


class FilesImport(ProjectView):
    """Videos and captions from a source."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="import_files",
        request=FilesIn,
        responses={202: JobOut, 400: Problem, 404: Problem, 422: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Have every video and every file of captions below a path imported in the background."""
        given = FilesIn(data=request.data)
        given.is_valid(raise_exception=True)
        job = gathering.request(project=self.project, by=signed_in(request), **given.validated_data)
        return Response(JobOut(job).data, status=status.HTTP_202_ACCEPTED)
