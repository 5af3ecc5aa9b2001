"""The site's tasks. Each looks at the database and does what it finds to do."""

import logging

from annotation_site.common import idempotency
from annotation_site.jobs import services
from annotation_site.jobs.heartbeat import Heartbeat
from annotation_site.jobs.refusals import NotToBeTaken
from annotation_site.queue import app

log = logging.getLogger(__name__)


@app.task(name=services.TASK)
def job(*, job_id: int, **_: object) -> None:
    """Do a job, unless somebody else does it already."""
    try:
        services.perform(job_id, held=Heartbeat)
    except NotToBeTaken:
        log.info("job %s is not to be taken", job_id)


@app.task(name="crest.sweep-jobs")
def sweep(**_: object) -> None:
    """Put right what lost messages and killed workers left, and forget what was kept for a day."""
    services.sweep()
    idempotency.sweep()
