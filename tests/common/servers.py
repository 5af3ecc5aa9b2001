"""Small servers of a test's own: one that must never be asked, others that answer badly."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Server(ThreadingHTTPServer):
    """Listens on every address of this machine, and keeps what it was asked. Port 0: a free one."""

    address_family = socket.AF_INET6
    daemon_threads = True

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None], port: int = 0) -> None:
        self.asked: list[str] = []
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.connections = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(f"{self.headers['Host']}{self.path}")
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                server.received.append((dict(self.headers), body))
                with suppress(ConnectionError):
                    answer(self)

            do_POST = do_GET  # noqa: N815 - so is it called

            def log_message(self, *_: Any) -> None:
                """Keep quiet."""

        server = self
        super().__init__(("::", port), Handler)

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()

    def verify_request(self, *_: Any) -> bool:
        self.connections += 1
        return True

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None], port: int = 0) -> Iterator[Server]:
    with Server(answer, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def say(
    body: bytes = b"hello", *, status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Always this answer."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer
