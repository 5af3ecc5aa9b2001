"""What `celery -A annotation_site.worker worker` loads: the site's own work, and no torch."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
django.setup()

from annotation_site.common import manners  # noqa: E402 - Django first
from annotation_site.jobs import tasks  # noqa: E402
from annotation_site.loop import tasks as loop_tasks  # noqa: E402
from annotation_site.quality import tasks as quality_tasks  # noqa: E402
from annotation_site.queue import app  # noqa: E402
from annotation_site.webhooks import tasks as webhook_tasks  # noqa: E402

__all__ = ["app", "loop_tasks", "manners", "quality_tasks", "tasks", "webhook_tasks"]
