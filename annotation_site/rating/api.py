"""Rating over HTTP: what is asked, something to rate, and how far all have come."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import (
    ANNOTATORS,
    ProjectView,
    signed_in,
)
from annotation_site.common.api import Problem
from annotation_site.rating import claims, selectors, whole
from annotation_site.rating.lanes import Task
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.serializers import (
    ClaimIn,
    NothingToRateProblem,
    SlotOut,
)
from annotation_site.rating.showing import slot_out


class Slots(ProjectView):
    """The next caption to rate."""

    roles = {"POST": ANNOTATORS}
    along = ("protocol",)

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


class OneSlot(ProjectView):
    """A caption that is or was yours to rate, with what you said of it."""

    roles = {"GET": ANNOTATORS}

    @extend_schema(operation_id="own_slot", responses={200: SlotOut, 404: Problem})
    def get(self, request: Request, slug: str, slot: int) -> Response:
        mine = selectors.own_slot(project=self.project, slot_id=slot, annotator=signed_in(request))
        shown = slot_out(whole.shown(mine.pk), protocol=protocol_of(self.project), slug=slug)
        return Response(shown)
