"""A job's life: requested, taken, done, ended, cancelled, and put right by the sweep."""

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import Project, User
from annotation_site.common.acting import acting
from annotation_site.common.clock import DatabaseNow, seconds_from_now
from annotation_site.common.refusals import Refusal
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.refusals import JobEnded, NotToBeTaken
from annotation_site.jobs.registry import check_kind, handler_of, runs_in_archived
from annotation_site.jobs.signals import job_ended
from annotation_site.jobs.work import Cancelled, Interrupted, Later, LetGo, LostLease, Work
from annotation_site.queue import SITE, app, waiting

TASK: Final = "crest.job"
UNHEARD_SECONDS: Final = 30
"""A job that nobody has taken for so long may not have been heard of."""

log = logging.getLogger(__name__)

Held = Callable[[Work], AbstractContextManager[object]]


def request(
    *,
    project: Project,
    kind: str,
    by: User | None,
    payload: Mapping[str, Any] | None = None,
    key: str = "",
    after: timedelta = timedelta(0),
) -> Job:
    """Write the wish down and nudge a worker after the commit.

    While a job with this key is active, whoever asks is given that one.
    """
    check_kind(kind)
    wish = {"project": project, "kind": kind, "key": key}
    facts = {
        "payload": dict(payload or {}),
        "by": by,
        "created_at": DatabaseNow(),
        "due_at": seconds_from_now(after.total_seconds()),
    }
    if not key:
        job, new = Job.objects.create(**wish, **facts), True
    else:
        job, new = Job.objects.get_or_create(**wish, ended_at=None, defaults=facts)
    if new:
        job.refresh_from_db()
        _nudge(job, after)
    return job


def _nudge(job: Job, after: timedelta = timedelta(0)) -> None:
    transaction.on_commit(partial(_send, job.pk, after.total_seconds()))


def _send(job_id: int, countdown: float) -> None:
    """A broker that is away must not fail the request: the sweep sends again."""
    try:
        app.send_task(TASK, kwargs={"job_id": job_id}, queue=SITE, countdown=countdown or None)
    except Exception:
        log.warning("could not nudge a worker for job %s; the sweep will", job_id, exc_info=True)


def perform(job_id: int, *, held: Held = nullcontext) -> Job:
    """Do a job that is due. `held` keeps its lease while the handler works.

    Raises `NotToBeTaken`, and what the handler raised if that was neither a refusal nor an
    interruption: it is a bug, the job fails, and the worker's log has it.
    """
    work = Work(_take(job_id))
    with acting("job", reference=job_id, by=work.job.by_id):
        _do(work, held)
    work.job.refresh_from_db()
    return work.job


def _do(work: Work, held: Held) -> None:
    try:
        if not runs_in_archived(work.job.kind):
            refuse_if_archived(work.job.project)
        with held(work):
            result = handler_of(work.job.kind)(work)
        _end(work, State.SUCCEEDED, result=result)
    except Interrupted as interruption:
        _interrupt(work, interruption)
    except Refusal as refusal:
        problem = {"type": refusal.code, "title": refusal.message, **refusal.facts}
        _end(work, State.FAILED, problem=problem)
    except Exception:
        title = "Something broke on our side; it has been logged."
        _end(work, State.FAILED, problem={"type": "server-error", "title": title})
        raise


def _take(job_id: int) -> Job:
    """Take a job that waits, or whose worker is gone. The UPDATE's WHERE is the lock."""
    free = Job.objects.filter(
        Q(state=State.QUEUED, due_at__lte=DatabaseNow()) | _expired(),
        pk=job_id,
        cancel_requested=False,
        attempt__lt=F("max_attempts"),
    )
    taken = free.update(
        state=State.RUNNING,
        attempt=F("attempt") + 1,
        fence=F("fence") + 1,
        lease_until=seconds_from_now(settings.RUN_LEASE_SECONDS),
        started_at=Coalesce("started_at", DatabaseNow()),
    )
    if not taken:
        raise NotToBeTaken
    return Job.objects.select_related("project", "by").get(pk=job_id)


def _expired() -> Q:
    return Q(state=State.RUNNING, lease_until__lt=DatabaseNow())


def _interrupt(work: Work, interruption: Interrupted) -> None:
    match interruption:
        case Cancelled():
            _end(work, State.CANCELLED)
        case LostLease():
            log.warning("lost the lease of %s; another worker goes on with it", work.job)
        case LetGo():
            _put_back(_mine(work), work.job, attempt=F("attempt") - 1)
        case Later(after=after):
            _put_back(_mine(work), work.job, after=after)


def _mine(work: Work) -> Q:
    return Q(state=State.RUNNING, fence=work.job.fence)


def _end(work: Work, state: State, **facts: Any) -> None:
    if work.untold is not None:
        facts["progress"] = work.untold
    _end_when(_mine(work), work.job, state, **facts)


@transaction.atomic
def _end_when(still: Q, job: Job, state: State, **facts: Any) -> bool:
    """End the job and tell whoever listens, if it is still so; else do nothing."""
    ended = Job.objects.filter(still, pk=job.pk).update(
        state=state, ended_at=DatabaseNow(), lease_until=None, **facts
    )
    if ended:
        job.refresh_from_db()
        job_ended.send(sender=Job, job=job)
    return bool(ended)


@transaction.atomic
def _put_back(still: Q, job: Job, *, after: timedelta = timedelta(0), **facts: Any) -> None:
    waits = {"lease_until": None, "due_at": seconds_from_now(after.total_seconds()), **facts}
    if Job.objects.filter(still, pk=job.pk).update(state=State.QUEUED, **waits):
        _nudge(job, after)


def cancel(*, job: Job) -> Job:
    """Cancel a job that waits; ask the handler of one that runs to stop. Raises `JobEnded`."""
    if not _end_when(Q(state=State.QUEUED), job, State.CANCELLED):
        asked = Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_requested=True)
        if not asked:
            raise JobEnded
    job.refresh_from_db()
    return job


def sweep() -> None:
    """Put right what lost messages and killed workers left. Two at a time do no harm."""
    for job in Job.objects.filter(_expired()):
        _recover(job)
    unheard = Job.objects.filter(state=State.QUEUED, due_at__lt=seconds_from_now(-UNHEARD_SECONDS))
    if unheard and _is_silent():
        for job in unheard:
            _send(job.pk, 0)


def _is_silent() -> bool:
    """Whether the queue is empty. Else the messages that wait will be heard first."""
    try:
        return waiting(SITE) == 0
    except Exception:
        log.warning("the broker cannot be reached", exc_info=True)
        return False


def _recover(job: Job) -> None:
    still = _expired() & Q(fence=job.fence)
    if job.cancel_requested:
        _end_when(still, job, State.CANCELLED)
    elif job.attempt >= job.max_attempts:
        title = (
            f"Its worker went away without a word in each of {job.attempt} attempts: look at the "
            "worker's log and at the machine's memory, then ask again."
        )
        _end_when(still, job, State.FAILED, problem={"type": "worker-lost", "title": title})
    else:
        _put_back(still, job)
