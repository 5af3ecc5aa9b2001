"""How every Celery worker of ours behaves: quiet about messages, and it lets go when asked to stop.

Importing this is what teaches a worker.
"""

import logging
import os
import signal
from functools import partial
from types import FrameType
from typing import Any

from celery import signals
from celery.worker import state

from annotation_site.common import stopping

log = logging.getLogger(__name__)


@signals.after_setup_logger.connect
def keep_quiet_about_messages(**_: Any) -> None:
    """Leave out Celery's lines about each message, sweeps above all: the rows tell of the work."""
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)


@signals.worker_ready.connect
def let_go_when_asked_to_stop(**_: Any) -> None:
    """Have the work end between two steps and go back to the queue.

    Celery's own signal of a shutdown comes too late: on SIGQUIT, only after the soft shutdown.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, partial(_let_go, signal.getsignal(number)))


def _let_go(celerys: Any, number: int, frame: FrameType | None) -> None:
    stopping.wish()
    try:
        celerys(number, frame)
    except Exception:
        # Celery says that it stops before it notes it, and with the launcher dead nobody listens:
        # a broken pipe would be taken for a lost broker, and the worker would wait for it for ever.
        state.should_terminate = os.EX_SOFTWARE  # type: ignore[assignment]  # typed as None
        log.warning("Celery could not stop by itself", exc_info=True)
