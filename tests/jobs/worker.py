"""The site's worker, with the tests' kind of job: `celery -A tests.jobs.worker`."""

from annotation_site.worker import app
from tests.jobs import counting

__all__ = ["app", "counting"]
