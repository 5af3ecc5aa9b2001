"""The overview over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import EVERYONE, STAFF, ProjectView, signed_in
from annotation_site.common.api import Problem
from annotation_site.quality.overview import overview
from annotation_site.rating.serializers import ProgressOut


class Progress(ProjectView):
    """How far the project has come."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="progress", responses={200: ProgressOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        staff = bool(STAFF & self.entry.roles)
        found = overview(project=self.project, viewer=signed_in(request), staff=staff)
        return Response(ProgressOut(found).data)
