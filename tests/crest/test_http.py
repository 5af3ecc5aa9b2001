"""How the client asks, against servers that do what servers do: fail, refuse, break off."""

import hashlib
import json
from collections.abc import Callable

import httpx
import pytest

from crest import Client, Refused, Unreachable
from crest.http import Http

CONTENT = bytes(range(256)) * 40
DIGEST = hashlib.sha256(CONTENT).hexdigest()
PROBLEM = {"type": "archived", "title": "It is closed.", "status": 409, "since": "May"}


def speaking(answer: Callable[[httpx.Request], httpx.Response]) -> Http:
    return Http("http://site", "secret", transport=httpx.MockTransport(answer))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("httpx_retries.retry.Retry.backoff_strategy", lambda _: 0.0)


class Flaky:
    """Fails so often, then answers."""

    def __init__(self, failures: list[Exception | int]) -> None:
        self.failures = failures
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        failure = self.failures.pop(0) if self.failures else 200
        if isinstance(failure, Exception):
            raise failure
        return httpx.Response(failure, json={"ok": True})


class TestCall:
    def test_sends_the_token(self):
        server = Flaky([])
        assert speaking(server).call("GET", "session") == {"ok": True}
        (request,) = server.asked
        assert request.headers["Authorization"] == "Bearer secret"
        assert str(request.url) == "http://site/api/v1/session"

    def test_tries_again_with_the_same_key_so_that_nothing_is_done_twice(self):
        server = Flaky([httpx.ReadError("gone"), 503])
        assert speaking(server).call("POST", "runs", body={"kind": "turn"}) == {"ok": True}
        keys = {request.headers["Idempotency-Key"] for request in server.asked}
        assert (len(server.asked), len(keys)) == (3, 1)

    def test_gives_up_where_nobody_answers(self):
        server = Flaky([httpx.ConnectError("refused")] * 99)
        with pytest.raises(Unreachable, match="site: refused"):
            speaking(server).call("GET", "session")
        assert len(server.asked) == 6

    def test_raises_problems_with_their_facts(self):
        http = speaking(lambda _: httpx.Response(409, json=PROBLEM))
        with pytest.raises(Refused, match="It is closed") as caught:
            http.call("POST", "runs")
        refused = caught.value
        assert (refused.type, refused.status, refused.facts) == ("archived", 409, {"since": "May"})

    @pytest.mark.parametrize("body", [b"<html>Bad gateway</html>", b'"no"', b""])
    def test_what_a_proxy_says_is_no_problem_of_crest(self, body):
        http = speaking(lambda _: httpx.Response(404, content=body))
        with pytest.raises(Unreachable, match="404"):
            http.call("GET", "session")

    def test_whatever_is_in_a_name_stays_in_it(self):
        seen = []
        client = Client(
            "http://site/",
            transport=httpx.MockTransport(
                lambda request: seen.append(request.url.raw_path) or httpx.Response(200, json={})
            ),
        )
        client.project("../tokens?all=1").get()
        assert seen == [b"/api/v1/projects/..%2Ftokens%3Fall%3D1"]


class TestPages:
    def test_asks_for_no_more_than_is_read(self):
        cursors = []

        def answer(request: httpx.Request) -> httpx.Response:
            cursor = request.url.params.get("cursor")
            cursors.append(cursor)
            number = int(cursor or 0)
            rows = [number * 2, number * 2 + 1]
            return httpx.Response(200, json={"results": rows, "next": str(number + 1)})

        rows = speaking(answer).pages("items", {"kind": "x", "left_out": None})
        assert [next(rows) for _ in range(3)] == [0, 1, 2]
        assert cursors == [None, "1"]

    def test_ends(self):
        http = speaking(lambda _: httpx.Response(200, json={"results": [1], "next": None}))
        assert list(http.pages("items")) == [1]


