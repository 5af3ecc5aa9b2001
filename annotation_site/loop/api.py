"""The loop over HTTP: how it stands, by which policy it goes on, and who is the champion."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import RESEARCHERS, STAFF, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.loop import policies, selectors, trials
from annotation_site.loop.serializers import LoopOut, PolicyOut, Promotion, TrialOut, TrialPage
from annotation_site.runs.api import RunView


class Loop(ProjectView):
    """From ratings to evaluation: the newest of each stage, and what comes next."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="loop", responses={200: LoopOut})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        now = timezone.now()
        return Response(LoopOut(selectors.loop_of(self.project, now)).data)


class LoopPolicy(ProjectView):
    """When the loop goes on by itself."""

    roles = {"GET": STAFF, "PATCH": RESEARCHERS}

    @extend_schema(operation_id="loop_policy", responses={200: PolicyOut})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return Response(PolicyOut(policies.policy_of(self.project)).data)

    @extend_schema(
        operation_id="change_loop_policy",
        request=PolicyOut,
        responses={200: PolicyOut, 400: Problem, 422: Problem},
    )
    def patch(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        before = policies.policy_of(self.project)
        given = PolicyOut(before, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        after = policies.change(project=self.project, **given.validated_data)
        return Response(PolicyOut(after).data)


class Trials(ProjectView):
    """Every challenger that was held against the champion, the newest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="trials", parameters=[CURSOR], responses={200: TrialPage, 422: Problem}
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        found = self.project.trials.select_related("by")
        return newest_first(request, found, lambda trial: dict(TrialOut(trial).data))


class Promote(RunView):
    """Make a scorer the champion, whatever a rule says."""

    roles = {"POST": RESEARCHERS}

    @extend_schema(
        operation_id="promote_run",
        request=Promotion,
        responses={201: TrialOut, 400: Problem, 404: Problem, 409: Problem, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, run: int) -> Response:  # noqa: ARG002
        given = Promotion(data=request.data)
        given.is_valid(raise_exception=True)
        trial = trials.promote(
            run=self.one(run), by=signed_in(request), reason=given.validated_data["reason"]
        )
        return Response(TrialOut(trial).data, status=status.HTTP_201_CREATED)
