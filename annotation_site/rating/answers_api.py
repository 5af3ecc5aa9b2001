"""Answers over HTTP: draft, submit, think again, pass, remark; and one's own history."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ANNOTATORS, STAFF, ProjectView, signed_in
from annotation_site.catalog import links
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.common.refusals import Invalid
from annotation_site.rating import answers, claims, drafts, history, remarks, selectors, skips
from annotation_site.rating.answers_serializers import (
    DraftIn,
    DraftSaved,
    HistoryPage,
    InboxOut,
    InboxPage,
    LeaseOut,
    RemarkIn,
    RemarkOut,
    RemarkPage,
    ResolveIn,
    ResolveOut,
    RevisionIn,
    SkipIn,
    SubmissionIn,
    SubmissionOut,
)
from annotation_site.rating.models import Purpose, Remark, Slot

FIRST_WORDS = 200
REFUSALS = {400: Problem, 404: Problem, 409: Problem}


class Submission(ProjectView):
    """The levels for a caption that you hold."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="submit_levels",
        request=SubmissionIn,
        responses={201: SubmissionOut, 200: SubmissionOut, **REFUSALS, 422: Problem},
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = SubmissionIn(data=request.data)
        given.is_valid(raise_exception=True)
        submission = answers.submit(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            **given.validated_data,
        )
        return _answered(submission)


