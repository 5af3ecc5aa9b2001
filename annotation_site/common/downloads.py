"""Files that people take home: streamed, and never shown in the site's name."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.request import Request


def download(
    request: Request, chunks: Iterator[bytes], *, name: str, content_type: str
) -> StreamingHttpResponse:
    """Stream the chunks as an attachment. Under ASGI they are made beside the server's loop."""
    # The framework's request hides whether a server loop is behind it.
    under_asgi = isinstance(request._request, ASGIRequest)  # noqa: SLF001
    return StreamingHttpResponse(
        _beside_the_loop(chunks) if under_asgi else chunks,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},  # noqa: FBT003
    )


async def _beside_the_loop(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        yield chunk
