"""How the client asks: a token, retries that do nothing twice, problems, pages, and files."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import quote

import httpx
from httpx_retries import Retry, RetryTransport
from httpx_sse import connect_sse

from crest.problems import Refused, Unreachable

API: Final = "/api/v1/"
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
RETRIES: Final = 5
SECONDS: Final = 60.0
RESUMED: Final = 206
PAST_THE_END: Final = 416

Query = Mapping[str, str | int | bool | None]


def segment(name: str | int) -> str:
    """Give one part of an address, whatever is in it."""
    return quote(str(name), safe="")


class Http:
    """A connection to the API of one site."""

    def __init__(
        self,
        address: str,
        token: str | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """`seconds` is how long an answer may take to come; `transport` is another network."""
        # Every method may be tried again: what a POST asks for bears an Idempotency-Key.
        retry = Retry(total=RETRIES, backoff_factor=0.5, allowed_methods=METHODS)
        self._client = httpx.Client(
            base_url=address.rstrip("/") + API,
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=seconds,
            transport=RetryTransport(transport or httpx.HTTPTransport(), retry=retry),
        )

    def close(self) -> None:
        self._client.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: Any = None,
        form: Mapping[str, Any] | None = None,
        file: IO[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Ask, and give the JSON of the answer; None where there is nothing to say.

        `form` and `file` are sent as a form; the file is read as it is sent, never whole.

        Raises `Refused` or `Unreachable`.
        """
        sent: dict[str, str] = {**(headers or {})}
        if method == "POST":
            sent["Idempotency-Key"] = str(uuid.uuid4())
        with _reaching(self._client.base_url):
            answer = self._client.request(
                method,
                path,
                params=_given(query),
                json=body,
                data=form,
                files={"file": file} if file else None,
                headers=sent,
            )
        _check(answer)
        return answer.json() if answer.content else None

    def pages(self, path: str, query: Query | None = None) -> Iterator[Any]:
        """Go through a list, page by page, as far as anybody reads on."""
        cursor: str | None = None
        while True:
            page = self.call("GET", path, query={**(query or {}), "cursor": cursor})
            yield from page["results"]
            cursor = page.get("next")
            if cursor is None:
                return

    def lines(self, path: str, query: Query | None = None) -> Iterator[Any]:
        """Read a JSONL file, line by line."""
        with (
            _reaching(self._client.base_url),
            self._client.stream("GET", path, params=_given(query)) as answer,
        ):
            _check(answer)
            yield from (json.loads(line) for line in answer.iter_lines())

    def events(self, path: str) -> Iterator[Any]:
        """Listen to what goes on, until the site says that it is over."""
        with (
            _reaching(self._client.base_url),
            connect_sse(self._client, "GET", path) as source,
        ):
            _check(source.response)
            for event in source.iter_sse():
                yield {"event": event.event, "data": json.loads(event.data or "null")}

    def fetch(self, path: str, into: Path) -> Path:
        """Download a file. What an earlier try has left beside it, in `.part`, is not sent again.

        Where the site names the file by its SHA-256, what came is held against it.
        """
        part = into.with_name(f"{into.name}.part")
        for tries_left in reversed(range(RETRIES)):
            try:
                digest = self._fetch_the_rest(path, part)
            except Unreachable:
                if not tries_left:
                    raise
            else:
                _verify(part, digest)
                break
        return part.replace(into)

    def _fetch_the_rest(self, path: str, part: Path) -> str:
        """Append what is missing; how the site names the whole."""
        have = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
        with (
            _reaching(self._client.base_url),
            self._client.stream("GET", path, headers=headers) as answer,
        ):
            if answer.status_code != PAST_THE_END:  # else all of it is there
                _check(answer)
                with part.open("ab" if answer.status_code == RESUMED else "wb") as file:
                    for block in answer.iter_raw():
                        file.write(block)
            return str(answer.headers.get("ETag", "")).strip('"')


@contextmanager
def _reaching(address: httpx.URL) -> Iterator[None]:
    try:
        yield
    except httpx.TransportError as error:
        raise Unreachable(f"{address.host}: {error}") from error


def _given(query: Query | None) -> dict[str, str | int | bool]:
    return {name: value for name, value in (query or {}).items() if value is not None}


def _check(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    answer.read()
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        raise Unreachable(f"{answer.url} answered {answer.status_code}, and not as Crest does.")
    raise Refused({**problem, "status": answer.status_code})


def _verify(part: Path, digest: str) -> None:
    if len(digest) != sha256().digest_size * 2:
        return
    with part.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if found != digest:
        part.unlink()
        raise Unreachable("The file came damaged, or was another one before. Fetch it again.")
