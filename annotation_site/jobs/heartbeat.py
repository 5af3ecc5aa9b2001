"""What holds a job while its handler works: a thread that renews the lease and tells the progress.

It has a connection of its own, so a handler may keep one transaction open for as long as it likes.
"""

import json
import logging
import threading
from typing import Final, Self

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from annotation_site.jobs.work import Work

TELL_SECONDS: Final = 0.5

# A checkpoint in an open transaction locks the row: then this beat is passed over. Should the
# lease run out meanwhile, whoever takes the job waits for that transaction and goes on from there.
_RENEW: Final = """
UPDATE jobs_job SET lease_until = clock_timestamp() + make_interval(secs => %(seconds)s),
    progress = COALESCE(%(progress)s::jsonb, progress)
WHERE id = (SELECT id FROM jobs_job WHERE id = %(job)s FOR NO KEY UPDATE SKIP LOCKED)
    AND fence = %(fence)s AND state = 'running'
RETURNING cancel_requested
"""
_MINE: Final = """
SELECT cancel_requested FROM jobs_job
WHERE id = %(job)s AND fence = %(fence)s AND state = 'running'
"""

log = logging.getLogger(__name__)


class Heartbeat:
    """Holds the work's job until the body ends."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of {work.job}")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        quiet = 0.0
        try:
            while not self._done.wait(TELL_SECONDS):
                quiet += TELL_SECONDS
                if self._work.untold is not None or quiet >= settings.RUN_HEARTBEAT_SECONDS:
                    self._renew()
                    quiet = 0.0
        except Exception:
            self._work.lost = True  # without beats the lease runs out: the handler must stop too
            raise
        finally:
            connection.close()

    def _renew(self) -> None:
        work = self._work
        told = work.untold
        given = {
            "job": work.job.pk,
            "fence": work.job.fence,
            "seconds": settings.RUN_LEASE_SECONDS,
            "progress": None if told is None else json.dumps(told),
        }
        try:
            with connection.cursor() as cursor:
                cursor.execute(_RENEW, given)
                row = cursor.fetchone()
                if row is None:
                    cursor.execute(_MINE, given)
                    row = cursor.fetchone()
        except (OperationalError, InterfaceError):
            log.warning("could not write to %s; trying again", work.job, exc_info=True)
            connection.close()
            return
        if row is None:
            work.lost = True
            return
        work.cancelled = bool(row[0])
        if work.untold is told:
            work.untold = None
