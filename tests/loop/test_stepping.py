"""What a loop does next, from plain facts."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation_site.loop.models import Policy
from annotation_site.loop.stepping import Action, Facts, Why, quiet_until, step

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
READY = Facts(now=NOON, last=NOON - timedelta(hours=10), new_ratings=60, gain=0.02)


def policy(**given: Any) -> Policy:
    return Policy(enabled=True, **given)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"after_ratings": 60}, Why.RATINGS),
        ({"least_gain": 0.02}, Why.PAYS),
        ({"every_hours": 10}, Why.DUE),
    ],
)
def test_retrains_when_it_is_time(given: dict[str, Any], why: Why) -> None:
    found = step(policy(**given), READY)
    assert (found.action, found.why) == (Action.RETRAIN, why)


def test_a_project_without_a_scorer_is_due_at_once() -> None:
    assert step(policy(every_hours=24), replace(READY, last=None)).action == Action.RETRAIN


def test_says_what_it_waits_for() -> None:
    found = step(policy(after_ratings=100, least_gain=0.05, every_hours=24), READY)
    assert (found.action, found.why) == (Action.WAIT, Why.NOT_YET)
    assert found.facts == {
        "ratings": 40,
        "gain": 0.02,
        "least_gain": 0.05,
        "at": NOON + timedelta(hours=14),
    }


def test_the_same_ratings_are_not_learnt_from_twice() -> None:
    found = step(policy(every_hours=1), replace(READY, new_ratings=0))
    assert (found.action, found.why) == (Action.WAIT, Why.NOTHING_NEW)


def test_goes_on_with_a_promoted_scorer_before_it_retrains() -> None:
    found = step(policy(after_ratings=1, goes_on_until="select"), replace(READY, unused=7))
    assert (found.action, found.why, found.facts) == (Action.GO_ON, Why.PROMOTED, {"run": 7})


def test_stops_at_the_promotion_where_nothing_is_to_follow() -> None:
    assert step(policy(after_ratings=1), replace(READY, unused=7)).action == Action.RETRAIN


@pytest.mark.parametrize(
    ("policy_", "facts", "why"),
    [
        (Policy(after_ratings=1), READY, Why.OFF),
        (policy(after_ratings=1), replace(READY, active=3), Why.BUSY),
        (policy(after_ratings=1), replace(READY, stopped=3), Why.STOPPED),
        (
            policy(after_ratings=1, quiet_from=time(9), quiet_until=time(17)),
            READY,
            Why.QUIET,
        ),
        (policy(after_ratings=1, weekly_hours=2.0), replace(READY, worked_hours=2.0), Why.BUDGET),
    ],
)
def test_waits_though_it_is_time(policy_: Policy, facts: Facts, why: Why) -> None:
    found = step(policy_, replace(facts, unused=7))
    assert (found.action, found.why) == (Action.WAIT, why)


class TestTheQuietTime:
    def test_over_midnight_in_its_own_zone(self) -> None:
        night = policy(quiet_from=time(22), quiet_until=time(6), zone="Europe/Berlin")
        late = datetime(2026, 9, 1, 21, 30, tzinfo=UTC)  # 23:30 in Berlin
        assert quiet_until(night, late) == datetime(2026, 9, 2, 4, 0, tzinfo=UTC)
        early = datetime(2026, 9, 2, 3, 0, tzinfo=UTC)  # 5:00 there
        assert quiet_until(night, early) == datetime(2026, 9, 2, 4, 0, tzinfo=UTC)
        assert quiet_until(night, NOON) is None

    def test_begins_and_ends_on_the_dot(self) -> None:
        day = policy(quiet_from=time(9), quiet_until=time(17))
        assert quiet_until(day, NOON.replace(hour=9)) is not None
        assert quiet_until(day, NOON.replace(hour=17)) is None

    @given(st.datetimes(timezones=st.just(UTC)), st.times(), st.times())
    def test_always_ends_within_a_day(self, now: datetime, start: time, end: time) -> None:
        found = quiet_until(
            policy(quiet_from=start, quiet_until=end), now.replace(year=2026, month=7, day=9)
        )
        here = now.replace(year=2026, month=7, day=9)
        assert found is None or here < found <= here + timedelta(days=1)
