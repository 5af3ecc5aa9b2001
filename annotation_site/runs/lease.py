"""The worker's side of a run: take it, hold it, write to it, end it.

Every write names the fence it was taken with and is refused once somebody else holds the run, so
a worker that was cut off and comes back can do no harm. Only Postgres's clock counts.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from annotation_site.accounts.models import Project
from annotation_site.common.clock import DatabaseNow, SecondsSince, seconds_from_now
from annotation_site.runs import bell, lifecycle
from annotation_site.runs.models import Artifact, Kind, Run, State
from annotation_site.runs.refusals import LostLease, NotToBeTaken


@transaction.atomic
def claim(*, run_id: int, owner: str) -> Run:
    """Take a run that waits, or whose worker is gone. The UPDATE's WHERE is the lock."""
    free = Run.objects.filter(
        Q(state=State.QUEUED) | lifecycle.expired(),
        pk=run_id,
        project__in=Project.objects.filter(archived_at=None),
        cancel_requested=False,
        attempt__lt=F("max_attempts"),
    )
    taken = free.exclude(kind=Kind.TURN).update(
        state=State.RUNNING,
        attempt=F("attempt") + 1,
        fence=F("fence") + 1,
        lease_owner=owner,
        lease_until=seconds_from_now(settings.RUN_LEASE_SECONDS),
        heartbeat_at=DatabaseNow(),
        started_at=Coalesce("started_at", DatabaseNow()),
    )
    if not taken:
        raise NotToBeTaken
    run = Run.objects.select_related("project", "snapshot").get(pk=run_id)
    bell.announce(run)
    return run


# One statement: a step of training must not wait for several. A crash of the database may forget
# the last half second of this (synchronous_commit), never what was published.
_RENEW: Final = """
WITH held AS (
    UPDATE runs_run
    SET lease_until = clock_timestamp() + make_interval(secs => %(seconds)s),
        worked_seconds = worked_seconds + extract(epoch FROM clock_timestamp() - heartbeat_at),
        heartbeat_at = clock_timestamp(),
        progress = COALESCE(%(progress)s::jsonb, progress),
        progress_at = CASE WHEN %(progress)s IS NULL THEN progress_at ELSE clock_timestamp() END
    WHERE id = %(run)s AND fence = %(fence)s AND state = 'running'
        AND lease_until > clock_timestamp()
    RETURNING id, turn_id, cancel_requested
), recorded AS (
    INSERT INTO runs_metric (run_id, name, step, value)
    SELECT held.id, given.name, %(step)s, given.value
    FROM held, unnest(%(names)s::text[], %(values)s::float8[]) AS given (name, value)
    ON CONFLICT (run_id, name, step) DO UPDATE SET value = EXCLUDED.value
)
SELECT
    cancel_requested,
    set_config('synchronous_commit', 'off', true),
    CASE WHEN %(news)s THEN pg_notify(%(channel)s, json_build_object('run', id)::text) END,
    CASE WHEN %(news)s AND turn_id IS NOT NULL
        THEN pg_notify(%(channel)s, json_build_object('run', turn_id)::text) END
FROM held
"""


def renew(
    *,
    run: Run,
    progress: Mapping[str, Any] | None = None,
    step: int = 0,
    metrics: Mapping[str, float] | None = None,
) -> bool:
    """Hold the run for another lease and write what there is to tell. Whether to cancel it.

    Raises `LostLease`: then the run is somebody else's, or nobody's, and nothing was written.
    """
    given = {
        "run": run.pk,
        "fence": run.fence,
        "seconds": settings.RUN_LEASE_SECONDS,
        "progress": None if progress is None else json.dumps(progress),
        "step": step,
        "names": list(metrics or ()),
        "values": list((metrics or {}).values()),
        "news": progress is not None or bool(metrics),
        "channel": bell.CHANNEL,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RENEW, given)
        row = cursor.fetchone()
    if row is None:
        raise LostLease
    return bool(row[0])


@transaction.atomic
def publish(
    *, run: Run, result: Mapping[str, Any], digest: str, files: Mapping[str, Mapping[str, Any]]
) -> None:
    """End the run well: its state, figures and files, and the next stage of its turn, at once.

    Raises `LostLease`. Publishing again what this worker has published is no error: a connection
    may break just as the commit is confirmed.
    """
    facts = {"result": result, "digest": digest, **_worked()}
    if lifecycle.end(run, State.SUCCEEDED, when=_mine(run), **facts):
        Artifact.objects.bulk_create(
            Artifact(run=run, name=name, sha256=file["sha256"], bytes=file["bytes"])
            for name, file in files.items()
        )
    elif not Run.objects.filter(pk=run.pk, fence=run.fence, state=State.SUCCEEDED).exists():
        raise LostLease


def fail(*, run: Run, code: str, detail: str) -> None:
    """End the run with a reason a person can act on, if it is still ours."""
    lifecycle.end(
        run, State.FAILED, when=_mine(run), error_code=code, error_detail=detail, **_worked()
    )


def cancelled(*, run: Run) -> None:
    """End the run as somebody wished, if it is still ours."""
    lifecycle.end(run, State.CANCELLED, when=_mine(run), **_worked())


@transaction.atomic
def give_back(*, run: Run) -> None:
    """Put the run back in the queue unharmed: the attempt does not count, for the worker stops."""
    ours = Run.objects.filter(_mine(run), pk=run.pk, cancel_requested=False)
    if ours.update(state=State.QUEUED, attempt=F("attempt") - 1, lease_until=None, **_worked()):
        bell.announce(run)
        bell.wake_worker(run)
    else:
        cancelled(run=run)


def worked(*, run: Run, seconds: float) -> None:
    """Count the time of a worker that assisted, also if the run is over meanwhile."""
    Run.objects.filter(pk=run.pk).update(worked_seconds=F("worked_seconds") + seconds)


def _worked() -> dict[str, Any]:
    """The seconds since the last heartbeat, which every renewal counts, and the end as well."""
    return {"worked_seconds": F("worked_seconds") + SecondsSince("heartbeat_at")}


def _mine(run: Run) -> Q:
    return Q(state=State.RUNNING, fence=run.fence)
