"""The only door from the worker to the database: a stage runs inside `recorded`.

It takes the run, holds it while the stage works, and writes down how it ended. Nothing here
trusts that this process is still the one that holds the run: every write names its fence.
"""

import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from annotation_site.common.acting import acting
from annotation_site.runs import lease, parts
from annotation_site.runs.models import Run
from annotation_site.runs.refusals import LostLease, NotToBeTaken
from scorer import manifest
from training.failures import explain
from training.journal import Cancelled, Endpoint, Journal, LeaseLost, Stopped, Workspace
from training.machine import machine
from training.taking import Taker
from training.versions import versions

TELL_SECONDS: Final = 0.5
"""Progress is written no more often than this; what is left goes with the next heartbeat."""
RETRY_SECONDS: Final = 0.5

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)


class LetGo(Stopped):
    """The worker is to stop, and gives the run back."""


@dataclass(kw_only=True)
class Record:
    """A run that is being done. Whoever does it sets `result`."""

    run: Run
    work: Workspace
    journal: Journal
    result: Mapping[str, Any] = field(default_factory=dict)


@contextmanager
def recorded(run_id: int, *, stopping: Callable[[], bool] = lambda: False) -> Iterator[Record]:
    """Take a run, and end it as the body ends: published, failed with a reason, or let go.

    Raises `NotToBeTaken` before the body, and again whatever the body raised, but for `Stopped`.
    `stopping` says whether this worker is to stop, between two steps.
    """
    since = time.monotonic()
    run = lease.claim(run_id=run_id, owner=_owner())
    log.info("attempt %s at %s begins", run.attempt, run)
    in_its_name = acting("run", reference=run.pk, by=run.requested_by_id)
    with in_its_name, suppress(LeaseLost), Hold(run, since=since, stopping=stopping) as hold:
        try:
            with Taker(run, owner=_owner()) as taker:
                shared = partial(taker.all, write=hold.write, check=hold.check)
                record = Record(run=run, work=_workspace(run, parts=shared), journal=hold)
                run.directory.mkdir()  # of this fence, which nobody had before
                yield record
            _publish(record, hold)
        except Cancelled:
            hold.write(partial(lease.cancelled, run=run))
        except LetGo:
            hold.write(partial(lease.give_back, run=run))
        except LeaseLost:
            log.warning("lost the lease of %s; another worker goes on with it", run)
        except Exception as error:
            code, detail = explain(error)
            hold.write(partial(lease.fail, run=run, code=code, detail=detail))
            raise


@contextmanager
def assisting(run_id: int, *, stopping: Callable[[], bool]) -> Iterator[Record]:
    """Do parts of a run that another worker holds. Raises `NotToBeTaken` if there are none."""
    run = Run.objects.select_related("project", "snapshot").get(pk=run_id)
    if not parts.are_free(run):
        raise NotToBeTaken
    since = time.monotonic()
    in_its_name = acting("run", reference=run.pk, by=run.requested_by_id)
    with in_its_name, suppress(Stopped), Taker(run, owner=_owner()) as taker:
        journal = Assistance(taker, stopping=stopping)
        try:
            yield Record(run=run, work=_workspace(run, parts=taker.some), journal=journal)
        finally:
            lease.worked(run=run, seconds=time.monotonic() - since)


def _owner() -> str:
    return f"{socket.gethostname()}, process {os.getpid()}"


class Assistance:
    """The journal of whoever assists: the run's progress is told by the worker that holds it."""

    def __init__(self, taker: Taker, *, stopping: Callable[[], bool]) -> None:
        self._taker = taker
        self._stopping = stopping

    def progress(self, done: int, total: int, message: str = "") -> None:  # noqa: ARG002
        self._taker.check()
        if self._stopping():
            raise LetGo

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        """Only a run as a whole has figures."""


