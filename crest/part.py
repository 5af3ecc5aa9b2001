"""What every part of the client has: a connection, and where below it its addresses begin."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from crest.http import Http


class Part:
    def __init__(self, http: Http, root: str = "") -> None:
        self.http = http
        self._root = root

    def _at(self, path: str) -> str:
        return f"{self._root}{path}"

    def _get(self, path: str, **query: str | int | bool | None) -> Any:
        return self.http.call("GET", self._at(path), query=query)

    def _post(self, path: str, body: Any = None) -> Any:
        return self.http.call("POST", self._at(path), body=body)

    def _patch(self, path: str, body: Any) -> Any:
        return self.http.call("PATCH", self._at(path), body=body)

    def _put(self, path: str, body: Any) -> Any:
        return self.http.call("PUT", self._at(path), body=body)

    def _delete(self, path: str) -> Any:
        return self.http.call("DELETE", self._at(path))

    def _send(self, path: str, file: IO[bytes], form: Mapping[str, Any] | None = None) -> Any:
        return self.http.call("POST", self._at(path), file=file, form=form)

    def _pages(self, path: str, **query: str | int | bool | None) -> Iterator[Any]:
        return self.http.pages(self._at(path), query)

    def _lines(self, path: str, **query: str | int | bool | None) -> Iterator[Any]:
        return self.http.lines(self._at(path), query)

    def _fetch(self, path: str, into: Path) -> Path:
        return self.http.fetch(self._at(path), into)
