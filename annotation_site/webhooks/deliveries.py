"""The delivery log: what was sent to a webhook, how it went, and sending it again."""

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from annotation_site.accounts.models import Project
from annotation_site.common.clock import DatabaseNow
from annotation_site.webhooks import nudges
from annotation_site.webhooks.endpoints import one as one_endpoint
from annotation_site.webhooks.models import Attempt, Delivery
from annotation_site.webhooks.refusals import NoSuchDelivery, WebhookOff


def log_of(
    *, project: Project, endpoint: int, state: str = "", kind: str = ""
) -> QuerySet[Delivery]:
    """The deliveries of one webhook, with their last try. Raises `NoSuchWebhook`."""
    one_endpoint(project=project, number=endpoint)
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    rows = Delivery.objects.filter(endpoint=endpoint, endpoint__project=project)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(event__type=kind)
    return rows.select_related("event__project").annotate(
        last_at=Subquery(last.values("at")[:1]),
        last_status=Subquery(last.values("status")[:1]),
        last_problem=Subquery(last.values("problem")[:1]),
        last_milliseconds=Subquery(last.values("milliseconds")[:1]),
    )


def one(*, project: Project, endpoint: int, number: int) -> Delivery:
    try:
        return log_of(project=project, endpoint=endpoint).get(pk=number)
    except Delivery.DoesNotExist:
        raise NoSuchDelivery from None


@transaction.atomic
def redeliver(*, project: Project, endpoint: int, number: int) -> Delivery:
    """Send it again under its id, at once, and try as long as if it had happened now.

    Raises `WebhookOff`.
    """
    found = one(project=project, endpoint=endpoint, number=number)
    if one_endpoint(project=project, number=endpoint).off:
        raise WebhookOff
    Delivery.objects.filter(pk=found.pk).update(
        state=Delivery.State.WAITING, tries=0, due_at=DatabaseNow(), asked_at=DatabaseNow()
    )
    found.endpoint.rests_until = None
    found.endpoint.save(update_fields=["rests_until"])
    transaction.on_commit(nudges.nudge)
    return one(project=project, endpoint=endpoint, number=number)