class Revision(ProjectView):
    """Second thoughts about a caption that you have rated."""

    roles = {"POST": ANNOTATORS}

    @extend_schema(
        operation_id="revise_levels",
        request=RevisionIn,
        responses={201: SubmissionOut, 200: SubmissionOut, **REFUSALS},
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = RevisionIn(data=request.data)
        given.is_valid(raise_exception=True)
        submission = answers.revise(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            **given.validated_data,
        )
        return _answered(submission)


def _answered(submission: answers.Submission) -> Response:
    code = status.HTTP_201_CREATED if submission.fresh else status.HTTP_200_OK
    return Response(SubmissionOut(submission).data, status=code)


class Draft(ProjectView):
    """The answers so far, saved as they are given."""

    roles = {"PUT": ANNOTATORS}

    @extend_schema(
        operation_id="save_draft", request=DraftIn, responses={200: DraftSaved, **REFUSALS}
    )
    def put(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = DraftIn(data=request.data)
        given.is_valid(raise_exception=True)
        body = {**given.data}
        draft = drafts.save(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            step=body.pop("step"),
            body=body,
        )
        return Response({"step": draft.step, "saved_at": draft.saved_at})


class Heartbeat(ProjectView):
    """Somebody still looks at this caption."""

    roles = {"POST": ANNOTATORS}
    along = ("protocol",)

    @extend_schema(
        operation_id="keep_slot",
        request=None,
        responses={200: LeaseOut, 404: Problem, 409: Problem},
    )
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        until = claims.heartbeat(project=self.project, slot_id=slot, annotator=signed_in(request))
        return Response(LeaseOut({"lease_until": until}).data)


class Skip(ProjectView):
    """Pass a caption on, or take that back."""

    roles = {"POST": ANNOTATORS, "DELETE": ANNOTATORS}

    @extend_schema(operation_id="skip_slot", request=SkipIn, responses={204: None, **REFUSALS})
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = SkipIn(data=request.data)
        given.is_valid(raise_exception=True)
        skips.skip(
            project=self.project,
            slot_id=slot,
            annotator=signed_in(request),
            reason=Slot.SkipReason(given.validated_data["reason"]),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="unskip_slot", responses={204: None, 404: Problem, 409: Problem})
    def delete(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        skips.take_back(project=self.project, slot_id=slot, annotator=signed_in(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SlotRemarks(ProjectView):
    """What you told the admins about a caption."""

    roles = {"GET": ANNOTATORS, "POST": ANNOTATORS}

    @extend_schema(
        operation_id="slot_remarks", parameters=[CURSOR], responses={200: RemarkPage, 404: Problem}
    )
    def get(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        mine = self._slot(request, slot)
        return newest_first(request, mine.remarks.all(), lambda row: dict(RemarkOut(row).data))

    @extend_schema(
        operation_id="remark",
        request=RemarkIn,
        responses={201: RemarkOut, 200: RemarkOut, 400: Problem, 404: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        given = RemarkIn(data=request.data)
        given.is_valid(raise_exception=True)
        about, text = self._slot(request, slot), given.validated_data["text"]
        new = True
        if given.validated_data["kind"] == Remark.Kind.FLAG:
            remark, new = remarks.flag(slot=about, text=text, now=timezone.now())
        else:
            remark = remarks.comment(slot=about, text=text, now=timezone.now())
        code = status.HTTP_201_CREATED if new else status.HTTP_200_OK
        return Response(RemarkOut(remark).data, status=code)

    def _slot(self, request: Request, slot: int) -> Slot:
        return selectors.own_slot(project=self.project, slot_id=slot, annotator=signed_in(request))


class Flag(ProjectView):
    """Your flag on a caption."""

    roles = {"DELETE": ANNOTATORS}

    @extend_schema(operation_id="unflag_slot", responses={204: None, 404: Problem})
    def delete(self, request: Request, slug: str, slot: int) -> Response:  # noqa: ARG002
        mine = selectors.own_slot(project=self.project, slot_id=slot, annotator=signed_in(request))
        remarks.unflag(slot=mine)
        return Response(status=status.HTTP_204_NO_CONTENT)


class History(ProjectView):
    """What you have rated and skipped here, newest first."""

    roles = {"GET": ANNOTATORS}

    @extend_schema(
        operation_id="history", parameters=[CURSOR], responses={200: HistoryPage, 422: Problem}
    )
    def get(self, request: Request, slug: str) -> Response:
        mine = history.of(project=self.project, annotator=signed_in(request))

        def row(slot: Slot) -> dict[str, Any]:
            caption = slot.item.caption
            levels = {judgment.dimension: judgment.level for judgment in slot.standing}  # type: ignore[attr-defined] # prefetched
            return {
                "slot": slot.pk,
                "purpose": Purpose.RATE,
                "state": slot.state,
                "submitted_at": slot.submitted_at,
                "late": slot.late,
                "revision": slot.revision,
                "caption_text": (slot.item.text or caption.text)[:FIRST_WORDS],
                "poster_url": links.poster_url(slug=slug, sha256=caption.video.sha256),
                "seconds": caption.video.seconds,
                "levels": levels or None,
                "flagged": slot.flagged,  # type: ignore[attr-defined] # annotated
            }

        return newest_first(request, mine, row)


class Inbox(ProjectView):
    """Flags and comments of all annotators, newest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="remarks",
        parameters=[
            CURSOR,
            OpenApiParameter("open", bool, description="only unresolved ones"),
            OpenApiParameter("kind", str, enum=Remark.Kind.values, description="all, if empty"),
        ],
        responses={200: InboxPage, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        only_open = request.query_params.get("open") in {"1", "true"}
        kind = request.query_params.get("kind", "")
        if kind not in {"", *Remark.Kind.values}:
            raise Invalid("A remark is a flag or a comment.", field="kind")
        rows = remarks.inbox(project=self.project, only_open=only_open, kind=kind)
        return newest_first(request, rows, lambda remark: _inbox_row(remark, slug))


class ResolveMany(ProjectView):
    """Mark remarks as dealt with, or take that back."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="resolve_remarks",
        request=ResolveIn,
        responses={200: ResolveOut, 400: Problem, 404: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = ResolveIn(data=request.data)
        given.is_valid(raise_exception=True)
        which: dict[str, Any] = {
            "project": self.project,
            "remark_ids": given.validated_data["remarks"],
            "by": signed_in(request),
        }
        if given.validated_data["resolved"]:
            changed = remarks.resolve_all(**which, now=timezone.now())
        else:
            changed = remarks.reopen_all(**which)
        return Response(ResolveOut({"changed": changed}).data)


class Resolve(ProjectView):
    """Mark a remark as dealt with."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="resolve_remark", request=None, responses={200: InboxOut, 404: Problem}
    )
    def post(self, request: Request, slug: str, remark: int) -> Response:
        resolved = remarks.resolve(
            project=self.project, remark_id=remark, by=signed_in(request), now=timezone.now()
        )
        return Response(_inbox_row(resolved, slug))


def _inbox_row(remark: Remark, slug: str) -> dict[str, Any]:
    item = remark.slot.item
    sha256 = item.caption.video.sha256
    return {
        **RemarkOut(remark).data,
        "annotator": remark.slot.annotator.username,
        "slot": remark.slot_id,
        "caption_text": item.text or item.caption.text,
        "video_url": links.video_url(slug=slug, sha256=sha256),
        "poster_url": links.poster_url(slug=slug, sha256=sha256),
        "resolved_by": remark.resolved_by and remark.resolved_by.username,
    }
