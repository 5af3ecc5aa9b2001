"""The one door outwards: what it lets through, and the canary that nobody may reach."""

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest

from annotation_site.common import safe_fetch
from annotation_site.common.safe_fetch import AddressRefused, FetchFailed, Limits, fetch, is_public
from tests.common.servers import Server, say, serving

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0.0.0.0",  # noqa: S104 - refused
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.0.0.1",
    "127.255.255.254",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "0.1.2.3",
    "2852039166",
    "0xa9fea9fe",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fd00::1]",
    "[fc00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[5f00::1]",
    "[::ffff:169.254.169.254]",
    "127\u30020\u30020\u30021",
    "\uff11\uff12\uff17.0.0.1",
    "\u24dbocalhost",
    "127.0.0.1.",
    "[fe80::1%25lo]",
    "[::ffff:0:127.0.0.1]",
]

ODD = [
    "file:///etc/passwd",
    "gopher://example.com/_x",
    "ftp://example.com/",
    "dict://example.com:443/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "//example.com/",
    "/api/v1/session",
    "example.com",
    "",
    "http://",
    "http:///path",
    "http://user@example.com/",
    "http://user:password@example.com/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1\t@example.com/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:99999/",
    "http://exa\r\nmple.com/",
    "http://[::1/",
    "unix:///run/postgres.sock",
]


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server on this machine that waits where the usual port is, for whoever gets through."""
    with serving(say()) as server:
        ports = {"http": server.port, "https": 443}
        monkeypatch.setattr(safe_fetch, "PORTS", ports)
        yield server


@pytest.fixture
def lab(settings) -> Callable[[Server], str]:
    """The address of a server that an operator has allowed."""

    def allow(server: Server) -> str:
        settings.OUTBOUND_ALLOW = frozenset({f"127.0.0.1:{server.port}"})
        return f"http://127.0.0.1:{server.port}/"

    return allow


@pytest.mark.parametrize("host", PRIVATE)
def test_no_way_of_writing_a_private_address_leads_to_it(canary: Server, host: str) -> None:
    with pytest.raises((AddressRefused, FetchFailed)):
        fetch(f"http://{host}/", limits=Limits(seconds=2))
    assert canary.connections == 0


@pytest.mark.parametrize("url", ODD)
def test_what_is_no_plain_web_address_is_refused(canary: Server, url: str) -> None:
    with pytest.raises(AddressRefused):
        fetch(url)
    assert canary.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "2130706433", "[fd00::1]"])
def test_what_shows_without_a_look_up_is_refused_where_it_is_typed(host: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        safe_fetch.check(f"https://{host}/hook")
    assert refusal.value.facts == {"reason": "private"}


@pytest.mark.parametrize("host", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_are_public(host: str) -> None:
    assert is_public(ip_address(host))


def test_the_canary_can_be_reached_by_whoever_is_allowed(
    canary: Server, lab: Callable[[Server], str]
) -> None:
    assert fetch(lab(canary)).body == b"hello"
    assert canary.connections == 1


def test_an_allowed_host_is_allowed_with_its_port_only(canary: Server, settings) -> None:
    settings.OUTBOUND_ALLOW = frozenset({f"127.0.0.1:{canary.port + 1}"})
    with pytest.raises(AddressRefused):
        fetch(f"http://127.0.0.1:{canary.port}/")
    assert canary.connections == 0


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1", "2606:4700::1111"], ["10.0.0.1"]],
)
def test_a_name_of_a_private_address_is_refused(canary: Server, answers: list[str]) -> None:
    with pytest.raises(AddressRefused):
        fetch("http://hooks.example/", resolve=lambda *_: map(ip_address, answers))
    assert canary.connections == 0


def test_a_name_that_changes_its_mind_gains_nothing(
    canary: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the address that was looked at: there is no second look-up."""
    connected: list[str] = []

    def connect(_self: object, host: str, *_: object, **__: object) -> None:
        connected.append(host)
        raise safe_fetch.httpcore.ConnectError

    monkeypatch.setattr(safe_fetch.httpcore.SyncBackend, "connect_tcp", connect)
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    with pytest.raises(FetchFailed):
        fetch("http://hooks.example/", resolve=lambda *_: map(ip_address, next(answers)))
    assert connected == ["93.184.215.14"]
    assert canary.connections == 0


