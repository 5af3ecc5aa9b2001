"""What the tests of snapshots share."""

import pytest

from annotation_site.common.paths import DataDirectory


@pytest.fixture
def data(settings, tmp_path):
    """A data directory for each test."""
    settings.DATA = DataDirectory(tmp_path / "data")
    return settings.DATA


@pytest.fixture
def snapshot(project, now, data):
    """A small snapshot with texts that are hard to write down, ratings and a vote."""
    from tests.datasets.small import freeze_small  # noqa: PLC0415 - Django is set up by now

    assert not data.snapshots.exists()
    return freeze_small(project, now)


@pytest.fixture
def sealed(snapshot):
    from annotation_site.datasets.reading import Sealed  # noqa: PLC0415 - as above

    return Sealed(snapshot.directory)
