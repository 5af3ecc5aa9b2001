"""A real broker for the tests of runs.

Django is set up only after the files named conftest were read, so what needs it is imported late.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotation_site.common.embedded import Valkey

if TYPE_CHECKING:
    from annotation_site.runs.models import Run


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    with tempfile.TemporaryDirectory(prefix="crest-") as directory:
        root = Path(directory)
        server = Valkey(home=root / "broker", sockets=root / "run", log=root / "broker.log")
        server.start()
        from annotation_site.queue import app  # noqa: PLC0415

        app.conf.broker_url = server.url()
        yield server
        app.close()
        server.stop()


@pytest.fixture(autouse=True)
def broker(valkey: Valkey) -> Valkey:
    """The broker that the site rings at, with nothing in it."""
    from annotation_site.queue import CPU, GPU, app  # noqa: PLC0415

    with app.connection_for_write() as connection:
        for queue in (CPU, GPU):
            connection.default_channel.client.delete(queue)
    return valkey


@pytest.fixture
def run(db: None) -> "Run":  # noqa: ARG001
    """A run that waits for its worker."""
    from tests.runs.factories import RunFactory  # noqa: PLC0415

    return RunFactory()
