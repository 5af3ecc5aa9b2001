"""The queue over HTTP, for the staff; and the protocol, which everyone may read."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, EVERYONE, STAFF, ProjectView
from annotation_site.catalog import links
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.rating import oversight, protocols
from annotation_site.rating.models import Item, Tier
from annotation_site.rating.queue_serializers import (
    LedgerPage,
    PriorityIn,
    PriorityOut,
    ProtocolWhole,
    QueueOut,
    WithdrawnPage,
    ledger_row,
    withdrawn_row,
)


class ProtocolView(ProjectView):
    """How this project rates."""

    roles = {"GET": EVERYONE, "PATCH": ADMINS}

    @extend_schema(operation_id="protocol", responses={200: ProtocolWhole, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        return Response(ProtocolWhole(protocols.protocol_of(self.project)).data)

    @extend_schema(
        operation_id="change_protocol",
        request=ProtocolWhole,
        responses={200: ProtocolWhole, 400: Problem, 404: Problem},
    )
    def patch(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        before = protocols.protocol_of(self.project)
        given = ProtocolWhole(before, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        after = protocols.change(project=self.project, **given.validated_data)
        return Response(ProtocolWhole(after).data)


class Queue(ProjectView):
    """What waits to be rated, tier by tier, and what went otherwise than planned."""

    roles = {"GET": STAFF}

    @extend_schema(operation_id="queue", responses={200: QueueOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return Response(QueueOut(oversight.overview(self.project)).data)


class Ledger(ProjectView):
    """Answers that came late, or beyond the overlap, newest first."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="ledger",
        parameters=[CURSOR],
        responses={200: LedgerPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        return newest_first(
            request, oversight.ledger(self.project), lambda slot: dict(ledger_row(slot))
        )


class Withdrawn(ProjectView):
    """Captions whose video was reported broken."""

    roles = {"GET": STAFF}

    @extend_schema(
        operation_id="withdrawn",
        parameters=[CURSOR],
        responses={200: WithdrawnPage, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:
        def row(item: Item) -> dict[str, Any]:
            poster = links.poster_url(slug=slug, sha256=item.caption.video.sha256)
            return dict(withdrawn_row(item, poster_url=poster))

        return newest_first(request, oversight.withdrawn(self.project), row)


class Restore(ProjectView):
    """Put the captions of a video back: it plays after all."""

    roles = {"POST": ADMINS}

    @extend_schema(operation_id="restore_item", request=None, responses={204: None, 404: Problem})
    def post(self, request: Request, slug: str, item: int) -> Response:  # noqa: ARG002
        oversight.restore(project=self.project, item_id=item)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Priorities(ProjectView):
    """Let some captions be rated before the others, or like the others again."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="prioritise",
        request=PriorityIn,
        responses={200: PriorityOut, 400: Problem, 404: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = PriorityIn(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = {**given.validated_data}
        changed = oversight.prioritise(
            project=self.project, tier=Tier(wanted.pop("tier")), **wanted
        )
        return Response({"changed": changed})
