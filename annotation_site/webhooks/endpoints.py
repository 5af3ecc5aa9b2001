"""Making webhooks, changing them, giving them a new secret, trying them out, removing them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotation_site.accounts.models import Project, User
from annotation_site.common.safe_fetch import check
from annotation_site.common.text import one_line
from annotation_site.webhooks import outbox
from annotation_site.webhooks.models import Delivery, Endpoint
from annotation_site.webhooks.refusals import (
    NoSuchWebhook,
    NothingChosen,
    TooManyWebhooks,
    WebhookOff,
)
from annotation_site.webhooks.signing import BOX, new_secret
from annotation_site.webhooks.types import CHOSEN, Type

MOST: Final = 20
OVERLAP: Final = timedelta(hours=24)
"""For which the secret before goes on signing beside a new one."""


def of_project(project: Project) -> QuerySet[Endpoint]:
    """The project's webhooks, with how much waits for them, in the order they were made."""
    mine = project.webhooks.filter(removed_at=None).select_related("created_by")
    waiting = Delivery.objects.filter(endpoint=OuterRef("pk"), state=Delivery.State.WAITING)
    # By itself: a join would read all that was ever delivered, too.
    counted = waiting.order_by().values("endpoint").annotate(n=Count("pk")).values("n")
    return mine.annotate(waiting=Coalesce(Subquery(counted), 0)).order_by("pk")


def one(*, project: Project, number: int) -> Endpoint:
    try:
        return of_project(project).get(pk=number)
    except Endpoint.DoesNotExist:
        raise NoSuchWebhook from None


@transaction.atomic
def create(
    *,
    project: Project,
    url: str,
    types: Collection[str],
    description: str = "",
    by: User,
    now: datetime,
) -> tuple[Endpoint, str]:
    """Make one that is on, and return its secret: nobody will be able to read it again.

    Raises `AddressRefused`, `NothingChosen` and `TooManyWebhooks`.
    """
    check(url)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # they are counted
    if project.webhooks.filter(removed_at=None).count() >= MOST:
        raise TooManyWebhooks
    secret = new_secret()
    made = Endpoint.objects.create(
        project=project,
        url=url,
        types=_in_order(types),
        description=one_line(description),
        sealed_secret=BOX.seal(secret),
        created_by=by,
        created_at=now,
    )
    return one(project=project, number=made.pk), secret


@transaction.atomic
def change(
    *,
    project: Project,
    number: int,
    url: str | None = None,
    types: Collection[str] | None = None,
    description: str | None = None,
    on: bool | None = None,
) -> Endpoint:
    """Change what is given. Switched on, it begins anew: what it failed at before is forgotten."""
    endpoint = _held(project, number)
    if url is not None:
        check(url)
        endpoint.url = url
    if types is not None:
        endpoint.types = _in_order(types)
    if description is not None:
        endpoint.description = one_line(description)
    if on is False and not endpoint.off:
        endpoint.off = Endpoint.Off.BY_HAND
    if on is True:
        endpoint.off = ""
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    endpoint.save()
    return one(project=project, number=number)


@transaction.atomic
def renew_secret(*, project: Project, number: int, now: datetime) -> tuple[Endpoint, str]:
    """Make a new secret; the one before signs beside it for a day."""
    endpoint, secret = _held(project, number), new_secret()
    endpoint.sealed_former, endpoint.former_until = endpoint.sealed_secret, now + OVERLAP
    endpoint.sealed_secret = BOX.seal(secret)
    endpoint.save(update_fields=["sealed_secret", "sealed_former", "former_until"])
    return one(project=project, number=number), secret


@transaction.atomic
def remove(*, project: Project, number: int, now: datetime) -> None:
    """Send nothing more. The row stays for a while: an answer may be about to name it."""
    endpoint = _held(project, number)
    endpoint.removed_at = now
    endpoint.save(update_fields=["removed_at"])


@transaction.atomic
def ping(*, project: Project, number: int) -> int:
    """Send something of no meaning, whatever it asked for. Raises `WebhookOff`.

    Returns the number of the delivery.
    """
    endpoint = one(project=project, number=number)
    told = outbox.tell(project_id=project.pk, told={Type.PING: {}}, only=endpoint.pk)
    if not told:
        raise WebhookOff
    return told[0]


def _held(project: Project, number: int) -> Endpoint:
    mine = project.webhooks.filter(removed_at=None).select_for_update(no_key=True)
    try:
        return mine.get(pk=number)
    except Endpoint.DoesNotExist:
        raise NoSuchWebhook from None


def _in_order(types: Collection[str]) -> list[str]:
    chosen = [kind.value for kind in CHOSEN if kind in types]
    if not chosen:
        raise NothingChosen
    return chosen
