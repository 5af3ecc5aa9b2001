"""What is swept: events with their deliveries after a month, removed webhooks after that."""

from datetime import timedelta
from typing import Final

from annotation_site.common.clock import DatabaseNow
from annotation_site.webhooks.models import Endpoint, Event

KEPT: Final = timedelta(days=30)
CHUNK: Final = 1000


def sweep() -> None:
    """Forget what is older than a month, some at a time. Two at once do no harm."""
    while _forget():
        pass
    gone = Endpoint.objects.filter(removed_at__lt=DatabaseNow() - KEPT, deliveries=None)
    gone.delete()


def _forget() -> int:
    old = Event.objects.filter(at__lt=DatabaseNow() - KEPT).order_by("at")
    deleted, _ = Event.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:CHUNK])
    ).delete()
    return deleted
