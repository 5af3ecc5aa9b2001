"""What the tests of runs share."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from annotation_site.runs.models import Run


@pytest.fixture(autouse=True)
def _rings_at(broker: object) -> None:
    """Whoever asks for a run rings a bell."""


@pytest.fixture
def run(db: None) -> "Run":  # noqa: ARG001
    """A run that waits for its worker."""
    from tests.runs.factories import RunFactory  # noqa: PLC0415 - Django is set up by now

    return RunFactory()
