"""Webhooks over HTTP: for admins, as their addresses and payloads lead out of the house."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts.access import ADMINS, ProjectView, signed_in
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent
from annotation_site.webhooks import deliveries, endpoints
from annotation_site.webhooks.serializers import (
    DeliveryFilter,
    DeliveryOut,
    DeliveryPage,
    DeliveryWhole,
    WebhookChange,
    WebhookIn,
    WebhookList,
    WebhookOut,
    WebhookWithSecret,
)


class Webhooks(ProjectView):
    """The project's webhooks, and a new one."""

    roles = {"GET": ADMINS, "POST": ADMINS}

    @extend_schema(operation_id="webhooks", responses={200: WebhookList})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView reads it
        rows = endpoints.of_project(self.project)
        return Response({"results": WebhookOut(rows, many=True).data})

    @extend_schema(
        operation_id="create_webhook",
        request=WebhookIn,
        responses={201: WebhookWithSecret, 400: Problem, 409: Problem, 422: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Make one. Its secret is in this answer, and in no other."""
        given = WebhookIn(data=request.data)
        given.is_valid(raise_exception=True)
        made, secret = endpoints.create(
            project=self.project, by=signed_in(request), now=timezone.now(), **given.validated_data
        )
        body = {**WebhookOut(made).data, "secret": secret}
        return Response(body, status=status.HTTP_201_CREATED)


class OneWebhook(ProjectView):
    """A webhook: looked at, changed, removed."""

    roles = {"GET": ADMINS, "PATCH": ADMINS, "DELETE": ADMINS}

    @extend_schema(operation_id="webhook", responses={200: WebhookOut, 404: Problem})
    def get(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        return Response(WebhookOut(endpoints.one(project=self.project, number=webhook)).data)

    @extend_schema(
        operation_id="change_webhook",
        request=WebhookChange,
        responses={200: WebhookOut, 400: Problem, 404: Problem, 422: Problem},
    )
    def patch(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        given = WebhookChange(data=request.data)
        given.is_valid(raise_exception=True)
        changed = endpoints.change(project=self.project, number=webhook, **given.validated_data)
        return Response(WebhookOut(changed).data)

    @extend_schema(operation_id="remove_webhook", responses={204: None, 404: Problem})
    def delete(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        endpoints.remove(project=self.project, number=webhook, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Secret(ProjectView):
    """A new secret. The one before goes on signing for a day, so that nothing is refused."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="renew_webhook_secret",
        request=None,
        responses={200: WebhookWithSecret, 404: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        changed, secret = endpoints.renew_secret(
            project=self.project, number=webhook, now=timezone.now()
        )
        return Response({**WebhookOut(changed).data, "secret": secret})


class Ping(ProjectView):
    """Something of no meaning, to see whether it arrives."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="ping_webhook",
        request=None,
        responses={202: DeliveryWhole, 404: Problem, 409: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        sent = endpoints.ping(project=self.project, number=webhook)
        shown = deliveries.one(project=self.project, endpoint=webhook, number=sent)
        return Response(DeliveryWhole(shown).data, status=status.HTTP_202_ACCEPTED)


class Deliveries(ProjectView):
    """What was sent to a webhook in the last month, the newest first."""

    roles = {"GET": ADMINS}

    @extend_schema(
        operation_id="webhook_deliveries",
        parameters=[DeliveryFilter, CURSOR],
        responses={200: DeliveryPage, 400: Problem, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str, webhook: int) -> Response:  # noqa: ARG002
        wanted = DeliveryFilter(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        rows = deliveries.log_of(
            project=self.project,
            endpoint=webhook,
            state=wanted.validated_data.get("state", ""),
            kind=wanted.validated_data.get("type", ""),
        )
        return newest_first(request, rows, lambda row: dict(DeliveryOut(row).data))


class OneDelivery(ProjectView):
    """A delivery with what was sent, and how each try went."""

    roles = {"GET": ADMINS}

    @extend_schema(operation_id="webhook_delivery", responses={200: DeliveryWhole, 404: Problem})
    def get(self, request: Request, slug: str, webhook: int, delivery: int) -> Response:  # noqa: ARG002
        found = deliveries.one(project=self.project, endpoint=webhook, number=delivery)
        return Response(DeliveryWhole(found).data)


class Redeliver(ProjectView):
    """Send it once more, under the same id."""

    roles = {"POST": ADMINS}

    @extend_schema(
        operation_id="redeliver",
        request=None,
        responses={202: DeliveryWhole, 404: Problem, 409: Problem},
    )
    @idempotent
    def post(self, request: Request, slug: str, webhook: int, delivery: int) -> Response:  # noqa: ARG002
        sent = deliveries.redeliver(project=self.project, endpoint=webhook, number=delivery)
        return Response(DeliveryWhole(sent).data, status=status.HTTP_202_ACCEPTED)
