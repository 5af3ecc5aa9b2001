"""Real workers on a real broker: killed, stopped, and what becomes of the run they held."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from annotation_site.common.embedded import Valkey
from annotation_site.runs import bell
from annotation_site.runs.models import Kind, Run, State
from scorer import manifest
from tests.functional.platform import alive, descendants
from tests.runs.factories import RunFactory, snapshot_of, succeeded
from tests.training.world import World
from training import jsonl
from training.finetuning import FinetuneConfig, finetune

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 120
STEPS = 80
KILLED_AFTER = 30
CONFIG = {"model": "smolvlm", "steps": STEPS, "lora_rank": 4}


def eventually(look: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < end, what
        threading.Event().wait(0.02)
    return found


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(broker: Valkey, tmp_path: Path) -> Iterator[Start]:
    """`start("gpu")` is a worker for that queue, on this test's database, with short leases."""
    there = connection.settings_dict
    environment = {
        **os.environ,
        "CREST_DATABASE_URL": f"postgresql://{there['USER']}@/{there['NAME']}?host={there['HOST']}",
        "CREST_DATA": str(settings.DATA.root),
        "CREST_BROKER_URL": broker.url(),
        "CREST_RUN_LEASE_SECONDS": "3",
        "CREST_RUN_HEARTBEAT_SECONDS": "1",
        "CREST_SWEEP_SECONDS": "1",
        "CREST_TORCH_THREADS": "1",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start_one(queues: str, *options: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        worker = ["-m", "celery", "-A", "training.worker", "worker", "--queues", queues]
        name = ("--hostname", f"{len(started)}@%h", "--concurrency", "2")
        with log:
            process = subprocess.Popen(
                [sys.executable, *worker, *name, *options],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start_one
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the clock is a child that would outlive it
        process.wait()


@pytest.fixture
def run(world: World) -> Run:
    """A fine-tuning of a tiny model on six captions, that waits."""
    shutil.copytree(world.media, settings.DATA.media, dirs_exist_ok=True)
    shutil.copytree(world.models, settings.DATA.models, dirs_exist_ok=True)
    snapshot = snapshot_of(world.snapshot)
    captions = jsonl.read(world.snapshot / "captions.jsonl")
    lines = [manifest.canonical(line) for line in captions if line["captioner"] == "careful"][:6]
    select = succeeded(Kind.SELECT, snapshot, {"selection.jsonl": "\n".join([*lines, ""])})
    run = RunFactory(kind=Kind.FINETUNE, snapshot=snapshot, config=CONFIG)
    run.parents.add(select)
    return run


@pytest.fixture
def undisturbed(world: World, run: Run) -> dict[str, Any]:
    """What the same stage answers when nobody kills it."""
    parent = run.parents.get()

    class Silent:
        def progress(self, *_: object) -> None: ...
        def metrics(self, *_: object) -> None: ...

    work = world.work("undisturbed", select=parent.directory)
    return finetune(work, FinetuneConfig(**CONFIG), Silent())


def learnt(run: Run) -> int:
    return run.metrics.filter(name="loss").count()


def state_of(run: Run) -> str:
    return Run.objects.values_list("state", flat=True).get(pk=run.pk)


def test_a_killed_worker_loses_nothing(
    run: Run, start: Start, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    first = start("gpu")
    bell.wake_worker(run)
    eventually(lambda: learnt(run) >= KILLED_AFTER, "the first worker never trained")

    family = descendants(first.pid)
    first.kill()
    first.wait()
    eventually(lambda: not any(map(alive, family)), "the stage outlived its worker")
    before = learnt(run)
    assert state_of(run) == State.RUNNING
    assert before < STEPS

    start("gpu,cpu", "--beat", "--schedule", str(tmp_path / "beat"))
    eventually(lambda: state_of(run) != State.RUNNING, "nobody noticed")
    eventually(lambda: state_of(run) not in {State.QUEUED, State.RUNNING}, "it never ended")

    run.refresh_from_db()
    assert (run.state, run.attempt, run.error_detail) == (State.SUCCEEDED, 2, "")
    assert run.result == undisturbed
    assert list(run.metrics.order_by("step").values_list("step", flat=True)) == [
        *range(1, STEPS + 1)
    ]
    manifest.verify(run.directory)
    eventually(lambda: not (run.home / "scratch").exists(), "checkpoints were left")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGQUIT])
def test_a_worker_that_is_asked_to_stop_gives_its_run_back(
    run: Run, start: Start, how: signal.Signals
) -> None:
    worker = start("gpu")
    bell.wake_worker(run)
    eventually(lambda: learnt(run) >= 1, "the worker never trained")

    worker.send_signal(how)

    worker.wait(SECONDS)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.fence) == (State.QUEUED, 0, 1)
    assert (run.home / "scratch").is_dir()


def test_a_run_that_is_cancelled_frees_its_worker(run: Run, start: Start) -> None:
    start("gpu")
    bell.wake_worker(run)
    eventually(lambda: learnt(run) >= 1, "the worker never trained")

    Run.objects.filter(pk=run.pk).update(cancel_requested=True)

    eventually(lambda: state_of(run) == State.CANCELLED, "it went on")
    assert learnt(run) < STEPS
