"""Two bells, both rung after the commit: one wakes a worker, the other the pages that watch.

Neither carries anything that matters. Whoever hears one looks at the row.
"""

import json
import logging
from functools import partial
from typing import Final

from django.db import connection, transaction

from annotation_site.queue import app, waiting
from annotation_site.runs.kinds import STAGES
from annotation_site.runs.models import Kind, Run

TASK: Final = "crest.run"
PART_TASK: Final = "crest.part"
MOST_CALLED: Final = 8
"""Workers that are asked to take part in a run. One that hears it late finds nothing to do."""

CHANNEL: Final = "crest_runs"

log = logging.getLogger(__name__)


def wake_worker(run: Run) -> None:
    """Send the run's number to its queue once the row is committed."""
    transaction.on_commit(partial(_send, TASK, run))


def call_for_help(run: Run, parts: int) -> None:
    """Ask others to take some of so many parts."""
    for _ in range(min(parts, MOST_CALLED)):
        transaction.on_commit(partial(_send, PART_TASK, run))


def _send(task: str, run: Run) -> None:
    """A broker that is away must not fail the request: the sweep rings again."""
    run_id, queue = run.pk, STAGES[Kind(run.kind)].queue
    try:
        app.send_task(task, kwargs={"run_id": run_id}, queue=queue)
    except Exception:
        log.warning("could not wake a worker for run %s; the sweep will", run_id, exc_info=True)


def is_silent(run: Run) -> bool:
    """Whether the run's queue is empty. Else the message that waits, or its own, will be heard."""
    try:
        return waiting(STAGES[Kind(run.kind)].queue) == 0
    except Exception:
        log.warning("the broker cannot be reached", exc_info=True)
        return False


def announce(run: Run) -> None:
    """Tell the pages that watch the run, or the turn it belongs to, to look at it again."""
    for run_id in filter(None, (run.pk, run.turn_id)):
        _notify(run_id)


def _notify(run_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps({"run": run_id})])
