"""Lanes: one endpoint in one worker's hands, its deliveries one after the other.

Several lanes run beside each other in threads, so a receiver that is slow keeps nobody else
waiting. A lane is a lease on the endpoint: a worker that dies in it leaves its delivery waiting,
and whoever takes the endpoint next sends it again, under the same id.
"""

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from annotation_site.common import stopping
from annotation_site.common.clock import DatabaseNow, seconds_from_now
from annotation_site.webhooks import nudges, results
from annotation_site.webhooks.models import Delivery, Endpoint
from annotation_site.webhooks.sending import send

WIDTH: Final = 8
SECONDS: Final = 20.0
"""After which a worker turns to other work; what is still due follows at the next nudge."""

LOOK_SECONDS: Final = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lane:
    """An endpoint that is held, and by which claim."""

    endpoint_id: int
    fence: int

    @property
    def mine(self) -> Q:
        return Q(pk=self.endpoint_id, fence=self.fence)


def deliver(*, width: int = WIDTH, seconds: float = SECONDS) -> None:
    """Send what is due, until nothing is or the time is up."""
    end = time.monotonic() + seconds
    lanes: set[Future[None]] = set()
    with ThreadPoolExecutor(width) as pool:
        while not _over(end):
            for lane in take(width - len(lanes)):
                lanes.add(pool.submit(_in_a_thread, lane, end))
            if not lanes:
                return
            _, lanes = wait(lanes, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
    if not stopping.wished():
        nudges.nudge()


def _over(end: float) -> bool:
    return stopping.wished() or time.monotonic() > end


def _in_a_thread(lane: Lane, end: float) -> None:
    try:
        work_off(lane, end)
    except Exception:
        log.exception("the lane of webhook %s broke; the sweep goes on with it", lane.endpoint_id)
    finally:
        connection.close()


@transaction.atomic
def take(most: int) -> list[Lane]:
    """Hold endpoints that have something due and that nobody holds, the longest due first."""
    if most < 1:
        return []
    free = _free().select_for_update(skip_locked=True, of=("self",), no_key=True)
    found = list(free.values_list("pk", "fence")[:most])
    Endpoint.objects.filter(pk__in=[pk for pk, _ in found]).update(
        fence=F("fence") + 1, held_until=seconds_from_now(settings.RUN_LEASE_SECONDS)
    )
    return [Lane(pk, fence + 1) for pk, fence in found]


def _free() -> QuerySet[Endpoint]:
    due = Delivery.objects.filter(
        endpoint=OuterRef("pk"), state=Delivery.State.WAITING, due_at__lte=DatabaseNow()
    )
    longest = Subquery(due.order_by("due_at").values("due_at")[:1])
    waiting = Endpoint.objects.annotate(longest=longest).filter(
        Q(held_until=None) | Q(held_until__lte=DatabaseNow()),
        Q(rests_until=None) | Q(rests_until__lte=DatabaseNow()),
        longest__isnull=False,
        off="",
        removed_at=None,
    )
    return waiting.order_by("longest", "pk")


def work_off(lane: Lane, end: float) -> None:
    """Send what is due to the lane's endpoint, up to the first failure."""
    while not _over(end) and _keep(lane):
        delivery, now = _next(lane)
        if delivery is None:
            break
        if not results.record(delivery, send(delivery, now=now), now=now):
            break
    Endpoint.objects.filter(lane.mine).update(held_until=None)


def _keep(lane: Lane) -> bool:
    """Renew the lease. No longer ours, switched off or removed: stop."""
    ours = Endpoint.objects.filter(lane.mine, off="", removed_at=None)
    return bool(ours.update(held_until=seconds_from_now(settings.RUN_LEASE_SECONDS)))


def _next(lane: Lane) -> tuple[Delivery | None, datetime]:
    """What is due next, and the database's clock."""
    due = Delivery.objects.filter(
        endpoint=lane.endpoint_id, state=Delivery.State.WAITING, due_at__lte=DatabaseNow()
    )
    rows = due.select_related("event__project", "endpoint").annotate(now=DatabaseNow())
    delivery = rows.order_by("due_at", "pk").first()
    return (None, datetime.min) if delivery is None else (delivery, delivery.now)  # noqa: DTZ901
