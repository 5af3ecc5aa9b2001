"""The one Celery application. The site sends to it by task name, and its worker does the jobs.

Messages are nudges: the rows in Postgres are the truth, and a lost or doubled message harms
nothing. So there is no result backend, and tasks are acknowledged early: the lease of a run, not
the broker, brings back work whose worker died.
"""

import os
from typing import Any

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")

CPU, GPU, SITE = "cpu", "gpu", "site"
"""Two for runs, by what they need, and one for the site's own jobs."""

app = Celery("crest")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600},
    visibility_timeout=3600,
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=False,
    task_default_queue=CPU,
    task_publish_retry_policy={"max_retries": 2, "interval_start": 0, "interval_max": 0.5},
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    worker_soft_shutdown_timeout=10,
    # A fresh process a task: forked children must never inherit a torch that was already used.
    worker_max_tasks_per_child=1,
    beat_schedule={
        "sweep": {
            "task": "crest.sweep",
            "schedule": settings.SWEEP_SECONDS,
            "options": {"queue": CPU, "expires": settings.SWEEP_SECONDS},
        },
        "sweep-jobs": {
            "task": "crest.sweep-jobs",
            "schedule": settings.SWEEP_SECONDS,
            "options": {"queue": SITE, "expires": settings.SWEEP_SECONDS},
        },
        "deliver": {
            "task": "crest.deliver",
            "schedule": settings.SWEEP_SECONDS,
            "options": {"queue": SITE, "expires": settings.SWEEP_SECONDS},
        },
        "drive": {
            "task": "crest.drive",
            "schedule": settings.SWEEP_SECONDS,
            "options": {"queue": SITE, "expires": settings.SWEEP_SECONDS},
        },
        "renew-reports": {
            "task": "crest.renew-reports",
            "schedule": 300,
            "options": {"queue": SITE, "expires": 300},
        },
        "sweep-webhooks": {
            "task": "crest.sweep-webhooks",
            "schedule": 3600,
            "options": {"queue": SITE, "expires": 3600},
        },
    },
)


def waiting(name: str) -> int:
    """How many messages of a queue nobody has taken yet."""
    with app.connection_for_read() as connection:
        channel: Any = connection.channel()  # its type knows no queues
        try:
            declared = channel.queue_declare(name, passive=True)
        except connection.channel_errors:  # a queue that is empty does not exist
            return 0
        return int(declared.message_count)
