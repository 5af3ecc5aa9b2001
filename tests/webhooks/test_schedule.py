"""How long is waited, how often is tried."""

from datetime import timedelta

import pytest

from annotation_site.webhooks import schedule


def test_waits_longer_each_time_and_tries_for_three_days() -> None:
    waits = [schedule.next_try(tries, draw=0.5) for tries in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=5)
    tries, passed = 1, timedelta()
    while passed + waits[tries - 1] <= schedule.GIVE_UP_AFTER:
        passed += waits[tries - 1]
        tries += 1
    assert tries == 10
    assert passed > timedelta(days=2)


@pytest.mark.parametrize("tries", [1, 3, 300])
def test_chance_keeps_them_out_of_step(tries: int) -> None:
    plain = schedule.next_try(tries, draw=0.5)
    assert schedule.next_try(tries, draw=0) == plain * 0.8
    assert schedule.next_try(tries, draw=1) == plain * 1.2
    assert plain * 0.8 <= schedule.next_try(tries) <= plain * 1.2


def test_an_endpoint_rests_longer_the_longer_it_fails() -> None:
    rests = [schedule.rest(failures) for failures in (1, 2, 3, 8, 10_000)]
    assert rests == sorted(rests)
    assert rests[0] == timedelta(seconds=5)
    assert rests[-1] == timedelta(minutes=15)
