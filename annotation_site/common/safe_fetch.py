"""The one door to addresses that people name: out to the public internet, and nowhere else.

A name is looked up once, each of its addresses is looked at, and the connection goes to the very
address that was looked at, so a name that changes its mind (DNS rebinding) gains nothing. Redirects
are not followed, nothing is decompressed, no proxy is read from the environment. What an operator
names in CREST_OUTBOUND_ALLOW is let through as it is.
"""

import functools
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, ClassVar, Final

import httpcore  # noqa: TID251 - this is the door
import httpx  # noqa: TID251 - only how it reads addresses
from django.conf import settings

from annotation_site.common.refusals import Invalid, Refusal

SECONDS: Final = 10.0
MOST_BYTES: Final = 1 << 20
PORTS: Final = {"http": 80, "https": 443}

# What `is_global` of Python 3.11 takes for public, and is not, or leads on to who knows where:
# protocol assignments and the relays from 6to4 in IPv4; Teredo and its like, 6to4, and examples.
_NOT_PUBLIC_4: Final = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"))
_PUBLIC_6: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = (
    ip_network("2001::/23"),
    ip_network("2002::/16"),
    ip_network("3fff::/20"),
)

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[Address]]


class AddressRefused(Invalid):
    """Crest sends to public http and https addresses only, on ports 80 and 443."""

    BECAUSE: ClassVar[Mapping[str, str]] = {
        "unreadable": "This is no address of the form https://host/path.",
        "user": "An address must not carry a user name or a password.",
        "port": "Crest sends to ports 80 and 443 only, unless an operator has allowed this one.",
        "private": "This is no public address, and no operator has allowed it.",
    }

    def __init__(self, reason: str) -> None:
        super().__init__(self.BECAUSE[reason], reason=reason)


class FetchFailed(Refusal):
    """The other side did not answer as it should."""

    BECAUSE: ClassVar[Mapping[str, str]] = {
        "unknown-host": "There is no such host.",
        "unreachable": "No connection could be made or kept.",
        "timeout": "It took too long.",
        "too-long": "The answer was too long.",
        "unreadable": "What answered does not speak HTTP.",
    }
    status = 502

    def __init__(self, reason: str) -> None:
        super().__init__(self.BECAUSE[reason], reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long one exchange may take in all, and how much of the answer is read.

    Only looking the name up is not interrupted: the system's resolver gives up by itself.
    """

    seconds: float = SECONDS
    bytes: int = MOST_BYTES
    cut: bool = False
    """Keep the beginning of an answer that is too long, rather than fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; the body is as it was sent, never decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool


def is_public(address: Address) -> bool:
    """Whether it belongs to one host on the internet that anybody can reach."""
    if isinstance(address, IPv4Address):
        special = address.is_multicast or any(address in network for network in _NOT_PUBLIC_4)
    else:
        special = address not in _PUBLIC_6 or any(address in n for n in _NOT_PUBLIC_6)
    return address.is_global and not special


def check(url: str) -> httpx.URL:
    """Refuse what can be told without a look-up: call it where an address is typed in.

    Raises `AddressRefused`. Whether a name leads to a public address shows only when it is fetched.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressRefused("unreadable") from error
    if parsed.scheme not in PORTS or not parsed.host:
        raise AddressRefused("unreadable")
    if parsed.userinfo:
        raise AddressRefused("user")
    if not _is_allowed(parsed):
        if _port(parsed) not in PORTS.values():
            raise AddressRefused("port")
        if not all(map(is_public, _numeric(parsed.host))) or _is_localhost(parsed.host):
            raise AddressRefused("private")
    return parsed


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    limits: Limits | None = None,
    resolve: Resolve | None = None,
) -> Answer:
    """Ask, and return whatever is answered, redirects and errors too.

    Raises `AddressRefused` before anything is sent, and `FetchFailed`.
    """
    limits = limits or Limits()
    parsed = check(url)
    door = _Door(
        allowed=_is_allowed(parsed),
        resolve=resolve or look_up,
        end=time.monotonic() + limits.seconds,
    )
    sent = {
        **(headers or {}),
        "Host": parsed.netloc.decode("ascii"),
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    with (
        _failures_told(),
        httpcore.ConnectionPool(ssl_context=_tls(), network_backend=door) as pool,
        pool.stream(
            method, _target(parsed), headers=list(sent.items()), content=content
        ) as response,
    ):
        body, whole = _read(response, limits)
        return Answer(status=response.status, headers=_headers(response), body=body, whole=whole)


def look_up(host: str, port: int) -> list[Address]:
    """The addresses of a host, as this machine knows them. Raises `FetchFailed`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed("unknown-host") from error
    return _addresses(found)


def _addresses(found: list[Any]) -> list[Address]:
    return list(dict.fromkeys(ip_address(place[0]) for *_, place in found))


def _numeric(host: str) -> list[Address]:
    """The address that the host is written as, in any of the ways that C reads; of a name, none."""
    bare = host.partition("%")[0].rstrip(".")
    try:
        return _addresses(socket.getaddrinfo(bare, None, flags=socket.AI_NUMERICHOST))
    except (OSError, UnicodeError):
        return []


def _is_localhost(host: str) -> bool:
    return f".{host.rstrip('.').lower()}".endswith(".localhost")


def _port(url: httpx.URL) -> int:
    return url.port or PORTS[url.scheme]


def _is_allowed(url: httpx.URL) -> bool:
    """Whether an operator has named this host with this port."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{host}:{_port(url)}" in settings.OUTBOUND_ALLOW


@functools.cache
def _tls() -> ssl.SSLContext:
    """Reading the certificates takes longer than most exchanges: once is enough."""
    return httpcore.default_ssl_context()


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchFailed("timeout") from error
    except httpcore.NetworkError as error:
        raise FetchFailed("unreachable") from error
    except httpcore.ProtocolError as error:
        raise FetchFailed("unreadable") from error


def _target(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=_port(url), target=url.raw_path
    )


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
    }


def _read(response: httpcore.Response, limits: Limits) -> tuple[bytes, bool]:
    body = b""
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > limits.bytes:
            if not limits.cut:
                raise FetchFailed("too-long")
            return body[: limits.bytes], False
    return body, True


@dataclass(frozen=True, kw_only=True)
class _Door(httpcore.NetworkBackend):
    """Opens connections to addresses that were looked at, until one instant."""

    allowed: bool
    resolve: Resolve
    end: float
    inner: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any
    ) -> httpcore.NetworkStream:
        del timeout
        addresses = list(self.resolve(host, port))
        if not addresses:
            raise FetchFailed("unknown-host")
        # One private address among public ones is a trap, not an accident.
        if not self.allowed and not all(map(is_public, addresses)):
            raise AddressRefused("private")
        for address in addresses[:-1]:
            try:
                return self._open(address, port, *args, **kwargs)
            except httpcore.ConnectError:
                continue
        return self._open(addresses[-1], port, *args, **kwargs)

    def _open(self, address: Address, port: int, *args: Any, **kwargs: Any) -> "_Stream":
        left = _left(self.end, httpcore.ConnectTimeout)
        return _Stream(self.inner.connect_tcp(str(address), port, left, *args, **kwargs), self.end)


class _Stream(httpcore.NetworkStream):
    """A connection that ends at one instant, however many small steps it is used in."""

    def __init__(self, inner: httpcore.NetworkStream, end: float) -> None:
        self._inner = inner
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._inner.read(max_bytes, _left(self._end, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._inner.write(buffer, _left(self._end, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        del timeout
        left = _left(self._end, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(end: float, late: type[httpcore.TimeoutException]) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise late
    return left
