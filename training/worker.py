"""What `celery -A training.worker worker` loads: Django, the tasks, and the worker's manners.

Nothing here may import torch: forked children hang when their parent has used it. Celery itself
has the kernel kill the children of a worker that was killed.
"""

import logging
import os
import signal
from functools import partial
from types import FrameType
from typing import Any

import django
from celery import signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first

from annotation_site.queue import app  # noqa: E402
from training import stopping, tasks  # noqa: E402

__all__ = ["app", "tasks"]

if settings.TORCH_THREADS:
    # Torch and numpy read it when they are loaded, which only a task does.
    os.environ["OMP_NUM_THREADS"] = str(settings.TORCH_THREADS)


@signals.after_setup_logger.connect
def keep_quiet_about_messages(**_: Any) -> None:
    """Leave out Celery's lines about each message, sweeps above all: the recorder tells of runs."""
    for name in ("celery.worker.strategy", "celery.app.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)


@signals.worker_ready.connect
def let_go_when_asked_to_stop(**_: Any) -> None:
    """Have the stage end between two steps, and its run go back to the queue.

    Celery's own signal of a shutdown comes too late: on SIGQUIT, only after the soft shutdown.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, partial(_let_go, signal.getsignal(number)))


def _let_go(celerys: Any, number: int, frame: FrameType | None) -> None:
    stopping.wish()
    celerys(number, frame)
