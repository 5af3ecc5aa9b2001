"""A worker that is killed after it has sent and before it could write that down."""

import os
import signal
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.db import connection

from annotation_site.webhooks import endpoints, nudges
from annotation_site.webhooks.models import Attempt, Delivery, Endpoint
from tests.common.servers import say, serving

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
WORKER = """
import django
django.setup()
from annotation_site.webhooks import lanes
lanes.deliver()
"""


def start_worker(allowed: str) -> "subprocess.Popen[bytes]":
    there = connection.settings_dict
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "annotation_site.settings",
            "CREST_DATABASE_URL": (
                f"postgresql://{there['USER']}@/{there['NAME']}?host={there['HOST']}"
            ),
            "CREST_OUTBOUND_ALLOW": allowed,
            "CREST_SECRET_KEY": "the same in both",
        },
    )


def test_what_was_sent_is_sent_again_under_the_same_id(
    project, listen, work_off, settings, monkeypatch
) -> None:
    monkeypatch.setattr(nudges, "nudge", lambda: None)
    settings.SECRET_KEY = "the same in both"
    workers: list[subprocess.Popen[bytes]] = []

    def kill_whoever_sends_first(request: BaseHTTPRequestHandler) -> None:
        if len(server.received) == 1:
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()
        say()(request)

    with serving(kill_whoever_sends_first) as server:
        endpoint, _ = listen(server)
        endpoints.ping(project=project, number=endpoint.pk)
        workers.append(start_worker(f"127.0.0.1:{server.port}"))
        assert workers[0].wait(60) == -signal.SIGKILL
        assert Delivery.objects.get().state == Delivery.State.WAITING
        assert not Attempt.objects.exists()
        assert work_off() == 0  # its lease still runs

        Endpoint.objects.update(held_until="2026-01-01T00:00Z")
        work_off()
        first, second = ({**headers, "body": body} for headers, body in server.received)
    assert first["webhook-id"] == second["webhook-id"]
    assert first["body"] == second["body"]
    assert Delivery.objects.get().state == Delivery.State.DELIVERED
    assert Attempt.objects.count() == 1
