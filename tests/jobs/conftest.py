"""What the tests of jobs share."""

import pytest


@pytest.fixture(autouse=True)
def _nudges_at(broker: object) -> None:
    """Whoever asks for a job sends a message."""


@pytest.fixture(autouse=True)
def _counting() -> None:
    """The kind of job that counts."""
    import tests.jobs.counting  # noqa: F401, PLC0415 - Django is set up by now
