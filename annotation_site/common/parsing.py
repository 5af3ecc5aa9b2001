"""JSON as it may come in: small, and made of text that a database can hold."""

import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

from scorer.text import is_storable

MAX_BYTES = 1 << 20


class BodyTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The request is larger than 1 MiB."
    default_code = "body-too-large"


class StorableJSONParser(JSONParser):
    """Refuse, with 400, what would break further in: endless nesting, NUL, half a character."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise BodyTooLarge
        try:
            found = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply.") from None
        if not all(is_storable(text) for text in _texts(found)):
            raise ParseError("The JSON holds characters that are none.")
        return found


def _texts(value: Any) -> Iterator[str]:
    """Walk through every text in the value, keys too."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as members:
                waiting += [*members.keys(), *members.values()]
            case list() as entries:
                waiting += entries
