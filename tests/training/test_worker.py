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
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from annotation_site.common.embedded import Valkey
from annotation_site.runs import bell, parts
from annotation_site.runs.models import Kind, Run, State
from scorer import manifest
from tests.functional.platform import alive, descendants
from tests.runs.factories import RunFactory, snapshot_of, succeeded
from tests.training.world import COLOURS, Diary, World, sha, write_snapshot
from training import jsonl
from training.finetuning import FinetuneConfig, finetune
from training.retraining import RetrainConfig, retrain
from training.scoring import SCORES, ScoreConfig, score

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 120
STEPS = 80
KILLED_AFTER = 30
VIDEOS, TAKES = 24, 15
SCORING = {"batch": 1, "part": 2}
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


@pytest.fixture
def scoring(world: World) -> Run:
    """So much, in parts of two videos, that neither worker is done before the other is up."""
    shutil.copytree(world.media, settings.DATA.media, dirs_exist_ok=True)
    here = replace(world, media=settings.DATA.media)
    for number in range(len(COLOURS), VIDEOS):
        original = here.media_of(sha(number % len(COLOURS)))
        shutil.copytree(original.parent, here.media_of(sha(number)).parent, dirs_exist_ok=True)
    shutil.copytree(world.models, settings.DATA.models, dirs_exist_ok=True)
    taught = world.work("taught")
    retrain(taught, RetrainConfig(model="smolvlm", readout="likelihood", steps=5), Diary())
    snapshot = snapshot_of(write_snapshot(world.root / "many", videos=VIDEOS, takes=TAKES))
    scorer = RunFactory(kind=Kind.SCORER, snapshot=snapshot, state=State.SUCCEEDED, fence=1)
    shutil.copytree(taught.out, scorer.directory)
    scorer.digest = manifest.seal(scorer.directory, {"kind": "scorer", "run": scorer.pk})
    scorer.save()
    run = RunFactory(kind=Kind.SCORE, snapshot=snapshot, config=SCORING)
    run.parents.add(scorer)
    return run


@pytest.mark.parametrize(("who", "attempts"), [("assistant", 1), ("holder", 2)])
def test_two_workers_share_a_scoring_and_one_is_killed(  # noqa: PLR0917 - what pytest gives
    scoring: Run, start: Start, world: World, tmp_path: Path, who: str, attempts: int
) -> None:
    """Neither the one that assists nor the one that holds the run is missed."""
    alone = replace(
        world.work("alone", scorer=scoring.parents.get().directory),
        snapshot=scoring.snapshot.directory,
        media=settings.DATA.media,
    )
    told = score(alone, ScoreConfig(**SCORING), Diary())

    def held() -> set[str]:
        return {
            part.lease_owner for part in scoring.parts.filter(done=False, lease_until__isnull=False)
        }

    parts.divide(scoring, VIDEOS // 2)  # so that both load their models at the same time
    workers = [start("gpu", "--concurrency", "1") for _ in range(2)]
    bell.wake_worker(scoring)
    bell.call_for_help(scoring, 1)
    both = eventually(lambda: len(held()) == 2 and held(), "they never shared it")
    scoring.refresh_from_db()
    (assistant,) = both - {scoring.lease_owner}
    victim = _number(assistant if who == "assistant" else scoring.lease_owner)
    killed = next(one for one in workers if victim in descendants(one.pid))
    family = descendants(killed.pid)
    killed.kill()
    killed.wait()
    eventually(lambda: not any(map(alive, family)), "it outlived its worker")

    start("cpu", "--beat", "--schedule", str(tmp_path / "beat"))
    eventually(lambda: state_of(scoring) not in {State.QUEUED, State.RUNNING}, "it never ended")
    scoring.refresh_from_db()
    assert (scoring.state, scoring.error_detail) == (State.SUCCEEDED, "")
    assert scoring.attempt == attempts
    assert scoring.result == told
    scores = (scoring.directory / SCORES).read_bytes()
    assert scores == (alone.out / SCORES).read_bytes()
    captions = [line["caption"] for line in jsonl.read(scoring.directory / SCORES)]
    assert len(captions) == len(set(captions)) == 3 * VIDEOS * TAKES
    assert not scoring.parts.filter(done=False).exists()
    assert scoring.worked_seconds > 0


def _number(owner: str) -> int:
    """Of the process that a part's owner is."""
    return int(owner.rpartition(" ")[2])
