"""What a page that watches a run is sent, as it happens: server-sent events fed by Postgres.

One connection per process listens, however many pages watch. A notification carries a run's
number only; each page's stream then looks at the row and sends what its page has not seen yet. So
a notification that is lost or doubled, and a page that reads slowly, do no harm.
"""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Self

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection

from annotation_site.runs.bell import CHANNEL
from annotation_site.runs.models import FINAL, Metric, Run
from annotation_site.runs.serializers import RunOut

LISTENER: Final = "crest events"
"""What Postgres calls the connection that listens (`pg_stat_activity.application_name`)."""
PING_SECONDS: Final = 15.0
RECONNECT_SECONDS: Final = 1.0
METRICS_AT_ONCE: Final = 1000

log = logging.getLogger(__name__)


class Hub:
    """Wakes the streams of a run when Postgres says that the run has changed."""

    def __init__(self) -> None:
        self._watchers: defaultdict[int, set[asyncio.Event]] = defaultdict(set)
        self._listener: asyncio.Task[None] | None = None

    @property
    def is_idle(self) -> bool:
        return self._listener is None

    @contextmanager
    def watching(self, run_id: int) -> Iterator[asyncio.Event]:
        """An event that is set at each change, from the moment the listener is there."""
        changed = asyncio.Event()
        self._watchers[run_id].add(changed)
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())
        try:
            yield changed
        finally:
            self._leave(run_id, changed)

    def _leave(self, run_id: int, changed: asyncio.Event) -> None:
        self._watchers[run_id].discard(changed)
        if not self._watchers[run_id]:
            del self._watchers[run_id]
        if not self._watchers and self._listener is not None:
            self._listener.cancel()
            self._listener = None

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except psycopg.Error:
                log.warning("the connection that listens for runs broke", exc_info=True)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _hear(self) -> None:
        async with await _connect() as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self._wake(list(self._watchers))  # for whatever happened while nobody listened
            async for notice in listening.notifies():
                self._wake([json.loads(notice.payload)["run"]])

    def _wake(self, run_ids: Iterable[int]) -> None:
        for run_id in run_ids:
            for changed in self._watchers.get(run_id, ()):
                changed.set()


async def _connect() -> psycopg.AsyncConnection[Any]:
    """A connection of the event loop's own: Django's belong to threads."""
    there = connection.settings_dict
    return await psycopg.AsyncConnection.connect(
        dbname=there["NAME"],
        user=there["USER"],
        password=there["PASSWORD"],
        host=there["HOST"],
        port=there["PORT"],
        application_name=LISTENER,
        autocommit=True,
    )


hub: Final = Hub()


class Stream:
    """The events of a run until it is over. `after` is the last metric the page has seen.

    A response closes what it streams from another thread, when its page has gone. Without that,
    a stream that was not waiting just then would watch until the garbage collector came by.
    """

    def __init__(self, run_id: int, *, after: int = 0, ping_seconds: float = PING_SECONDS) -> None:
        self._events = _events(run_id, after, ping_seconds)
        self._loop: asyncio.AbstractEventLoop | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        self._loop = asyncio.get_running_loop()
        return await anext(self._events)

    def close(self) -> None:
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._events.aclose(), self._loop)


async def _events(run_id: int, after: int, ping_seconds: float) -> AsyncGenerator[str, None]:
    told: dict[str, Any] = {}
    with hub.watching(run_id) as changed:
        while True:
            changed.clear()
            run, metrics = await _look(run_id, after)
            final = run["state"] in FINAL
            if run != told and not final:
                told = run
                yield _event("run", run)
            while metrics:
                after = metrics[-1].pk
                yield _event("metric", [_point(metric) for metric in metrics], number=after)
                _, metrics = await _look(run_id, after)
            if final:
                yield _event("run", run)
                return
            try:
                await asyncio.wait_for(changed.wait(), ping_seconds)
            except TimeoutError:
                yield ": ping\n\n"


@sync_to_async(thread_sensitive=False)
def _look(run_id: int, after: int) -> tuple[dict[str, Any], list[Metric]]:
    """The run first: figures written before it ended are then among those read."""
    try:
        run = RunOut(Run.objects.select_related("requested_by").get(pk=run_id)).data
        new = Metric.objects.filter(run_id=run_id, pk__gt=after).order_by("pk")
        return dict(run), list(new[:METRICS_AT_ONCE])
    finally:
        # The thread waits for the next stream; the connection must not wait with it.
        connection.close()


def _point(metric: Metric) -> dict[str, Any]:
    return {"name": metric.name, "step": metric.step, "value": metric.value}


def _event(name: str, data: Any, *, number: int | None = None) -> str:
    numbered = f"id: {number}\n" if number is not None else ""
    return f"{numbered}event: {name}\ndata: {json.dumps(data)}\n\n"
