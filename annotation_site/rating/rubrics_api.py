"""The rubric over HTTP: what is asked, how that changed, and what the change did to the levels."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, EVERYONE, STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.rating import bridges, rubrics, wording
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.rubrics_serializers import (
    BridgeIn,
    BridgeOut,
    BridgePage,
    BridgeWithShifts,
    RubricAsked,
    VersionIn,
    VersionOut,
    VersionPage,
    VersionWithTexts,
    bridge_out,
    version_out,
)
from annotation_site.rating.serializers import RubricOut
from scorer.rubric import VERSION


class Rubric(ProjectView):
    """What is asked, and what the levels mean."""

    roles = {"GET": EVERYONE}
    along = ("protocol",)

    @extend_schema(
        operation_id="rubric",
        parameters=[
            OpenApiParameter("version", int, description="the present one unless given"),
            OpenApiParameter("language", str, enum=list(wording.LANGUAGES)),
        ],
        responses={200: RubricOut, 400: Problem, 404: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        asked = RubricAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        number = asked.validated_data.get("version", protocol_of(self.project).rubric_version)
        texts = rubrics.version(project=self.project, number=number).texts
        language = asked.validated_data["language"]
        return Response(wording.shown(texts, version=number, language=language))


class Versions(ProjectView):
    """The versions of the rubric, the newest first. The library's is the first of all."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(
        operation_id="rubric_versions",
        parameters=[CURSOR],
        responses={200: VersionPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        page = newest_first(request, rubrics.versions(self.project), version_out)
        if page.data["next"] is None:
            first = rubrics.version(project=self.project, number=VERSION)
            page.data["results"].append(version_out(first))
        return page

    @extend_schema(
        operation_id="change_rubric",
        request=VersionIn,
        responses={201: VersionOut, 400: Problem, 404: Problem, 409: Problem, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Ask in these words from now on; what is lent is still asked in its own."""
        given = VersionIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = rubrics.publish(
            project=self.project,
            by=signed_in(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(version_out(made), status=status.HTTP_201_CREATED)


class OneVersion(ProjectView):
    """The words of a version, in every language that it has."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="rubric_version", responses={200: VersionWithTexts, 404: Problem})
    def get(self, request: Request, slug: str, version: int) -> Response:  # noqa: ARG002
        found = rubrics.version(project=self.project, number=version)
        return Response({**version_out(found), "texts": found.texts})


class Bridges(ProjectView):
    """Captions that are rated again under a newer rubric, the newest bridge first."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(
        operation_id="bridges",
        parameters=[CURSOR],
        responses={200: BridgePage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return newest_first(request, bridges.listed(self.project), bridge_out)

    @extend_schema(
        operation_id="build_bridge",
        request=BridgeIn,
        responses={201: BridgeOut, 400: Problem, 404: Problem, 409: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = BridgeIn(data=request.data)
        given.is_valid(raise_exception=True)
        built = bridges.build(
            project=self.project,
            by=signed_in(request),
            now=timezone.now(),
            **given.validated_data,
        )
        shown = bridge_out(bridges.one(project=self.project, bridge_id=built.pk))
        return Response(shown, status=status.HTTP_201_CREATED)


class OneBridge(ProjectView):
    """How far a bridge has come, and how the levels moved."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="bridge", responses={200: BridgeWithShifts, 404: Problem})
    def get(self, request: Request, slug: str, bridge: int) -> Response:  # noqa: ARG002
        found = bridges.one(project=self.project, bridge_id=bridge)
        shifts: list[dict[str, Any]] = [
            {"dimension": dimension, **asdict(shift)}
            for dimension, shift in bridges.shifts(found).items()
        ]
        return Response({**bridge_out(found), "shifts": shifts})
