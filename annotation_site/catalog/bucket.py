"""A bucket of S3-compatible storage as a source of files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError
from obstore.store import S3Store

from annotation_site.catalog.sources import Entry, SourceAway, UnreadableError

if TYPE_CHECKING:  # only its stubs have them
    from obstore.store import ClientConfig, RetryConfig

_CHUNK: Final = 1 << 20
_RETRIES: Final["RetryConfig"] = {"max_retries": 3}
_TIMES: Final["ClientConfig"] = {"connect_timeout": "10s", "timeout": "10m"}


class Bucket:
    """The objects of `https://key:secret@host:port/bucket/prefix?region=...`.

    Without a key nothing is signed: the bucket must be public. No other credentials are looked for.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        bucket, _, prefix = unquote(parts.path).strip("/").partition("/")
        options = dict(parse_qsl(parts.query))
        known: dict[str, Any] = (
            {
                "access_key_id": unquote(parts.username),
                "secret_access_key": unquote(parts.password or ""),
            }
            if parts.username
            else {"skip_signature": True}
        )
        port = f":{parts.port}" if parts.port else ""
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            endpoint=f"{parts.scheme}://{parts.hostname}{port}",
            region=options.get("region", "us-east-1"),
            virtual_hosted_style_request=False,
            retry_config=_RETRIES,
            client_options={**_TIMES, "allow_http": parts.scheme == "http"},
            **known,
        )

    def entries(self, below: str, *, after: str) -> Iterator[Entry]:
        try:
            listed = obstore.list(self._store, below or None, offset=after or None)
            for batch in listed:
                for one in batch:
                    yield Entry(path=one["path"], size=one["size"])
        except BaseError as error:
            raise SourceAway from error

    def fetch(self, entry: Entry, target: Path) -> None:
        try:
            chunks = obstore.get(self._store, entry.path).stream(min_chunk_size=_CHUNK)
            with target.open("xb") as copy:
                for chunk in chunks:
                    copy.write(chunk)
        except (FileNotFoundError, PermissionDeniedError) as error:
            raise UnreadableError("The storage does not give it out.") from error
        except BaseError as error:
            raise SourceAway from error
