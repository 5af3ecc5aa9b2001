"""What follows from a try: it has arrived, it is tried again, or somebody gives up."""

from datetime import datetime
from functools import partial
from http import HTTPStatus

from django.db import transaction

from annotation_site.webhooks import letters, schedule
from annotation_site.webhooks.models import Attempt, Delivery, Endpoint
from annotation_site.webhooks.sending import Outcome


@transaction.atomic
def record(delivery: Delivery, outcome: Outcome, *, now: datetime) -> bool:
    """Write the try down, with what follows. Whether the endpoint may be sent more at once."""
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=delivery.endpoint_id)
    Attempt.objects.create(
        delivery=delivery,
        at=now,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        problem=outcome.problem,
        headers=outcome.headers,
        response=outcome.response,
        whole=outcome.whole,
    )
    _move(delivery, outcome, now=now)
    if outcome.arrived:
        _has_worked(endpoint, now=now)
    else:
        _has_failed(endpoint, outcome, now=now)
    return outcome.arrived


def _move(delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    tries = delivery.tries + 1
    state, due_at = Delivery.State.WAITING, now + schedule.next_try(tries)
    if outcome.arrived:
        state = Delivery.State.DELIVERED
    elif due_at > delivery.asked_at + schedule.GIVE_UP_AFTER:
        state = Delivery.State.FAILED
    # If another worker was taken for dead and has said more since, its word stands.
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
    waiting.update(state=state, tries=tries, due_at=due_at)


def _has_worked(endpoint: Endpoint, *, now: datetime) -> None:
    endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    _note(endpoint, now=now)


def _has_failed(endpoint: Endpoint, outcome: Outcome, *, now: datetime) -> None:
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.rests_until = now + schedule.rest(endpoint.failures)
    _note(endpoint, now=now)
    if outcome.status == HTTPStatus.GONE:
        _switch_off(endpoint, Endpoint.Off.GONE)
    elif now - endpoint.failing_since > schedule.SWITCH_OFF_AFTER:
        _switch_off(endpoint, Endpoint.Off.FAILING)


def _note(endpoint: Endpoint, *, now: datetime) -> None:
    endpoint.last_at = now
    endpoint.save(update_fields=["failures", "failing_since", "rests_until", "last_at"])


def _switch_off(endpoint: Endpoint, why: Endpoint.Off) -> None:
    if not endpoint.off:
        endpoint.off = why
        endpoint.save(update_fields=["off"])
        transaction.on_commit(partial(letters.tell_admins, endpoint))
