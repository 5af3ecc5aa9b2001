"""One real Postgres for a whole test run; a database and a data directory for each process of it.

Django's settings read the environment once, so everything they need is set here, before they load.
"""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from annotation_site.common.embedded import TEST_SETTINGS, Postgres
from annotation_site.common.paths import DataDirectory

# The same examples each time, and no stop-watch: the machine may be busy.
hypothesis.settings.register_profile("crest", deadline=None, derandomize=True)
hypothesis.settings.load_profile("crest")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist finds it running
        _start_postgres(config)
    name = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["CREST_DATA"] = str(Path(os.environ["CREST_TEST_ROOT"]) / name)
    os.environ["DJANGO_SETTINGS_MODULE"] = "annotation_site.settings"

    import django  # noqa: PLC0415 - from here on settings may load

    django.setup()
    config.pluginmanager.import_plugin("tests.fixtures")
    if config.getoption("numprocesses", None):
        # Workers would load the settings before they have a directory of their own.
        del os.environ["DJANGO_SETTINGS_MODULE"]


def _start_postgres(config: pytest.Config) -> None:
    root = Path(tempfile.mkdtemp(prefix="crest-test-"))
    config.add_cleanup(lambda: shutil.rmtree(root))
    postgres = Postgres(
        home=root / "postgres",
        sockets=DataDirectory(root).sockets,
        log=root / "postgres.log",
        settings=TEST_SETTINGS,
    )
    config.add_cleanup(postgres.stop)  # runs before the one above
    postgres.start()
    os.environ["CREST_TEST_ROOT"] = str(root)
    os.environ["CREST_DATABASE_URL"] = postgres.url()
