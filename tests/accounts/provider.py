"""A small OpenID provider, run in a thread: strict as a good one, or lying on demand."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.jws import JWSRegistry

CLIENT, SECRET = "crest", "a secret: with+signs"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
ANOTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})
"""It says that it is the first one, and is not."""
SHARED = OctKey.import_key(SECRET)


@dataclass
class Provider:
    """What it knows, what it was asked, and where it lies."""

    issuer: str = ""
    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)
    """What it says of whoever signs in next, besides who they are."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """Every request for a code."""
    redeemed: list[dict[str, str]] = field(default_factory=list)
    """Every code that was redeemed."""
    denies: bool = False
    down: bool = False
    lies: dict[str, Any] = field(default_factory=dict)
    """Claims of the token that are not so; None leaves one out."""
    discovery_lies: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    forgets_the_token: bool = False
    waiting: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            **self.discovery_lies,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes after its owner has signed in, or would not."""
        self.asked.append(asked)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if self.denies:
            return _with(asked["redirect_uri"], error="access_denied", state=asked["state"])
        code = secrets.token_urlsafe()
        self.waiting[code] = asked
        return _with(asked["redirect_uri"], code=code, state=asked["state"])

    def redeem(self, given: dict[str, str], authorization: str) -> dict[str, Any]:
        """Give the token for a code: once, to the client that asked, with its verifier."""
        self.redeemed.append(given)
        asked = self.waiting.pop(given["code"])
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert asked["redirect_uri"] == given["redirect_uri"]
        name, _, secret = (
            base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        )
        assert (name, secret) in {(CLIENT, SECRET), (quote(CLIENT), quote(SECRET, safe=""))}
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer"}
        if not self.forgets_the_token:
            answer["id_token"] = self._id_token(asked["nonce"])
        return answer

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.claims,
            **self.lies,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        registry = JWSRegistry(algorithms=["RS256", "HS256", "none"])
        return jwt.encode(header, claims, self.key, registry=registry)

    def answer(self, path: str, given: dict[str, str], authorization: str) -> Any:
        match path:
            case "/.well-known/openid-configuration":
                return self.discovery()
            case "/jwks":
                return {"keys": [KEY.as_dict(private=False)]}
            case "/token":
                return self.redeem(given, authorization)
        return None


def _with(address: str, **more: str) -> str:
    return f"{address}?{urlencode(more)}"


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            given = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/authorize":
                self._send(302, {"Location": provider.authorize(given)})
            else:
                self._reply(parts.path, given)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(self.path, {name: values[0] for name, values in parse_qs(body).items()})

        def _reply(self, path: str, given: dict[str, str]) -> None:
            if provider.down:
                self._send(503, {})
                return
            try:
                found = provider.answer(path, given, self.headers.get("Authorization", ""))
            except (AssertionError, KeyError) as error:
                found = {"error": "invalid_grant", "error_description": repr(error)}
                self._send(400, {"Content-Type": "application/json"}, json.dumps(found))
                return
            self._send(200, {"Content-Type": "application/json"}, json.dumps(found))

        def _send(self, status: int, headers: dict[str, str], body: str = "") -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
