"""What `celery -A training.worker worker` loads: Django, the tasks, and the worker's manners.

Nothing here may import torch: forked children hang when their parent has used it. Celery itself
has the kernel kill the children of a worker that was killed.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotation_site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first

from annotation_site.common import manners  # noqa: E402
from annotation_site.queue import app  # noqa: E402
from training import tasks  # noqa: E402

__all__ = ["app", "manners", "tasks"]

if settings.TORCH_THREADS:
    # Torch and numpy read it when they are loaded, which only a task does.
    os.environ["OMP_NUM_THREADS"] = str(settings.TORCH_THREADS)
