"""A file, or the one range of it that was asked for (RFC 9110). The server's loop never waits."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

CHUNK = 1 << 18
ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class OutsideFile(Exception):
    """The range begins after the end."""


def ranged_response(
    request: HttpRequest, path: Path, *, content_type: str, etag: str
) -> HttpResponseBase:
    """Answer with the file, or with 206, 304 or 416. The file must never change under its ETag."""
    size = path.stat().st_size
    headers = {"ETag": etag, "Accept-Ranges": "bytes"}
    unconditional = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=etag, response=unconditional)
    if answer is not None and answer is not unconditional:
        return answer
    try:
        wanted = _wanted(request, size, etag)
    except OutsideFile:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    part = wanted or range(size)
    headers["Content-Length"] = str(len(part))
    if wanted is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    read = _read_async if isinstance(request, ASGIRequest) else _read
    return StreamingHttpResponse(
        read(path, part if request.method == "GET" else range(0)),
        status=206 if wanted is not None else 200,
        content_type=content_type,
        headers=headers,
    )


def _wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """Read the range that is asked for; None: the whole file, also if the header makes no sense."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or asked is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if first:
        start, stop = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < int(first):
            return None
    elif last:
        start, stop = max(0, size - int(last)), size
    else:
        return None
    if start >= stop:
        raise OutsideFile
    return range(start, stop)


def _read(path: Path, part: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        for start in range(part.start, part.stop, CHUNK):
            yield file.read(min(CHUNK, part.stop - start))


async def _read_async(path: Path, part: range) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        for start in range(part.start, part.stop, CHUNK):
            yield await asyncio.to_thread(file.read, min(CHUNK, part.stop - start))
