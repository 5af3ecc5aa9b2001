"""What a project's loop does next and why, from plain facts: no clock and no row is read here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from annotation_site.loop.models import Policy


class Action(StrEnum):
    WAIT = "wait"
    RETRAIN = "retrain"
    GO_ON = "go-on"
    """Rescore, reselect and so on, by the scorer that was promoted."""


class Why(StrEnum):
    OFF = "off"
    BUSY = "busy"
    STOPPED = "stopped"
    """The last run that began by itself failed or was cancelled: somebody has to look."""
    QUIET = "quiet"
    BUDGET = "budget"
    PROMOTED = "promoted"
    NOTHING_NEW = "nothing-new"
    DUE = "due"
    """So long after the last time."""
    RATINGS = "ratings"
    """So many are new."""
    PAYS = "pays"
    """So much is to be expected of them."""
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one project, at one moment."""

    now: datetime
    active: int | None = None
    """The scorer's or the turn's run that goes on."""

    stopped: int | None = None
    """The newest of those, if it began by itself and failed or was cancelled."""

    last: datetime | None = None
    """When a scorer was last asked for."""

    new_ratings: int = 0
    """Later than those that it learnt from."""

    gain: float | None = None
    """In SRCC, to be expected of them."""

    worked_hours: float = 0.0
    """By workers that hold GPUs, in the last seven days."""

    unused: int | None = None
    """The champion, if it was promoted and nothing was built on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    action: Action
    why: Why
    facts: Mapping[str, Any] = field(default_factory=dict)


def step(policy: Policy, facts: Facts) -> Step:
    """The first reason to wait counts, and then the first to act."""
    return _held_up(policy, facts) or _called_for(policy, facts) or _waiting(policy, facts)


def _held_up(policy: Policy, facts: Facts) -> Step | None:
    if not policy.enabled:
        return _wait(Why.OFF)
    if facts.active is not None:
        return _wait(Why.BUSY, run=facts.active)
    if facts.stopped is not None:
        return _wait(Why.STOPPED, run=facts.stopped)
    if (until := quiet_until(policy, facts.now)) is not None:
        return _wait(Why.QUIET, until=until)
    if policy.weekly_hours is not None and facts.worked_hours >= policy.weekly_hours:
        return _wait(Why.BUDGET, hours=facts.worked_hours, of=policy.weekly_hours)
    return None


def _called_for(policy: Policy, facts: Facts) -> Step | None:
    if facts.unused is not None and policy.goes_on_until:
        return Step(action=Action.GO_ON, why=Why.PROMOTED, facts={"run": facts.unused})
    if facts.new_ratings == 0:
        return _wait(Why.NOTHING_NEW)
    if policy.after_ratings is not None and facts.new_ratings >= policy.after_ratings:
        return _retrain(Why.RATINGS, ratings=facts.new_ratings)
    if policy.least_gain is not None and (facts.gain or 0.0) >= policy.least_gain:
        return _retrain(Why.PAYS, gain=facts.gain)
    if policy.every_hours is not None and (due := due_at(policy, facts)) <= facts.now:
        return _retrain(Why.DUE, since=due)
    return None


def _waiting(policy: Policy, facts: Facts) -> Step:
    """For whatever the policy waits for, so that a page can say how far it is."""
    awaited: dict[str, Any] = {}
    if policy.after_ratings is not None:
        awaited["ratings"] = policy.after_ratings - facts.new_ratings
    if policy.least_gain is not None:
        awaited |= {"gain": facts.gain, "least_gain": policy.least_gain}
    if policy.every_hours is not None:
        awaited["at"] = due_at(policy, facts)
    return _wait(Why.NOT_YET, **awaited)


def due_at(policy: Policy, facts: Facts) -> datetime:
    """A project that has no scorer yet is due at once."""
    if facts.last is None:
        return facts.now
    return facts.last + timedelta(hours=policy.every_hours or 0)


def quiet_until(policy: Policy, now: datetime) -> datetime | None:
    """When the quiet time that goes on now ends. One that ends before it begins spans midnight."""
    if policy.quiet_from is None or policy.quiet_until is None:
        return None
    here = now.astimezone(ZoneInfo(policy.zone))
    if not _within(here.time(), policy.quiet_from, policy.quiet_until):
        return None
    end = datetime.combine(here.date(), policy.quiet_until, here.tzinfo)
    return end if end > here else end + timedelta(days=1)


def _within(moment: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= moment < end
    return moment >= start or moment < end


def _wait(why: Why, **facts: Any) -> Step:
    return Step(action=Action.WAIT, why=why, facts=facts)


def _retrain(why: Why, **facts: Any) -> Step:
    return Step(action=Action.RETRAIN, why=why, facts=facts)
