"""A kind of job for tests: it counts, and keeps each number safe."""

import os
import signal
import time
from datetime import timedelta
from typing import Any

from annotation_site.common.refusals import Invalid
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Later, Work


class Uncountable(Invalid):
    """There is no counting that."""


@handler("counting")
def count(work: Work) -> dict[str, Any]:
    """Count to `to`; on the way do what the payload says."""
    wish = work.job.payload
    began = work.job.checkpoint.get("counted", 0)
    for number in range(began + 1, wish.get("to", 3) + 1):
        if number == wish.get("refuse_at"):
            raise Uncountable("Line 2 is no number.", line=number)
        if number == wish.get("break_at"):
            raise ZeroDivisionError
        if number == wish.get("wait_at") and work.job.attempt == 1:
            raise Later(timedelta(minutes=5))
        work.checkpoint({"counted": number})
        work.progress(done=number, total=wish.get("to", 3))
        if number == wish.get("die_at") and work.job.attempt == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(wish.get("pause", 0))
    return {"began_at": began, "counted": wish.get("to", 3)}
