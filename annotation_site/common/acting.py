"""In whose name something is done: a request's, a job's, a run's or a command's.

The audit log asks here at the moment of a change. Nothing is asked of the database for it before.
"""

import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

HEADER: Final = "X-Request-ID"

Via = Literal["request", "job", "run", "command", "site"]
Handler = Callable[[HttpRequest], HttpResponseBase]
AsyncHandler = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """By which way a change comes in, which one of its kind that is, and whose wish it is."""

    via: Via
    reference: str = ""
    """The request's id, the job's or run's number, the command's name."""
    by: Callable[[], int | None] = lambda: None
    """Asked only when something is changed: a request is known before the person behind it."""


THE_SITE: Final = Acting(via="site")
"""Where nobody said otherwise: sweeps, and whatever the site does by itself."""

_acting: ContextVar[Acting] = ContextVar("acting", default=THE_SITE)


def now_acting() -> Acting:
    return _acting.get()


@contextmanager
def acting(via: Via, *, reference: object, by: int | None = None) -> Iterator[None]:
    """Do what is inside in this name. `by` is a person's number; None: nobody's wish."""
    with _as(Acting(via=via, reference=str(reference), by=lambda: by)):
        yield


@contextmanager
def _as(who: Acting) -> Iterator[None]:
    before = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(before)


@sync_and_async_middleware
def middleware(answer: Any) -> Any:
    """Give each request an id, which its answer tells in `X-Request-ID`, and act in its name."""
    if iscoroutinefunction(answer):
        return _asynchronous(answer)
    return _synchronous(answer)


def _synchronous(answer: Handler) -> Handler:
    def answered(request: HttpRequest) -> HttpResponseBase:
        who = _behind(request)
        with _as(who):
            return _labelled(answer(request), who)

    return answered


def _asynchronous(answer: AsyncHandler) -> AsyncHandler:
    async def answered(request: HttpRequest) -> HttpResponseBase:
        who = _behind(request)
        with _as(who):
            return _labelled(await answer(request), who)

    return answered


def _behind(request: HttpRequest) -> Acting:
    # The framework writes whom a token belongs to into the request, too.
    return Acting(via="request", reference=uuid.uuid4().hex, by=lambda: request.user.pk)


def _labelled(response: HttpResponseBase, who: Acting) -> HttpResponseBase:
    response.headers[HEADER] = who.reference
    return response
