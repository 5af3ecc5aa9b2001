"""The world in which the permissions are tried."""

from typing import TYPE_CHECKING

import pytest

from annotation_site.common.paths import DataDirectory

if TYPE_CHECKING:
    from tests.security.world import World


@pytest.fixture
def world(db, settings, tmp_path) -> "World":  # noqa: ARG001
    from tests.security import world  # noqa: PLC0415 - Django is set up only after this is read

    settings.DATA = DataDirectory(tmp_path / "data")
    settings.FRONTEND_BUILD = tmp_path / "page"
    settings.FRONTEND_BUILD.mkdir()
    (settings.FRONTEND_BUILD / "index.html").write_text("<!doctype html>")
    return world.build()
