"""How a worker takes parts of a run: one at a time, and held by a thread while it is done.

A part whose worker is gone is free again when its lease is over. That somebody else then does it
once more changes nothing: parts are the same whoever does them.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Final, Self

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from annotation_site.runs import bell, parts
from annotation_site.runs.models import Part, Run
from annotation_site.runs.refusals import LostLease
from training.journal import LeaseLost

WAIT_SECONDS: Final = 0.5
"""Between two looks whether the others are done."""

log = logging.getLogger(__name__)


class Taker:
    """One worker, the part that it holds, and the thread that renews it."""

    def __init__(self, run: Run, *, owner: str) -> None:
        self._run = run
        self._owner = owner
        self._held: Part | None = None
        self._lost = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"parts of {run}", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._held is not None:
            self._give_back(self._held)

    def some(self, _total: int) -> Iterator[int]:
        """Parts to do until none is free: for whoever assists."""
        while (part := parts.claim(run=self._run, owner=self._owner)) is not None:
            yield from self._do(part)
            parts.finish(part)

    def all(
        self,
        total: int,
        *,
        write: Callable[[Callable[[], object]], object],
        check: Callable[[], None],
    ) -> Iterator[int]:
        """Parts to do until all are done by somebody: for whoever holds the run.

        `write` tries again while Postgres is away; `check` raises the reason to stop.
        """
        write(partial(parts.divide, self._run, total))
        bell.call_for_help(self._run, total - 1)
        while not write(partial(parts.are_done, self._run)):
            part = write(partial(parts.claim, run=self._run, owner=self._owner))
            if isinstance(part, Part):
                yield from self._do(part)
                write(partial(parts.finish, part))
            else:
                check()
                self._done.wait(WAIT_SECONDS)

    def check(self) -> None:
        """Raise if the part that is being done is no longer held."""
        if self._lost.is_set():
            raise LeaseLost

    def _do(self, part: Part) -> Iterator[int]:
        self._held = part
        if not self._thread.is_alive():
            self._thread.start()
        yield part.number
        self._held = None

    def _beat(self) -> None:
        try:
            while not self._done.wait(settings.RUN_HEARTBEAT_SECONDS):
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        """A part that is lost is no harm to whoever holds the run, and ends whoever assists."""
        part = self._held
        try:
            if part is not None:
                parts.renew(part)
        except LostLease:
            if part is self._held:
                self._lost.set()
        except (OperationalError, InterfaceError):
            log.warning("could not renew %s; trying again", part, exc_info=True)
            connection.close()

    def _give_back(self, part: Part) -> None:
        try:
            parts.let_go(part)
        except (OperationalError, InterfaceError):
            log.warning("could not give %s back; its lease will end", part, exc_info=True)
