"""Checking annotators over HTTP: checks, twins, what they can be made of, and how people did."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, EVERYONE, STAFF, ProjectView, signed_in
from annotation_site.catalog import links
from annotation_site.catalog.models import Video
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.quality import checks, person, records, selectors, standings, text_model, twins
from annotation_site.quality.serializers import (
    AnnotatorRecordOut,
    AutomaticIn,
    AutomaticOut,
    CandidateOut,
    CandidatePage,
    CandidatesAsked,
    CheckChange,
    CheckIn,
    CheckOut,
    CheckPage,
    ChecksAsked,
    ExamplesOut,
    RatedPage,
    RatedRow,
    RecordList,
    StandingIn,
    StandingOut,
    SuggestionOut,
    TwinAsked,
    TwinIn,
)
from annotation_site.rating.models import Purpose, Standing
from scorer.rubric import Dimension

REFUSALS = {400: Problem, 404: Problem, 409: Problem}


class Checks(ProjectView):
    """Items whose answers are known."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(
        operation_id="checks", parameters=[CURSOR, ChecksAsked], responses={200: CheckPage}
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = ChecksAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = selectors.checks(project=self.project, purpose=asked.validated_data["purpose"])
        return newest_first(request, rows, lambda check: check_out(check, slug))

    @extend_schema(
        operation_id="make_check", request=CheckIn, responses={201: CheckOut, **REFUSALS}
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        given = CheckIn(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        check = checks.make(
            project=self.project,
            caption_id=sent["caption"],
            purpose=Purpose(sent["purpose"]),
            levels=sent["levels"],
            notes=sent["notes"],
            by=signed_in(request),
            now=timezone.now(),
        )
        made = selectors.check(project=self.project, item_id=check.pk)
        return Response(check_out(made, slug), status=status.HTTP_201_CREATED)


class OneCheck(ProjectView):
    """A check: correct it, take it out, put it back."""

    roles = {"PATCH": ADMINS}

    @extend_schema(
        operation_id="change_check", request=CheckChange, responses={200: CheckOut, **REFUSALS}
    )
    def patch(self, request: Request, slug: str, check: int) -> Response:
        given = CheckChange(data=request.data)
        given.is_valid(raise_exception=True)
        checks.edit(project=self.project, item_id=check, now=timezone.now(), **given.validated_data)
        return Response(check_out(selectors.check(project=self.project, item_id=check), slug))


class Candidates(ProjectView):
    """Captions that checks can be made of."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="candidates",
        parameters=[CURSOR, CandidatesAsked],
        responses={200: CandidatePage, 400: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        asked = CandidatesAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = selectors.candidates(project=self.project, **asked.validated_data)
        return newest_first(request, rows, lambda caption: candidate_out(caption, slug))


class Twins(ProjectView):
    """A caption with one dimension made wrong, by hand."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="make_twin",
        request=TwinIn,
        responses={201: CheckOut, **REFUSALS, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        given = TwinIn(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        twin = twins.make(
            project=self.project,
            caption_id=sent["caption"],
            dimension=Dimension(sent["dimension"]),
            text=sent["text"],
            by=signed_in(request),
            now=timezone.now(),
        )
        made = selectors.check(project=self.project, item_id=twin.pk)
        return Response(check_out(made, slug), status=status.HTTP_201_CREATED)


class TwinSuggestion(ProjectView):
    """How a caption could be made wrong: by rule, or as a text model would."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="suggest_twin",
        request=TwinAsked,
        responses={200: SuggestionOut, **REFUSALS, 502: Problem},
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        given = TwinAsked(data=request.data)
        given.is_valid(raise_exception=True)
        suggestion = twins.suggest(
            project=self.project,
            caption_id=given.validated_data["caption"],
            dimension=Dimension(given.validated_data["dimension"]),
            model=text_model.of_settings(),
        )
        return Response(SuggestionOut(suggestion).data)


class AutomaticTwins(ProjectView):
    """Twins of the miniature world's captions, made by rule."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="make_twins", request=AutomaticIn, responses={200: AutomaticOut, 400: Problem}
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = AutomaticIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = twins.automatic(
            project=self.project,
            by=signed_in(request),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(AutomaticOut(made).data)


class Standings(ProjectView):
    """How the annotators do against what is known."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="standings", responses={200: RecordList})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return Response(RecordList({"results": records.records(self.project)}).data)


class OneStanding(ProjectView):
    """One of them looked at closely; and whether they may rate: an admin's decision."""

    roles = {"GET": STAFF, "POST": ADMINS}

    @extend_schema(operation_id="annotator", responses={200: AnnotatorRecordOut, 404: Problem})
    def get(self, request: Request, slug: str, member: int) -> Response:  # noqa: ARG002
        found = person.person(project=self.project, annotator_id=member)
        return Response(AnnotatorRecordOut(found).data)

    @extend_schema(
        operation_id="decide_standing",
        request=StandingIn,
        responses={200: StandingOut, **REFUSALS},
    )
    def post(self, request: Request, slug: str, member: int) -> Response:  # noqa: ARG002
        given = StandingIn(data=request.data)
        given.is_valid(raise_exception=True)
        standing = standings.decide(
            project=self.project,
            annotator_id=member,
            state=Standing.State(given.validated_data["state"]),
            by=signed_in(request),
            now=timezone.now(),
        )
        return Response(StandingOut(records.standing_out(standing.annotator, standing)).data)


class RatedBy(ProjectView):
    """What an annotator rated, newest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="rated_by",
        parameters=[CURSOR],
        responses={200: RatedPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str, member: int) -> Response:
        rows = person.rated(project=self.project, annotator_id=member)
        return newest_first(request, rows, lambda slot: rated_row(slot, slug))


class Examples(ProjectView):
    """What the levels look like, from the practice clips."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="examples", responses={200: ExamplesOut})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        found = selectors.examples(self.project)
        return Response(
            {
                dimension: [example_out(check, dimension, slug) for check in shown]
                for dimension, shown in found.items()
            }
        )


def rated_row(slot: Any, slug: str) -> dict[str, Any]:
    """A row of `person.rated`."""
    caption = slot.item.caption
    return RatedRow(
        {
            "item": slot.item_id,
            "caption_text": caption.text,
            "poster_url": links.poster_url(slug=slug, sha256=caption.video.sha256),
            "submitted_at": slot.submitted_at,
            "late": slot.late,
            "revision": slot.revision,
            "rubric_version": slot.rubric_version,
            "signals": slot.signals,
            "levels": {one.dimension: one.level for one in slot.standing},
        }
    ).data


def check_out(check: Any, slug: str) -> dict[str, Any]:
    """A row of `selectors.checks`, which has added names and shares to it."""
    item = check.item
    return CheckOut(
        {
            "item": item.pk,
            "purpose": item.purpose,
            "caption_text": item.text or item.caption.text,
            "original_text": item.caption.text if item.text else None,
            **_media(item.caption.video, slug),
            "video_name": check.video_name or "",
            "captioner": item.caption.captioner.name,
            "levels": check.levels,
            "notes": check.notes,
            "spoiled": check.spoiled,
            "answers": item.n_done,
            "passed_share": check.passed_share,
            "withdrawn": item.withdrawn,
        }
    ).data


def candidate_out(caption: Any, slug: str) -> dict[str, Any]:
    """A row of `selectors.candidates`."""
    return CandidateOut(
        {
            "caption": caption.pk,
            "text": caption.text,
            "kind": caption.kind,
            "captioner": caption.captioner.name,
            "video_name": caption.video_name or "",
            **_media(caption.video, slug),
            "seconds": caption.video.seconds,
            "means": selectors.means_of(caption),
        }
    ).data


def example_out(check: Any, dimension: str, slug: str) -> dict[str, Any]:
    video = check.item.caption.video
    return {
        "level": check.levels[dimension],
        "caption_text": check.item.caption.text,
        "note": check.notes.get(dimension, ""),
        **_media(video, slug),
        "seconds": video.seconds,
    }


def _media(video: Video, slug: str) -> dict[str, str]:
    return {
        "video_url": links.video_url(slug=slug, sha256=video.sha256),
        "poster_url": links.poster_url(slug=slug, sha256=video.sha256),
    }
