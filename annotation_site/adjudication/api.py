"""Adjudication over HTTP: cases, decisions, and ratings that go back to their authors."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ANNOTATORS, STAFF, ProjectView, signed_in
from annotation_site.accounts.models import Project
from annotation_site.adjudication import cases, conflicts, returns, story
from annotation_site.adjudication.models import Case, Return
from annotation_site.adjudication.serializers import (
    CaseIn,
    CasePage,
    CaseRow,
    CasesAsked,
    ConflictPage,
    ConflictRow,
    ConflictsAsked,
    DecisionIn,
    ReturnedOut,
    ReturnedPage,
    ReturnIn,
    StoryOut,
)
from annotation_site.catalog import links
from annotation_site.catalog.models import Video
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.quality import disputes

REFUSALS = {400: Problem, 404: Problem, 409: Problem}


class Cases(ProjectView):
    """Captions whose ratings are looked at again."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(
        operation_id="cases",
        parameters=[CasesAsked, CURSOR],
        responses={200: CasePage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = CasesAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        stage = cases.Stage(asked.validated_data["stage"])

        def row(case: Case) -> dict[str, Any]:
            case.stage = stage  # type: ignore[attr-defined] # for the serializer
            case.poster_url = _poster(slug, case.item.caption.video)  # type: ignore[attr-defined]
            return dict(CaseRow(case).data)

        return newest_first(request, cases.cases(project=self.project, stage=stage), row)

    @extend_schema(operation_id="open_case", request=CaseIn, responses={201: StoryOut, **REFUSALS})
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        given = CaseIn(data=request.data)
        given.is_valid(raise_exception=True)
        item = given.validated_data["item"]
        cases.open_case(
            project=self.project,
            item_id=item,
            reason=given.validated_data["reason"],
            by=signed_in(request),
            now=timezone.now(),
        )
        return Response(_told(self.project, item), status=status.HTTP_201_CREATED)


class Conflicts(ProjectView):
    """What annotators disagree on, as the newest report found it, widest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="conflicts",
        parameters=[ConflictsAsked, CURSOR],
        responses={200: ConflictPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = ConflictsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = conflicts.conflicts(project=self.project, **asked.validated_data)
        answer = newest_first(request, rows, lambda row: {"row": row})
        shown = [found["row"] for found in answer.data["results"]]
        given = disputes.given(row.item_id for row in shown)
        stages = conflicts.stages(shown)
        for row in shown:
            row.given = given.get((row.item_id, row.dimension), [])
            row.stage = stages.get(row.item_id)
            row.video_url = links.video_url(slug=slug, sha256=row.item.caption.video.sha256)
            row.poster_url = _poster(slug, row.item.caption.video)
        answer.data["results"] = ConflictRow(shown, many=True).data
        return answer


class Story(ProjectView):
    """A caption with every rating of it, and what became of them."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="story", responses={200: StoryOut, 404: Problem})
    def get(self, request: Request, slug: str, item: int) -> Response:  # noqa: ARG002
        return Response(_told(self.project, item))


class Decisions(ProjectView):
    """What is settled about a caption."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="decide",
        request=DecisionIn,
        responses={201: StoryOut, 422: Problem, **REFUSALS},
    )
    @idempotent
    def post(self, request: Request, slug: str, item: int) -> Response:  # noqa: ARG002
        given = DecisionIn(data=request.data)
        given.is_valid(raise_exception=True)
        cases.decide(
            project=self.project,
            item_id=item,
            by=signed_in(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(_told(self.project, item), status=status.HTTP_201_CREATED)


class Returns(ProjectView):
    """Send a rating back to its author."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="return_rating", request=ReturnIn, responses={201: StoryOut, **REFUSALS}
    )
    @idempotent
    def post(self, request: Request, slug: str, item: int) -> Response:  # noqa: ARG002
        given = ReturnIn(data=request.data)
        given.is_valid(raise_exception=True)
        returns.send_back(
            project=self.project,
            item_id=item,
            slot_id=given.validated_data["slot"],
            reason=given.validated_data["reason"],
            by=signed_in(request),
            now=timezone.now(),
        )
        return Response(_told(self.project, item), status=status.HTTP_201_CREATED)


class Returned(ProjectView):
    """What was returned to you. Who did it is not told; why, is."""

    roles = {"GET": ANNOTATORS}

    @extend_schema(
        operation_id="returned",
        parameters=[CURSOR],
        responses={200: ReturnedPage, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        mine = returns.open_for(project=self.project, annotator=signed_in(request))

        def row(one: Return) -> dict[str, Any]:
            one.poster_url = _poster(slug, one.slot.item.caption.video)  # type: ignore[attr-defined]
            return dict(ReturnedOut(one).data)

        return newest_first(request, mine, row)


def _told(project: Project, item: int) -> dict[str, Any]:
    return dict(StoryOut(story.of(project=project, item_id=item)).data)


def _poster(slug: str, video: Video) -> str:
    return links.poster_url(slug=slug, sha256=video.sha256)
