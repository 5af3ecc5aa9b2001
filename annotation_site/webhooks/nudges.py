"""Nudges: they wake the worker for what is due, once a second at most, however much happens."""

import logging
import time
from typing import Final

from annotation_site.queue import SITE, app

TASK: Final = "crest.deliver"
GATHER_SECONDS: Final = 1.0
"""A nudge is heard so much later: what happens until then needs none of its own."""

log = logging.getLogger(__name__)


class _Bell:
    def __init__(self) -> None:
        self.rung = -GATHER_SECONDS

    def ring(self) -> None:
        if time.monotonic() - self.rung < GATHER_SECONDS:
            return
        self.rung = time.monotonic()
        try:
            app.send_task(TASK, queue=SITE, countdown=GATHER_SECONDS)
        except Exception:  # a broker that is away must not fail the request
            log.warning("could not nudge a worker for webhooks; the sweep will", exc_info=True)


_bell: Final = _Bell()


def nudge() -> None:
    """Wake a worker soon. Call it after the commit."""
    _bell.ring()
