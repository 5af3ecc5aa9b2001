"""What the tests of the loop share."""

import pytest


@pytest.fixture(autouse=True)
def _rings_at(broker: object) -> None:
    """Whoever asks for a run rings a bell."""
