"""How much anybody may send. Django stores a request before it asks whose it is; this is first."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from annotation_site.common.refusals import PROBLEM_TYPE

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

USUAL = 2 << 20
UPLOAD = (1 << 30) + (1 << 20)
UPLOADS = re.compile(r"/api/v1/projects/[^/]+/(videos|captions|imports|imports/preview)")

CHUNK = 16 << 20
CHUNKS = re.compile(r"/api/v1/projects/[^/]+/uploads/[^/]+")
"""Pieces of a file that comes by and by."""

PROBLEM = {"type": "body-too-large", "title": "The request is too large.", "status": 413}


class BodyLimit:
    """Wraps the application and refuses, or cuts off, whoever sends too much."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        limit = _limit(scope["path"])
        if _announced(scope) > limit:
            await _refuse(send)
        else:
            await self._application(scope, _counting(receive, limit), send)


def _limit(path: str) -> int:
    if UPLOADS.fullmatch(path):
        return UPLOAD
    return CHUNK if CHUNKS.fullmatch(path) else USUAL


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


def _counting(receive: Receive, limit: int) -> Receive:
    """Break the connection of a sender who did not announce how much would come."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return message if received <= limit else {"type": "http.disconnect"}

    return counted


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", PROBLEM_TYPE.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(PROBLEM).encode()})
