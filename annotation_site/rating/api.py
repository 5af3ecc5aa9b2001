"""Rating over HTTP: ask for a caption, keep it, answer or pass; and see how far all have come."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import (
    ANNOTATORS,
    EVERYONE,
    STAFF,
    ProjectView,
    roles_of,
    signed_in,
)
from annotation_site.common.api import Problem
from annotation_site.rating import claims, selectors, services
from annotation_site.rating.lanes import Task
from annotation_site.rating.models import Slot
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.serializers import (
    ClaimIn,
    LeaseOut,
    NothingToRateProblem,
    ProgressOut,
    ProtocolOut,
    RubricOut,
    SkipIn,
    SlotOut,
    SubmissionIn,
    SubmissionOut,
    slot_out,
)
from scorer import rubric


class Rubric(ProjectView):
    """What is asked, and what the levels mean."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="rubric", responses={200: RubricOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return Response(
            {
                "version": rubric.VERSION,
                "questions": [asdict(question) for question in rubric.QUESTIONS],
                "levels": [asdict(level) for level in rubric.LEVELS],
            }
        )


class ProtocolView(ProjectView):
    """How this project rates."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="protocol", responses={200: ProtocolOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return Response(ProtocolOut(protocol_of(self.project)).data)


class Progress(ProjectView):
    """How far the project has come."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="progress", responses={200: ProgressOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        viewer = signed_in(request)
        staff = bool(STAFF & roles_of(viewer, self.project))
        found = selectors.progress(project=self.project, viewer=viewer, staff=staff)
        return Response(ProgressOut(found).data)


class Slots(ProjectView):
    """The next caption to rate."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="claim_slot",
        request=ClaimIn,
        responses={
            201: SlotOut,
            400: Problem,
            403: Problem,
            404: NothingToRateProblem,
            409: Problem,
        },
    )
    def post(self, request: Request, slug: str) -> Response:
        given = ClaimIn(data=request.data)
        given.is_valid(raise_exception=True)
        slot = claims.claim(
            project=self.project,
            annotator=signed_in(request),
            task=Task(given.validated_data["task"]),
            beside=given.validated_data["beside"],
        )
        body = slot_out(slot, protocol=protocol_of(self.project), slug=slug)
        return Response(body, status=status.HTTP_201_CREATED)


class Submission(ProjectView):
    """The levels for a caption that you hold."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="submit_levels",
        request=SubmissionIn,
        responses={
            201: SubmissionOut,
            200: SubmissionOut,
            400: Problem,
            404: Problem,
            409: Problem,
            422: Problem,
        },
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = SubmissionIn(data=request.data)
        given.is_valid(raise_exception=True)
        submission = services.submit(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            **given.validated_data,
        )
        code = status.HTTP_201_CREATED if submission.fresh else status.HTTP_200_OK
        return Response(SubmissionOut(submission.slot).data, status=code)


class Heartbeat(ProjectView):
    """Somebody still looks at this caption."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="keep_slot",
        request=None,
        responses={200: LeaseOut, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        until = claims.heartbeat(project=self.project, slot_id=slot, annotator=signed_in(request))
        return Response(LeaseOut({"lease_until": until}).data)


class Skip(ProjectView):
    """Pass a caption on."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="skip_slot",
        request=SkipIn,
        responses={204: None, 400: Problem, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = SkipIn(data=request.data)
        given.is_valid(raise_exception=True)
        services.skip(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            reason=Slot.SkipReason(given.validated_data["reason"]),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
