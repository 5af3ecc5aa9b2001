"""What nearly every test of the site begins with."""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from annotation_site.common.embedded import Valkey
from annotation_site.queue import CPU, GPU, SITE, app
from tests.factories import MembershipFactory, ProjectFactory


@pytest.fixture
def now() -> datetime:
    """The moment at which the test takes place."""
    return datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def project(db: None) -> Project:  # noqa: ARG001 - it opens the database
    return ProjectFactory()


@pytest.fixture
def member(project: Project) -> Callable[..., User]:
    """`member(role)` is somebody new with that role; `member(role, project=other)` elsewhere."""

    def join(role: Role, *, project: Project = project) -> User:
        return MembershipFactory(project=project, role=role).user

    return join


@pytest.fixture
def client_for() -> Callable[[User | None], APIClient]:
    """`client_for(user)` is a browser in which the user is signed in; nobody, for None."""

    def sign_in(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """A real broker, and from here on the one that the site rings at."""
    with tempfile.TemporaryDirectory(prefix="crest-") as directory:
        root = Path(directory)
        server = Valkey(home=root / "broker", sockets=root / "run", log=root / "broker.log")
        server.start()
        app.conf.broker_url = server.url()
        app.amqp._producer_pool = None  # noqa: SLF001 - who rang before holds the old address
        yield server
        app.close()
        server.stop()


@pytest.fixture
def broker(valkey: Valkey) -> Valkey:
    """The broker with nothing in it."""
    with app.connection_for_write() as connection:
        for queue in (CPU, GPU, SITE):
            connection.default_channel.client.delete(queue)
    return valkey


@pytest.fixture(scope="session")
def shared_data() -> Path:
    beside = Path(__file__).parents[2] / "shared" / "data"
    place = Path(os.environ.get("CREST_SHARED_DATA", beside))
    if not (place / "videos").is_dir():
        pytest.skip("no real clips here: set CREST_SHARED_DATA to the directory that has them")
    return place
