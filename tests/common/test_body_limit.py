import asyncio
import json

import pytest

from annotation_site.common import body_limit
from annotation_site.common.body_limit import UPLOAD, USUAL, BodyLimit


async def gather(_scope, receive, send):
    """An application that reads all and says how much it was, or that it was cut off."""
    read, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        read += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "read", "bytes": read})


def send_to(path: str, *chunks: int, announce: int | None = None) -> list[dict[str, object]]:
    headers = [] if announce is None else [(b"content-length", str(announce).encode())]
    left = list(chunks)
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"x" * left.pop(0), "more_body": bool(left)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": headers}
    asyncio.run(BodyLimit(gather)(scope, receive, send))
    return sent


class TestBodyLimit:
    def test_lets_pass_what_is_usual(self):
        assert send_to("/api/v1/session", 100, 200, announce=300) == [
            {"type": "read", "bytes": 300}
        ]

    def test_refuses_before_anything_is_read(self):
        start, body = send_to("/api/v1/session", announce=USUAL + 1)

        assert start["status"] == 413
        assert (b"content-type", b"application/problem+json") in start["headers"]
        assert json.loads(body["body"])["type"] == "body-too-large"

    def test_cuts_off_who_announces_nothing(self):
        assert send_to("/api/v1/session", USUAL, 1) == []

    def test_cuts_off_who_lies(self):
        assert send_to("/api/v1/session", USUAL, 1, announce=10) == []

    @pytest.mark.parametrize("what", ["videos", "captions"])
    def test_takes_more_where_files_come_in(self, what, monkeypatch):
        monkeypatch.setattr(body_limit, "USUAL", 10)

        (answer,) = send_to(f"/api/v1/projects/pilot/{what}", 500, announce=500)
        assert answer == {"type": "read", "bytes": 500}
        assert send_to(f"/api/v1/projects/pilot/{what}", announce=UPLOAD + 1)[0]["status"] == 413
        assert send_to(f"/api/v1/projects/a/b/{what}", announce=11)[0]["status"] == 413
