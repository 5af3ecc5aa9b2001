"""A handler's side of a job: tell how far it is, keep what is safe, stop when it must."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from annotation_site.common import stopping
from annotation_site.jobs.models import Job, State


class Interrupted(Exception):
    """The handler must stop here."""


class Cancelled(Interrupted):
    """Somebody has cancelled the job."""


class LostLease(Interrupted):
    """Another worker holds the job now: write nothing more."""


class LetGo(Interrupted):
    """The worker is to stop, and gives the job back unharmed."""


class Later(Interrupted):
    """Raised by a handler that wants to be called again after a while."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(after)
        self.after = after


class Work:
    """A job in a worker's hands. A heartbeat tells its progress and hears of its end."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.untold: Mapping[str, Any] | None = None
        self.cancelled = False
        self.lost = False

    def progress(self, *, done: int, total: int | None = None, note: str = "") -> None:
        """Tell how far the work is. Cheap: call it for each row. Raises an `Interrupted`."""
        self.untold = {"done": done, "total": total, "note": note}
        self.check()

    def check(self) -> None:
        """Raise the reason for which the handler must stop, if there is one."""
        if self.lost:
            raise LostLease
        if self.cancelled:
            raise Cancelled
        if stopping.wished():
            raise LetGo

    def checkpoint(self, safe: Mapping[str, Any]) -> None:
        """Keep how far the work is safe, in the caller's transaction: with its rows, or not at all.

        The next attempt finds it as `job.checkpoint`. Raises `LostLease`, and then the caller's
        transaction must not be committed.
        """
        ours = Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=State.RUNNING)
        if not ours.update(checkpoint=safe):
            self.lost = True
            raise LostLease
        self.job.checkpoint = dict(safe)
