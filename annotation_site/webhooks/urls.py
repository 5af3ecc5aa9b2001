"""The addresses of webhooks, below `/api/v1/`."""

from django.urls import path

from annotation_site.webhooks import api

ALL = "projects/<slug:slug>/webhooks"
WEBHOOK = f"{ALL}/<int:webhook>"
DELIVERY = f"{WEBHOOK}/deliveries/<int:delivery>"

urlpatterns = [
    path(ALL, api.Webhooks.as_view(), name="webhooks"),
    path(WEBHOOK, api.OneWebhook.as_view(), name="webhook"),
    path(f"{WEBHOOK}/secret", api.Secret.as_view(), name="webhook-secret"),
    path(f"{WEBHOOK}/ping", api.Ping.as_view(), name="webhook-ping"),
    path(f"{WEBHOOK}/deliveries", api.Deliveries.as_view(), name="webhook-deliveries"),
    path(DELIVERY, api.OneDelivery.as_view(), name="webhook-delivery"),
    path(f"{DELIVERY}/redeliver", api.Redeliver.as_view(), name="webhook-redeliver"),
]
