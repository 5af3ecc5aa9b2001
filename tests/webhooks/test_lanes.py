"""Sending what is due: in order, again after a failure, never to two hands at once."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.core import mail
from django.db import connection
from standardwebhooks import Webhook

from annotation_site.webhooks import endpoints, lanes, nudges, outbox, retention, schedule
from annotation_site.webhooks.models import Attempt, Delivery, Endpoint, Event
from annotation_site.webhooks.types import Type
from tests.common.servers import Server, say, serving

pytestmark = pytest.mark.django_db

WAITING, DELIVERED, FAILED = Delivery.State.WAITING, Delivery.State.DELIVERED, Delivery.State.FAILED


def tell(endpoint: Endpoint, count: int = 1, **data: object) -> None:
    for _ in range(count):
        outbox.tell(project_id=endpoint.project_id, told={Type.ANSWER_RECORDED: data})


def later() -> None:
    """Let every wait be over."""
    Endpoint.objects.update(rests_until=None, held_until=None)
    Delivery.objects.update(due_at="2026-01-01T00:00Z")


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_sent_is_signed_and_kept_with_its_answer(receiver, listen, work_off) -> None:
    endpoint, secret = listen(receiver)
    tell(endpoint, text="Ein Hündchen")
    work_off()
    ((headers, body),) = receiver.received
    content = Webhook(secret).verify(body, {name.lower(): v for name, v in headers.items()})
    event = Event.objects.get()
    assert content == {
        "type": "answer.recorded",
        "version": 1,
        "timestamp": event.at.isoformat(),
        "project": endpoint.project.slug,
        "data": {"text": "Ein Hündchen"},
    }
    assert headers["webhook-id"] == f"evt_{event.pk.hex}"
    assert headers["content-type"] == "application/json"
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.response, attempt.problem) == (200, "thanks", "")
    assert attempt.headers["webhook-signature"] == headers["webhook-signature"]
    assert states() == [DELIVERED]


def test_goes_to_those_who_asked_for_it_only(receiver, listen, work_off) -> None:
    listen(receiver, "remark.created")
    off, _ = listen(receiver)
    gone, _ = listen(receiver)
    wanted, _ = listen(receiver, "answer.recorded")
    endpoints.change(project=off.project, number=off.pk, on=False)
    endpoints.remove(project=gone.project, number=gone.pk, now=gone.created_at)
    tell(wanted)
    work_off()
    assert [d.endpoint_id for d in Delivery.objects.all()] == [wanted.pk]
    assert len(receiver.received) == 1


def test_nothing_is_written_where_nobody_listens(project, listen, receiver) -> None:
    outbox.tell(project_id=project.pk, told={Type.ANSWER_RECORDED: {}, Type.PING: {}})
    endpoint, _ = listen(receiver, "remark.created")
    tell(endpoint)
    assert not Event.objects.exists()


def test_a_failure_is_tried_again_under_the_same_id_and_the_rest_waits(listen, work_off) -> None:
    with serving(say(b"broken", status=503)) as server:
        endpoint, _ = listen(server)
        tell(endpoint, 3)
        work_off()
        assert len(server.received) == 1  # the others wait until it has rested
        assert work_off() == 0
        later()
        work_off()
        ids = {headers["webhook-id"] for headers, _ in server.received}
    assert (len(server.received), len(ids)) == (2, 1)
    endpoint.refresh_from_db()
    assert (endpoint.failures, Attempt.objects.count()) == (2, 2)
    assert endpoint.failing_since is not None
    assert states() == [WAITING] * 3
    listed = endpoints.one(project=endpoint.project, number=endpoint.pk)
    assert (listed.waiting, listed.last_at) == (3, Attempt.objects.latest("pk").at)
    with serving(say()) as server:
        endpoints.change(project=endpoint.project, number=endpoint.pk, url=listen(server)[0].url)
        later()
        work_off()
    endpoint.refresh_from_db()
    assert states() == [DELIVERED] * 3
    assert (endpoint.failures, endpoint.failing_since) == (0, None)


@pytest.mark.parametrize("status", [301, 302, 400, 404, 500])
def test_whatever_is_no_success_is_a_failure(listen, work_off, status: int) -> None:
    with serving(say(status=status, Location="http://127.0.0.1/")) as server:
        tell(listen(server)[0])
        work_off()
    assert (states(), Attempt.objects.get().status) == ([WAITING], status)


def test_is_given_up_after_three_days(listen, receiver, work_off) -> None:
    endpoint, _ = listen(receiver)
    Endpoint.objects.update(url="http://127.0.0.1:1/")  # nobody listens there, nor may
    tell(endpoint)
    Delivery.objects.update(asked_at="2026-01-01T00:00Z")
    work_off()
    assert states() == [FAILED]
    assert Attempt.objects.get().problem == "port"


def test_410_switches_it_off_and_the_admins_are_told(
    listen, work_off, admin, settings, django_capture_on_commit_callbacks
) -> None:
    settings.SENDS_EMAIL = True
    admin.email, admin.language = "admin@lab.example", "de"
    admin.save()
    with serving(say(status=410)) as server:
        endpoint, _ = listen(server)
        tell(endpoint)
        with django_capture_on_commit_callbacks(execute=True):
            work_off()
    endpoint.refresh_from_db()
    assert endpoint.off == "gone"
    (letter,) = mail.outbox
    assert letter.to == ["admin@lab.example"]
    assert "abgeschaltet" in letter.subject
    assert f"/p/{endpoint.project.slug}/settings/webhooks" in letter.body


def test_days_of_failures_switch_it_off(listen, work_off, now: datetime) -> None:
    with serving(say(status=500)) as server:
        endpoint, _ = listen(server)
        tell(endpoint)
        work_off()
        assert Endpoint.objects.get().off == ""
        Endpoint.objects.update(failing_since=now - schedule.SWITCH_OFF_AFTER - timedelta(days=365))
        later()
        work_off()
    endpoint.refresh_from_db()
    assert endpoint.off == "failing"
    on = endpoints.change(project=endpoint.project, number=endpoint.pk, on=True)
    assert (on.off, on.failures, on.failing_since) == ("", 0, None)


def test_two_secrets_sign_for_a_day(listen, receiver, work_off) -> None:
    endpoint, first = listen(receiver)
    now = datetime.now().astimezone()
    _, second = endpoints.renew_secret(project=endpoint.project, number=endpoint.pk, now=now)
    tell(endpoint)
    work_off()
    ((headers, body),) = receiver.received
    for secret in (first, second):
        Webhook(secret).verify(body, {name.lower(): v for name, v in headers.items()})
    Endpoint.objects.update(former_until="2026-01-01T00:00Z")
    tell(endpoint)
    work_off()
    assert len(receiver.received[1][0]["webhook-signature"].split()) == 1


def test_a_secret_that_cannot_be_read_is_told(listen, receiver, work_off, settings) -> None:
    endpoint, _ = listen(receiver)
    tell(endpoint)
    settings.SECRET_KEY = "another key of Django's"
    work_off()
    assert Attempt.objects.get().problem == "secret-lost"
    assert receiver.received == []


def test_an_answer_is_kept_as_text_and_cut(listen, work_off) -> None:
    with serving(say(b"\x00\xff<script>" + b"x" * 5000)) as server:
        tell(listen(server)[0])
        work_off()
    attempt = Attempt.objects.get()
    assert attempt.response.startswith("\N{REPLACEMENT CHARACTER}" * 2 + "<script>")
    assert (len(attempt.response), attempt.whole) == (2048, False)


def test_what_an_endpoint_was_renamed_to_is_looked_at_again(listen, receiver, work_off) -> None:
    """Whatever was allowed when it was typed in, it is the try that counts."""
    endpoint, _ = listen(receiver)
    tell(endpoint)
    Endpoint.objects.update(url="http://[::ffff:7f00:1]/")
    work_off()
    assert Attempt.objects.get().problem == "private"
    assert receiver.connections == 0


def test_an_endpoint_that_somebody_holds_is_left_to_them(listen, receiver) -> None:
    endpoint, _ = listen(receiver)
    tell(endpoint)
    (lane,) = lanes.take(8)
    assert lanes.take(8) == []
    Endpoint.objects.update(held_until="2026-01-01T00:00Z")  # it was taken for dead
    (other,) = lanes.take(8)
    assert other.fence == lane.fence + 1
    lanes.work_off(lane, end=float("inf"))  # the first one wakes up: it is not theirs any more
    assert receiver.received == []
    lanes.work_off(other, end=float("inf"))
    assert len(receiver.received) == 1
    assert Endpoint.objects.get().held_until is None


def test_whoever_has_waited_longest_is_served_first(listen, receiver) -> None:
    numbers = [listen(receiver)[0].pk for _ in range(3)]
    outbox.tell(
        project_id=Endpoint.objects.get(pk=numbers[0]).project_id, told={Type.ANSWER_RECORDED: {}}
    )
    for day, number in enumerate((numbers[2], *numbers[:2]), start=1):
        Delivery.objects.filter(endpoint=number).update(due_at=f"2026-01-0{day}T00:00Z")
    assert [lane.endpoint_id for lane in lanes.take(1)] == [numbers[2]]
    assert [lane.endpoint_id for lane in lanes.take(8)] == numbers[:2]


@pytest.mark.django_db(transaction=True)
def test_a_slow_receiver_keeps_nobody_else_waiting(listen, receiver, monkeypatch) -> None:
    monkeypatch.setattr(nudges, "nudge", lambda: None)
    let_go = threading.Event()

    def dawdle(request: BaseHTTPRequestHandler) -> None:
        let_go.wait(20)
        say()(request)

    with serving(dawdle) as slow:
        tell(listen(slow)[0])
        quick, _ = listen(receiver, "answer.recorded")
        for _ in range(5):
            tell(quick)

        def deliver() -> None:
            lanes.deliver()
            connection.close()

        worker = threading.Thread(target=deliver)
        worker.start()
        _until(lambda: len(receiver.received) == 5)
        waiting = Delivery.objects.filter(state=WAITING).count()
        let_go.set()
        worker.join()
    assert waiting >= 1
    assert set(states()) == {DELIVERED}


def _until(look: Callable[[], bool]) -> None:
    for _ in range(1000):
        if look():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came")


def test_a_month_later_it_is_forgotten(listen, receiver, work_off) -> None:
    endpoint, _ = listen(receiver)
    tell(endpoint, 3)
    work_off()
    old = Event.objects.order_by("pk")[:2].values_list("pk", flat=True)
    Event.objects.filter(pk__in=list(old)).update(at="2026-01-01T00:00Z")
    retention.sweep()
    assert (Event.objects.count(), Delivery.objects.count(), Attempt.objects.count()) == (1, 1, 1)
    Endpoint.objects.update(removed_at="2026-01-01T00:00Z")
    retention.sweep()
    assert Endpoint.objects.exists()  # it still has a delivery
    Event.objects.update(at="2026-01-01T00:00Z")
    retention.sweep()
    assert not Endpoint.objects.exists()


def test_a_nudge_a_second_is_enough(monkeypatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(nudges.app, "send_task", lambda name, **_: sent.append(name))
    monkeypatch.setattr(nudges, "_bell", nudges._Bell())  # noqa: SLF001 - one that was never rung
    for _ in range(100):
        nudges.nudge()
    assert sent == ["crest.deliver"]


def test_a_broker_that_is_away_fails_nobody(monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(nudges.app, "send_task", refuse)
    monkeypatch.setattr(nudges, "_bell", nudges._Bell())  # noqa: SLF001 - as above
    nudges.nudge()


def test_bodies_stay_the_same_to_the_byte(listen, work_off) -> None:
    with serving(say(status=500)) as server:
        endpoint, _ = listen(server)
        tell(endpoint, zebra=1, apple={"b": 1, "a": 2})
        for _ in range(2):
            work_off()
            later()
        (_, first), (_, second) = server.received
    assert first == second
    assert list(json.loads(first)["data"]) == ["apple", "zebra"]


def test_the_server_is_asked_at_its_own_path(listen, receiver: Server, work_off) -> None:
    tell(listen(receiver)[0])
    work_off()
    assert receiver.asked == [f"127.0.0.1:{receiver.port}/hook"]