def test_the_host_and_the_name_in_tls_stay_those_of_the_address(
    canary: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe_fetch, "is_public", lambda _: True)
    fetch("http://hooks.example/a?b=c", resolve=lambda *_: [ip_address("127.0.0.1")])
    assert canary.asked == ["hooks.example/a?b=c"]

    named: list[str | None] = []

    def wrap(_self: object, _socket: object, *, server_hostname: str | None) -> None:
        named.append(server_hostname)
        raise ssl.SSLError("as far as this")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    monkeypatch.setattr(safe_fetch, "PORTS", {"http": 80, "https": canary.port})
    with pytest.raises(FetchFailed):
        fetch(
            f"https://hooks.example:{canary.port}/",
            resolve=lambda *_: [ip_address("127.0.0.1")],
        )
    assert named == ["hooks.example"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(
    canary: Server, lab: Callable[[Server], str], status: int
) -> None:
    with serving(say(status=status, Location=f"http://127.0.0.1:{canary.port}/")) as server:
        assert fetch(lab(server)).status == status
    assert canary.connections == 0


def test_no_proxy_is_read_from_the_environment(
    canary: Server, lab: Callable[[Server], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary.port}")
    with serving(say()) as server:
        assert fetch(lab(server)).status == 200
    assert canary.connections == 0


def test_an_answer_that_is_too_long_is_refused_or_cut(lab: Callable[[Server], str]) -> None:
    with serving(say(b"x" * 5000)) as server:
        address = lab(server)
        with pytest.raises(FetchFailed) as failure:
            fetch(address, limits=Limits(bytes=4999))
        cut = fetch(address, limits=Limits(bytes=10, cut=True))
        whole = fetch(address, limits=Limits(bytes=5000))
    assert failure.value.facts == {"reason": "too-long"}
    assert (cut.body, cut.whole) == (b"x" * 10, False)
    assert (len(whole.body), whole.whole) == (5000, True)


def test_nothing_is_decompressed(lab: Callable[[Server], str]) -> None:
    bomb = gzip.compress(b"0" * 2**24)
    with serving(say(bomb, Content_Encoding="gzip")) as server:
        assert fetch(lab(server)).body == bomb


@pytest.mark.parametrize("part", ["head", "body"])
def test_an_answer_that_drips_is_given_up_in_time(lab: Callable[[Server], str], part: str) -> None:
    """Each byte comes soon enough: it is the whole that takes too long."""
    enough = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        if part == "body":
            request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not enough.wait(0.05):
            request.wfile.write(b"x")

    with serving(drip) as server:
        began = time.monotonic()
        with pytest.raises(FetchFailed) as failure:
            fetch(lab(server), limits=Limits(seconds=0.4))
        enough.set()
    assert failure.value.facts == {"reason": "timeout"}
    assert time.monotonic() - began < 2


def test_what_does_not_speak_http_and_what_does_not_listen_are_failures(
    lab: Callable[[Server], str],
) -> None:
    with serving(lambda request: request.wfile.write(b"220 mail.example ESMTP\r\n")) as server:
        address = lab(server)
        with pytest.raises(FetchFailed) as failure:
            fetch(address)
    assert failure.value.facts == {"reason": "unreadable"}
    with pytest.raises(FetchFailed) as failure:
        fetch(address)
    assert failure.value.facts == {"reason": "unreachable"}


def test_a_host_that_does_not_exist_is_told(settings) -> None:  # noqa: ARG001 - as they are
    with pytest.raises(FetchFailed) as failure:
        fetch("https://no-such-host.invalid/")
    assert failure.value.facts == {"reason": "unknown-host"}
