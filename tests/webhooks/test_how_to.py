"""The receiver of the how-to, run as it stands there."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation_site.webhooks import endpoints, outbox
from annotation_site.webhooks.models import Attempt, Delivery
from annotation_site.webhooks.types import Type
from tests.common.servers import say, serving

pytestmark = pytest.mark.django_db

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "receive-webhooks.md"


@pytest.fixture
def endpoint(listen):
    """Where the receiver will be, and its secret."""
    with serving(say()) as server:
        return listen(server)


@pytest.fixture
def receiver(endpoint, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    (program,) = re.findall(r"^```python\n(.*?)^```", HOW_TO.read_text(), re.MULTILINE | re.DOTALL)
    script = tmp_path / "receiver.py"
    script.write_text(program)
    webhook, secret = endpoint
    port = webhook.url.split(":")[2].partition("/")[0]
    with subprocess.Popen(
        [sys.executable, str(script), secret, port], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            _await(int(port))
            yield process
        finally:
            process.kill()


def _await(port: int) -> None:
    for _ in range(1000):
        with socket.socket() as probe:
            probe.settimeout(5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.02)
    raise AssertionError("the receiver does not listen")


def test_it_believes_what_crest_sends_once_and_nothing_else(
    endpoint, receiver, project, work_off
) -> None:
    webhook, _ = endpoint
    number = endpoints.ping(project=project, number=webhook.pk)
    work_off()
    assert Attempt.objects.get().status == 204
    assert receiver.stdout.readline() == "ping {}\n"

    Delivery.objects.filter(pk=number).update(state="waiting", due_at="2026-01-01T00:00Z")
    outbox.tell(project_id=project.pk, told={Type.PROJECT_ARCHIVED: {"name": "Demo"}})
    work_off()
    assert receiver.stdout.readline() == "project.archived {'name': 'Demo'}\n"

    endpoints.renew_secret(project=project, number=webhook.pk, now=webhook.created_at)
    outbox.tell(project_id=project.pk, told={Type.PROJECT_ARCHIVED: {"name": "Demo"}})
    work_off()
    assert Attempt.objects.order_by("pk").last().status == 401