class Hold:
    """A worker's hold on a run: renewed by a thread, felt by the stage whenever it reports.

    When Postgres is away, writes are tried again for as long as the lease lasts, unless the worker
    is to stop. This process's steady clock started before the database's did, so it is the first
    to see the end of a lease.
    """

    def __init__(self, run: Run, *, since: float, stopping: Callable[[], bool]) -> None:
        self._run = run
        self._until = since + settings.RUN_LEASE_SECONDS
        self._stopping = stopping
        self._untold: Mapping[str, Any] | None = None
        self._told_at = 0.0
        self._cancelled = False
        self._lost = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat of {run}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def progress(self, done: int, total: int, message: str = "") -> None:
        self.check()
        self._untold = {"done": done, "total": total, "message": message}
        if time.monotonic() > self._told_at + TELL_SECONDS:
            self._renew()
            self.check()

    def metrics(self, step: int, values: Mapping[str, float]) -> None:
        defined = {name: float(value) for name, value in values.items() if isfinite(value)}
        self._renew(step=step, metrics=defined)
        self.check()  # only now: a step that is in a checkpoint does not come again

    def check(self) -> None:
        """Raise the reason for which the stage must stop, if there is one."""
        self._check_lease()
        if self._cancelled:
            raise Cancelled
        if self._stopping():
            raise LetGo

    def write(self, act: Callable[[], Answer]) -> Answer:
        """Write to the run, again and again while Postgres is away and the lease lasts."""
        while True:
            self._check_lease()
            try:
                return act()
            except (OperationalError, InterfaceError):
                if self._stopping():
                    self._lost.set()
                log.warning("could not write to %s; trying again", self._run, exc_info=True)
                connection.close()
                self._lost.wait(RETRY_SECONDS)
            except LostLease:
                self._lost.set()

    def _check_lease(self) -> None:
        if self._lost.is_set() or time.monotonic() > self._until:
            raise LeaseLost

    def _renew(self, step: int = 0, metrics: Mapping[str, float] | None = None) -> None:
        asked = self._told_at = time.monotonic()
        progress, self._untold = self._untold, None
        renew = partial(lease.renew, run=self._run, progress=progress, step=step, metrics=metrics)
        self._cancelled = self.write(renew)
        self._until = max(self._until, asked + settings.RUN_LEASE_SECONDS)

    def _beat(self) -> None:
        """Without this the lease runs out, so a thread that breaks stops the stage as well."""
        try:
            while not self._done.wait(settings.RUN_HEARTBEAT_SECONDS):
                self._renew()
        except LeaseLost:
            self._lost.set()
        finally:
            connection.close()


def _workspace(run: Run, *, parts: Callable[[int], Iterable[int]]) -> Workspace:
    """The stage's directories, once everything that the run builds on was found unharmed."""
    parents = {parent.kind: parent for parent in run.parents.all()}
    _verify(run.snapshot.directory, run.snapshot.digest)
    for parent in parents.values():
        _verify(parent.directory, parent.digest)
    scratch = run.home / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    settings.DATA.models.mkdir(parents=True, exist_ok=True)
    return Workspace(
        snapshot=run.snapshot.directory,
        media=settings.DATA.media,
        models=settings.DATA.models,
        parents={kind: parent.directory for kind, parent in parents.items()},
        scratch=scratch,
        out=run.directory,
        servers={
            name: Endpoint(url, settings.CAPTION_SERVER_KEYS.get(name, ""))
            for name, url in settings.CAPTION_SERVERS.items()
        },
        parts=parts,
    )


def _verify(directory: Path, digest: str) -> None:
    manifest.verify(directory)
    if manifest.digest(directory) != digest:
        raise manifest.Tampered(f"{directory} is not the one that was recorded ({digest})")


def _publish(record: Record, hold: Hold) -> None:
    """Seal the files, then make them known: a run directory without its row means nothing."""
    run, out = record.run, record.work.out
    manifest.canonical(record.result)  # refuses what neither JSON nor Postgres can hold
    digest = manifest.seal(out, _about(run))
    files = dict(manifest.read(out)["files"])
    files[manifest.NAME] = {"sha256": digest, "bytes": (out / manifest.NAME).stat().st_size}
    hold.write(partial(lease.publish, run=run, result=record.result, digest=digest, files=files))
    log.info("%s succeeded", run)
    _remove_all_but(out)


def _about(run: Run) -> dict[str, Any]:
    return {
        "format": "crest.run/1",
        "kind": run.kind,
        "run": run.pk,
        "config": run.config,
        "snapshot": run.snapshot.digest,
        "parents": {parent.kind: parent.digest for parent in run.parents.all()},
        "code": versions(),
        "machine": machine(),
    }


def _remove_all_but(out: Path) -> None:
    """Checkpoints, and what attempts that did not end left behind."""
    for path in out.parent.iterdir():
        if path != out:
            shutil.rmtree(path, ignore_errors=True)