class TestStreams:
    def test_lines_are_read_one_by_one(self):
        body = b'{"line": 1}\n{"line": 2}\n'
        http = speaking(lambda _: httpx.Response(200, content=body))
        assert list(http.lines("report.jsonl")) == [{"line": 1}, {"line": 2}]

    def test_events_end_with_the_stream(self):
        body = b'event: progress\ndata: {"done": 1}\n\nevent: end\ndata: {}\n\n'
        http = speaking(
            lambda _: httpx.Response(
                200, content=body, headers={"Content-Type": "text/event-stream"}
            )
        )
        assert list(http.events("events")) == [
            {"event": "progress", "data": {"done": 1}},
            {"event": "end", "data": {}},
        ]

    def test_refusals_are_raised_there_too(self):
        http = speaking(lambda _: httpx.Response(409, json=PROBLEM))
        for ask in (http.lines, http.events):
            with pytest.raises(Refused):
                next(ask("x"))


class Breaking(httpx.SyncByteStream):
    """Sends so much, then the network is gone."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __iter__(self):
        yield self.content
        raise httpx.ReadError("gone")


class TestFetch:
    def file_server(self, *, breaks: int = 0, etag: str = DIGEST) -> Callable:
        self.ranges = []
        left = [breaks]

        def answer(request: httpx.Request) -> httpx.Response:
            asked = request.headers.get("Range")
            self.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
            headers = {"ETag": f'"{etag}"'}
            if start >= len(CONTENT):
                return httpx.Response(416, headers=headers)
            rest = CONTENT[start:]
            if left[0]:
                left[0] -= 1
                stream = Breaking(rest[:1000])
                return httpx.Response(206 if asked else 200, stream=stream, headers=headers)
            return httpx.Response(
                206 if asked else 200, stream=httpx.ByteStream(rest), headers=headers
            )

        return answer

    def test_goes_on_where_it_broke_off(self, tmp_path):
        into = tmp_path / "export.zip"
        assert speaking(self.file_server(breaks=3)).fetch("x", into) == into
        assert into.read_bytes() == CONTENT
        assert self.ranges == [None, "bytes=1000-", "bytes=2000-", "bytes=3000-"]
        assert list(tmp_path.iterdir()) == [into]

    def test_goes_on_with_what_an_earlier_try_left(self, tmp_path):
        (tmp_path / "export.zip.part").write_bytes(CONTENT[:5000])
        speaking(self.file_server()).fetch("x", tmp_path / "export.zip")
        assert (tmp_path / "export.zip").read_bytes() == CONTENT
        assert self.ranges == ["bytes=5000-"]

    def test_takes_what_was_complete(self, tmp_path):
        (tmp_path / "export.zip.part").write_bytes(CONTENT)
        speaking(self.file_server()).fetch("x", tmp_path / "export.zip")
        assert (tmp_path / "export.zip").read_bytes() == CONTENT

    def test_keeps_nothing_that_is_not_what_the_site_named(self, tmp_path):
        (tmp_path / "export.zip.part").write_bytes(b"of another file")
        with pytest.raises(Unreachable, match="damaged"):
            speaking(self.file_server()).fetch("x", tmp_path / "export.zip")
        assert list(tmp_path.iterdir()) == []

    def test_gives_up_and_keeps_what_there_is(self, tmp_path):
        with pytest.raises(Unreachable):
            speaking(self.file_server(breaks=9)).fetch("x", tmp_path / "export.zip")
        assert (tmp_path / "export.zip.part").read_bytes() == CONTENT[:5000]

    def test_needs_no_digest(self, tmp_path):
        speaking(self.file_server(etag="weak")).fetch("x", tmp_path / "video.mp4")
        assert (tmp_path / "video.mp4").read_bytes() == CONTENT


def test_a_form_is_sent_with_its_file(tmp_path):
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.read())
        return httpx.Response(202, json={"id": 1})

    path = tmp_path / "captions.csv"
    path.write_text("video,caption\n")
    client = Client("http://site", transport=httpx.MockTransport(answer))
    with path.open("rb") as file:
        client.project("street").imports.start(file, columns={"caption": "Text"}, dry_run=True)
    (body,) = sent
    assert b'filename="captions.csv"' in body
    assert json.dumps({"caption": "Text"}).encode() in body
    assert b'name="dry_run"\r\n\r\ntrue' in body
