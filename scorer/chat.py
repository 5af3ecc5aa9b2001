"""A server that speaks OpenAI's chat protocol, as vLLM, SGLang and others do.

It is given frames, not files: they are sampled here, by time, and sent without loss. A server that
is busy is asked again after the while it names, or after longer and longer ones.
"""

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx  # noqa: TID251 - it asks the server that its user started
import numpy as np
from httpx_retries import Retry, RetryTransport
from PIL import Image

from scorer.frames import Clip
from scorer.text import storable

RETRIES: Final = 5
SECONDS: Final = 600.0
"""A first request waits for the vision tower, and for those before it."""

BUSY: Final = frozenset({408, 429, 500, 502, 503, 504})
WRONG: Final = frozenset({400, 413, 422})
"""This request will never do; another may."""


class ServerRefused(Exception):
    """The server cannot be reached, or does not take what it is asked."""


class RequestRefused(ServerRefused):
    """The server does not take this request: too long for it, or not in a form it knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where a model is served, and as what."""

    url: str
    """Up to and with `/v1`."""

    model: str
    """The name that the server knows the model by."""

    key: str = ""
    at_once: int = 16
    """Requests that wait at the same time; the server makes batches of them."""


class Chat:
    """A client of one server. May be asked by several threads at once; to be closed in the end."""

    def __init__(self, server: Server) -> None:
        self.server = server
        retry = Retry(
            total=RETRIES, backoff_factor=1.0, allowed_methods=["POST"], status_forcelist=BUSY
        )
        self._client = httpx.Client(
            base_url=server.url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {server.key}"} if server.key else {},
            timeout=SECONDS,
            transport=RetryTransport(retry=retry),
        )

    def close(self) -> None:
        self._client.close()

    def ask(self, body: Mapping[str, Any]) -> Any:
        """What the server completes. Raises `ServerRefused`, or of it `RequestRefused`."""
        try:
            said = self._client.post("chat/completions", json={"model": self.server.model, **body})
        except httpx.TransportError as error:
            raise ServerRefused(f"{self.server.url}: {error}") from error
        if not said.is_success:
            refused = RequestRefused if said.status_code in WRONG else ServerRefused
            raise refused(f"{self.server.url}: {said.status_code} {storable(said.text[:200])}")
        return said.json()


def media(clip: Clip, *, as_video: bool) -> list[dict[str, Any]]:
    """The parts of a message that show a clip: one video of single frames, or its frames."""
    pictures = [_png(frame) for frame in clip.pixels]
    if not as_video:
        urls = [f"data:image/png;base64,{picture}" for picture in pictures]
        return [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    # Frames one by one are called so, whatever the format of each.
    url = f"data:video/jpeg;base64,{','.join(pictures)}"
    return [{"type": "video_url", "video_url": {"url": url}}]


def _png(frame: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(frame).save(file, format="PNG", compress_level=1)
    return base64.b64encode(file.getvalue()).decode("ascii")
