"""The real worker, over the real broker, killed and asked to stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from annotation_site.accounts.models import Project
from annotation_site.common.embedded import Valkey
from annotation_site.jobs import services
from annotation_site.jobs.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_SECONDS = 60


@pytest.fixture
def worker(broker: Valkey, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on this test's database, with short leases, and the clock that sweeps."""
    there = connection.settings_dict
    environment = {
        **os.environ,
        "CREST_DATABASE_URL": f"postgresql://{there['USER']}@/{there['NAME']}?host={there['HOST']}",
        "CREST_DATA": str(settings.DATA.root),
        "CREST_BROKER_URL": broker.url(),
        "CREST_RUN_LEASE_SECONDS": "2",
        "CREST_RUN_HEARTBEAT_SECONDS": "1",
        "CREST_SWEEP_SECONDS": "1",
    }
    clock = ("--beat", "--schedule", str(tmp_path / "schedule"))
    queue = ("--queues", "site", "--concurrency", "2", *clock)
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.jobs.worker", "worker", *queue],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # the clock is a child that would outlive it
    process.wait()


def until(look: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not look():
        assert time.monotonic() < end, list(Job.objects.values())
        threading.Event().wait(0.05)


def ended(job: Job) -> bool:
    job.refresh_from_db()
    return job.ended_at is not None


@pytest.mark.usefixtures("worker")
def test_a_job_whose_worker_was_killed_goes_on_where_it_was_safe(project: Project) -> None:
    wish = {"to": 6, "die_at": 3}
    job = services.request(project=project, kind="counting", by=None, payload=wish)

    until(lambda: ended(job))

    assert (job.state, job.attempt) == (State.SUCCEEDED, 2)
    assert job.result == {"began_at": 3, "counted": 6}


@pytest.mark.usefixtures("worker")
def test_a_job_is_held_longer_than_its_lease_tells_its_progress_and_hears_cancel(
    project: Project,
) -> None:
    wish = {"to": 10_000, "pause": 0.01}
    job = services.request(project=project, kind="counting", by=None, payload=wish)

    def told(done: int) -> bool:
        job.refresh_from_db()
        return bool(job.progress.get("done", 0) >= done)

    until(lambda: told(300))  # three seconds: more than the lease
    services.cancel(job=job)
    until(lambda: ended(job))

    assert (job.state, job.attempt) == (State.CANCELLED, 1)


def test_a_worker_that_stops_gives_its_job_back(
    project: Project, worker: subprocess.Popen[bytes]
) -> None:
    wish = {"to": 10_000, "pause": 0.01}
    job = services.request(project=project, kind="counting", by=None, payload=wish)

    def safe() -> bool:
        job.refresh_from_db()
        return job.checkpoint.get("counted", 0) > 10

    until(safe)
    worker.terminate()
    assert worker.wait(PATIENCE_SECONDS) == 0

    job.refresh_from_db()
    assert (job.state, job.attempt) == (State.QUEUED, 0)
