"""How webhooks and their deliveries look over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation_site.webhooks.models import Attempt, Delivery, Endpoint
from annotation_site.webhooks.sending import body_of, number_of
from annotation_site.webhooks.types import CHOICES, Type

OFF = ("", *Endpoint.Off.values)


@extend_schema_field({"type": "string", "format": "uri", "maxLength": 2000})
class Address(serializers.CharField):
    """An address to send to. Whether it may be is for `safe_fetch` to say, not for a pattern."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, **kwargs)


class WebhookIn(serializers.Serializer[Any]):
    url = Address()
    types = serializers.ListField(
        child=serializers.ChoiceField(CHOICES),
        max_length=len(CHOICES),
        help_text="the events to be told of",
    )
    description = serializers.CharField(max_length=200, allow_blank=True, default="")


class WebhookChange(serializers.Serializer[Any]):
    """What is not given stays."""

    url = Address(required=False)
    types = serializers.ListField(
        child=serializers.ChoiceField(CHOICES),
        max_length=len(CHOICES),
        required=False,
    )
    description = serializers.CharField(max_length=200, allow_blank=True, required=False)
    on = serializers.BooleanField(required=False, help_text="whether anything is sent")


class WebhookOut(serializers.ModelSerializer[Endpoint]):
    types = serializers.ListField(child=serializers.ChoiceField(Type.choices))
    off = serializers.ChoiceField(OFF, help_text="why nothing is sent; empty: it is on")
    former_secret_until = serializers.DateTimeField(
        source="former_until", allow_null=True, help_text="until when the secret before signs, too"
    )
    waiting = serializers.IntegerField(help_text="deliveries that are still to be made")
    created_by = serializers.CharField(source="created_by.username")

    class Meta:
        model = Endpoint
        fields: tuple[str, ...] = (
            "id",
            "url",
            "description",
            "types",
            "off",
            "failing_since",
            "former_secret_until",
            "waiting",
            "last_at",
            "created_by",
            "created_at",
        )


class WebhookList(serializers.Serializer[Any]):
    results = WebhookOut(many=True)


class WebhookWithSecret(WebhookOut):
    secret = serializers.CharField(help_text="with which it is signed: the whole of it, only now")

    class Meta(WebhookOut.Meta):
        fields = (*WebhookOut.Meta.fields, "secret")


class DeliveryOut(serializers.ModelSerializer[Delivery]):
    event = serializers.SerializerMethodField(help_text="the id that the receiver knows it by")
    type = serializers.ChoiceField(Type.choices, source="event.type")
    happened_at = serializers.DateTimeField(source="event.at")
    last_at = serializers.DateTimeField(allow_null=True)
    last_status = serializers.IntegerField(allow_null=True, help_text="null: nothing came back")
    last_problem = serializers.CharField(allow_null=True, help_text="why nothing came back")
    last_milliseconds = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = (
            "id",
            "event",
            "type",
            "state",
            "tries",
            "happened_at",
            "due_at",
            "last_at",
            "last_status",
            "last_problem",
            "last_milliseconds",
        )

    def get_event(self, delivery: Delivery) -> str:
        return number_of(delivery.event)


class AttemptOut(serializers.ModelSerializer[Attempt]):
    headers = serializers.DictField(child=serializers.CharField(), help_text="of the request")

    class Meta:
        model = Attempt
        fields = ("at", "milliseconds", "status", "problem", "headers", "response", "whole")


class DeliveryWhole(DeliveryOut):
    body = serializers.SerializerMethodField(help_text="what is sent, the same each time")
    attempts = serializers.SerializerMethodField(help_text="the newest first, 50 at most")

    class Meta(DeliveryOut.Meta):
        fields = (*DeliveryOut.Meta.fields, "body", "attempts")

    def get_body(self, delivery: Delivery) -> str:
        return body_of(delivery.event).decode()

    @extend_schema_field(AttemptOut(many=True))
    def get_attempts(self, delivery: Delivery) -> Any:
        return AttemptOut(delivery.attempts.order_by("-pk")[:50], many=True).data


class DeliveryPage(serializers.Serializer[Any]):
    results = DeliveryOut(many=True)
    next = serializers.CharField(allow_null=True)


class DeliveryFilter(serializers.Serializer[Any]):
    state = serializers.ChoiceField(Delivery.State.choices, required=False)
    type = serializers.ChoiceField(Type.choices, required=False)
