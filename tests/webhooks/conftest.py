"""A project with a webhook, and a server that hears of it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.common.servers import Server, say, serving

if TYPE_CHECKING:
    from annotation_site.accounts.models import Project, User
    from annotation_site.webhooks.models import Endpoint


@pytest.fixture
def receiver(settings: Any) -> Iterator[Server]:
    """It says 200 to everything, and an operator has allowed it."""
    with serving(say(b"thanks")) as server:
        settings.OUTBOUND_ALLOW = frozenset({f"127.0.0.1:{server.port}"})
        yield server


@pytest.fixture
def admin(member: "Callable[..., User]") -> "User":
    from annotation_site.accounts.models import Role  # noqa: PLC0415 - Django is set up by now

    return member(Role.ADMIN)


@pytest.fixture
def listen(
    project: "Project", admin: "User", settings: Any
) -> "Callable[..., tuple[Endpoint, str]]":
    """`listen(server, "ping")` is a webhook to the server for these events, and its secret."""
    from annotation_site.webhooks import endpoints  # noqa: PLC0415
    from annotation_site.webhooks.types import CHOICES  # noqa: PLC0415
    from tests.runs.factories import THEN  # noqa: PLC0415

    def make(server: Server, *types: str) -> "tuple[Endpoint, str]":
        settings.OUTBOUND_ALLOW |= {f"127.0.0.1:{server.port}"}
        return endpoints.create(
            project=project,
            url=f"http://127.0.0.1:{server.port}/hook",
            types=types or CHOICES,
            by=admin,
            now=THEN,
        )

    return make


@pytest.fixture
def work_off() -> Callable[[], int]:
    """Send what is due, in this very thread; how many endpoints were taken."""
    from annotation_site.webhooks import lanes  # noqa: PLC0415

    def go() -> int:
        taken = lanes.take(8)
        for lane in taken:
            lanes.work_off(lane, end=float("inf"))
        return len(taken)

    return go
