"""Which site the command speaks to, and as whom: signing in keeps a token, never a password."""

import getpass
import json
import os
import socket
from contextlib import ExitStack
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import httpx
import platformdirs
import typer

from crest.client import Client, Project
from crest.commands.output import AsJson, show
from crest.http import API, SECONDS
from crest.problems import Refused, Unreachable

DAYS: Final = 30
OWNER_ONLY: Final = 0o600
CHOSEN: ContextVar[str] = ContextVar("site", default="")
"""The site that this command was told to speak to."""
OPENED: Final = ExitStack()
"""What is closed when the command ends."""


class NotSignedIn(Exception):
    """You are not signed in anywhere: `crest login ADDRESS`, or set CREST_URL and CREST_TOKEN."""

    def __str__(self) -> str:
        return self.__doc__ or ""


def connect() -> Client:
    """Speak to the site of this command, as whoever signed in there, until the command ends."""
    known = _known()
    site = CHOSEN.get().rstrip("/") or known.get("last", "")
    token = os.environ.get("CREST_TOKEN") or known.get("tokens", {}).get(site)
    if not site or not token:
        raise NotSignedIn
    return OPENED.enter_context(Client(site, token))


def project(slug: str) -> Project:
    return connect().project(slug)


InProject = Annotated[
    str, typer.Option("--project", "-p", envvar="CREST_PROJECT", help="The project's address.")
]


def login(
    address: Annotated[str, typer.Argument(help="Such as https://crest.example")],
    user: Annotated[str, typer.Option(prompt=True)],
    days: Annotated[int, typer.Option(help="How long the token lasts.")] = DAYS,
) -> None:
    """Sign in, and keep a token for this machine."""
    address = address.rstrip("/")
    password = os.environ.get("CREST_PASSWORD") or getpass.getpass()
    token = _token_for(address, user, password, days)
    known = _known()
    _keep({"last": address, "tokens": {**known.get("tokens", {}), address: token}})
    typer.echo(f"Signed in at {address} as {user}, for {days} days.")


def logout() -> None:
    """Forget the tokens of this machine. They end by themselves, or under Profile."""
    _place().unlink(missing_ok=True)


def whoami(as_json: AsJson = False) -> None:
    """Say where you are signed in, as whom, with which roles."""
    client = connect()
    session = client.session()
    person = session["user"]
    roles = {one["project"]["slug"]: ", ".join(one["roles"]) for one in session["memberships"]}
    show({"username": person and person["username"], **roles}, as_json=as_json)


def _token_for(address: str, user: str, password: str, days: int) -> str:
    """Sign in as the page does, and make a token there: only a session may make one."""
    named = {"name": f"crest on {socket.gethostname()}", "days": days}
    try:
        with httpx.Client(base_url=address + API, timeout=SECONDS) as browser:
            browser.get("session").raise_for_status()
            _send(browser, "POST", "session", {"username": user, "password": password})
            made = _send(browser, "POST", "tokens", named)
            _send(browser, "DELETE", "session")
    except (httpx.HTTPError, ValueError) as error:
        raise Unreachable(f"{urlsplit(address).netloc or address}: {error}") from error
    return str(made["token"])


def _send(browser: httpx.Client, method: str, path: str, body: Any = None) -> Any:
    """Send as the page does: with what proves that no other site's form is behind it."""
    proof = {
        "X-CSRFToken": browser.cookies.get("csrftoken") or "",
        "Referer": str(browser.base_url),
    }
    answer = browser.request(method, path, json=body, headers=proof)
    if answer.is_error:
        raise Refused({**answer.json(), "status": answer.status_code})
    return answer.json() if answer.content else None


def _place() -> Path:
    return (
        Path(os.environ.get("CREST_CONFIG") or platformdirs.user_config_path("crest"))
        / "sites.json"
    )


def _known() -> dict[str, Any]:
    try:
        return dict(json.loads(_place().read_text()))
    except FileNotFoundError:
        return {}


def _keep(known: dict[str, Any]) -> None:
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".part")
    part.touch(mode=OWNER_ONLY)
    part.write_text(json.dumps(known))
    part.replace(place)
