"""One try at a delivery: put together, signed, sent through the one door, and described."""

import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Final

from annotation_site.common.safe_fetch import AddressRefused, FetchFailed, Limits, fetch
from annotation_site.common.sealing import SealBroken
from annotation_site.webhooks.models import Delivery, Endpoint, Event
from annotation_site.webhooks.signing import BOX, sign

KEPT_BYTES: Final = 2048
LIMITS: Final = Limits(seconds=10, bytes=KEPT_BYTES, cut=True)
SECRET_LOST: Final = "secret-lost"  # noqa: S105 - the name of a problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a try went: a status, or the problem for which there is none."""

    milliseconds: int
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    problem: str = ""
    response: str = ""
    whole: bool = True

    @property
    def arrived(self) -> bool:
        return self.status is not None and self.status // 100 == HTTPStatus.OK // 100


def body_of(event: Event) -> bytes:
    """What is sent, the same to the byte each time."""
    content = {
        "type": event.type,
        "version": event.version,
        "timestamp": event.at.isoformat(),
        "project": event.project.slug,
        "data": event.data,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def number_of(event: Event) -> str:
    """The id that the receiver knows the event by, however often it comes."""
    return f"evt_{event.pk.hex}"


def send(delivery: Delivery, *, now: datetime) -> Outcome:
    """Try once. Nothing is raised: whatever goes wrong is part of the outcome."""
    body = body_of(delivery.event)
    try:
        secrets = secrets_of(delivery.endpoint, now=now)
    except SealBroken:
        return Outcome(milliseconds=0, problem=SECRET_LOST)
    headers = {
        "content-type": "application/json",
        "user-agent": "Crest-Webhooks/1",
        **sign(
            secrets=secrets,
            number=number_of(delivery.event),
            timestamp=int(now.timestamp()),
            body=body,
        ),
    }
    return _exchange(delivery.endpoint.url, headers, body)


def secrets_of(endpoint: Endpoint, *, now: datetime) -> list[str]:
    """Those that sign today: the newest, and the one before while it still counts."""
    sealed = [endpoint.sealed_secret]
    if endpoint.former_until is not None and endpoint.former_until > now:
        sealed.append(endpoint.sealed_former)
    return [BOX.unseal(one) for one in sealed]


def _exchange(url: str, headers: dict[str, str], body: bytes) -> Outcome:
    began = time.monotonic()

    def passed() -> int:
        return round((time.monotonic() - began) * 1000)

    sent = {**headers, "content-length": str(len(body))}
    try:
        answer = fetch(url, method="POST", headers=sent, content=body, limits=LIMITS)
    except (AddressRefused, FetchFailed) as failure:
        problem = f"{failure.facts['reason']}"
        return Outcome(milliseconds=passed(), headers=headers, problem=problem)
    return Outcome(
        milliseconds=passed(),
        headers=headers,
        status=answer.status,
        response=_text(answer.body),
        whole=answer.whole,
    )


def _text(body: bytes) -> str:
    """As text that Postgres can hold, whatever it is."""
    return body.decode("utf-8", errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
