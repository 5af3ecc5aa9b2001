"""Blind votes over HTTP: prefer one of two captions; set up a comparison, and see who leads."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ANNOTATORS, STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.rating import comparisons
from annotation_site.rating.models import Preference
from annotation_site.rating.votes_serializers import (
    ComparisonIn,
    ComparisonOut,
    ComparisonPage,
    ComparisonWithResults,
    VoteIn,
    VoteOut,
    VotesPage,
)


class Vote(ProjectView):
    """Which of the two captions that you hold describes the video better."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="vote",
        request=VoteIn,
        responses={
            201: VoteOut,
            200: VoteOut,
            400: Problem,
            404: Problem,
            409: Problem,
            422: Problem,
        },
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = VoteIn(data=request.data)
        given.is_valid(raise_exception=True)
        voted, fresh = comparisons.vote(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            **given.validated_data,
        )
        code = status.HTTP_201_CREATED if fresh else status.HTTP_200_OK
        return Response(VoteOut(voted).data, status=code)


class Comparisons(ProjectView):
    """The project's comparisons, newest first."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(
        operation_id="comparisons",
        parameters=[CURSOR],
        responses={200: ComparisonPage, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return newest_first(
            request, comparisons.listed(self.project), lambda row: ComparisonOut(row).data
        )

    @extend_schema(
        operation_id="compare",
        request=ComparisonIn,
        responses={201: ComparisonOut, 400: Problem, 409: Problem, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = ComparisonIn(data=request.data)
        given.is_valid(raise_exception=True)
        plan = comparisons.Plan(
            **{**given.validated_data, "captioners": tuple(given.validated_data["captioners"])}
        )
        made = comparisons.compare(
            project=self.project, plan=plan, by=signed_in(request), now=timezone.now()
        )
        body = ComparisonOut(comparisons.one(project=self.project, comparison_id=made.pk)).data
        return Response(body, status=status.HTTP_201_CREATED)


class OneComparison(ProjectView):
    """A comparison, and who leads it."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="comparison", responses={200: ComparisonWithResults, 404: Problem})
    def get(self, request: Request, slug: str, comparison: int) -> Response:  # noqa: ARG002
        found = comparisons.one(project=self.project, comparison_id=comparison)
        return Response({**ComparisonOut(found).data, "results": comparisons.results(found)})


class Votes(ProjectView):
    """The votes of a comparison, newest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="votes",
        parameters=[CURSOR],
        responses={200: VotesPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str, comparison: int) -> Response:  # noqa: ARG002
        found = comparisons.one(project=self.project, comparison_id=comparison)
        return newest_first(request, comparisons.votes_of(found), _vote)


def _vote(preference: Preference) -> dict[str, Any]:
    slot = preference.slot
    item = slot.item
    assert item.rival is not None  # noqa: S101 - the database sees to it for votes
    return {
        "id": preference.pk,
        "annotator": slot.annotator.username,
        "video": item.caption.video.sha256,
        "one": item.caption.captioner.name,
        "two": item.rival.captioner.name,
        "choice": preference.choice,
        "late": slot.late,
        "judged_at": preference.judged_at,
    }
