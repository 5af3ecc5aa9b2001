"""How a project's loop stands: the facts that its policy goes by, and what the page shows."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, Sum

from annotation_site import queue
from annotation_site.accounts.models import Project
from annotation_site.loop import growth
from annotation_site.loop.policies import policy_of
from annotation_site.loop.stepping import Facts, step
from annotation_site.loop.trials import champion_of
from annotation_site.rating.models import Purpose, Slot
from annotation_site.runs.kinds import STAGES, TURN
from annotation_site.runs.models import ACTIVE, Kind, Run, State
from scorer.rubric import Dimension

A_WEEK: Final = timedelta(days=7)
MORE: Final = 100
"""The ratings whose worth the page tells."""

BEGINS: Final = (Kind.SCORER, Kind.TURN)
"""What a policy asks for."""

ON_GPUS: Final = [kind for kind, stage in STAGES.items() if stage.queue == queue.GPU]


def facts_of(project: Project, now: datetime) -> Facts:
    """In a fixed number of queries, of which one counts the project's ratings."""
    return _facts(project, champion_of(project), now)


def _facts(project: Project, champion: Run | None, now: datetime) -> Facts:
    asked_for = project.runs.filter(kind__in=BEGINS, reproduces=None)
    learnt = _newest_learnt(project)
    new = ratings(project, since=learnt.snapshot.as_of if learnt else None)
    gain = gain_of(*curve_of(champion), more=new)
    return Facts(
        now=now,
        active=asked_for.filter(state__in=ACTIVE).values_list("pk", flat=True).first(),
        stopped=_stopped(asked_for.order_by("-pk").first()),
        last=learnt.requested_at if learnt else None,
        new_ratings=new,
        gain=gain.value if gain else None,
        worked_hours=worked_hours(project, now),
        unused=champion.pk if champion and _is_unused(champion) else None,
    )


def _stopped(newest: Run | None) -> int | None:
    if newest is None or newest.requested_by_id is not None:
        return None
    return newest.pk if newest.state in (State.FAILED, State.CANCELLED) else None


def _newest_learnt(project: Project) -> Run | None:
    """Whether or not it was promoted: the same ratings are not learnt from twice."""
    scorers = project.runs.filter(kind=Kind.SCORER, state=State.SUCCEEDED, reproduces=None)
    return scorers.select_related("snapshot").order_by("-pk").first()


def _is_unused(champion: Run) -> bool:
    """Nothing was ever built on it, by whomever; a try that failed or was cancelled counts."""
    return not champion.children.filter(kind__in=(Kind.TURN, Kind.SCORE)).exists()


def ratings(project: Project, since: datetime | None = None) -> int:
    """Captions rated by one person each, and not of checks."""
    answered = Slot.objects.filter(
        item__project=project, item__purpose=Purpose.RATE, state=Slot.State.SUBMITTED
    )
    return answered.filter(submitted_at__gt=since).count() if since else answered.count()


def worked_hours(project: Project, now: datetime) -> float:
    """Of workers that hold GPUs, by runs that went on within the last seven days."""
    recent = project.runs.filter(
        Q(finished_at=None) | Q(finished_at__gt=now - A_WEEK), kind__in=ON_GPUS
    )
    return float(recent.aggregate(seconds=Sum("worked_seconds", default=0.0))["seconds"]) / 3600


def curve_of(champion: Run | None) -> tuple[list[growth.Point], growth.Curve | None]:
    learnt = champion.result.get("curve", []) if champion else []
    points = growth.points(learnt, per_rating=len(Dimension))
    return points, growth.fit(points)


def gain_of(
    points: Sequence[growth.Point], curve: growth.Curve | None, *, more: int
) -> growth.Gain | None:
    """Of so many ratings more than the curve's scorer has learnt from."""
    return curve.gain(max(point.ratings for point in points), more) if curve else None


def loop_of(project: Project, now: datetime) -> dict[str, Any]:
    """All that the page shows, in a fixed number of queries."""
    policy, champion = policy_of(project), champion_of(project)
    facts = _facts(project, champion, now)
    return {
        "policy": policy,
        "next": step(policy, facts),
        "ratings": {"all": ratings(project), "new": facts.new_ratings},
        "worked_hours": facts.worked_hours,
        "champion": champion,
        "value": _value(champion),
        "stages": list(_stages(project, champion)),
    }


def _value(champion: Run | None) -> dict[str, Any]:
    points, curve = curve_of(champion)
    unknown = None
    if curve is None:
        unknown = growth.Unknown.NO_CURVE if champion else growth.Unknown.NO_SCORER
    return {
        "more": MORE,
        "gain": gain_of(points, curve, more=MORE),
        "points": points,
        "curve": curve,
        "unknown": unknown,
    }


def _stages(project: Project, champion: Run | None) -> Iterator[dict[str, Any]]:
    """The newest finished run of each stage after the scorer's, and whether it follows from it."""
    followed = {champion.pk} if champion else set()
    for kind in TURN[1:]:
        done = project.runs.filter(kind=kind, state=State.SUCCEEDED, reproduces=None)
        run = done.select_related("snapshot").prefetch_related("parents").order_by("-pk").first()
        parents = {parent.pk for parent in run.parents.all()} if run else set()
        current = bool(parents) and parents <= followed
        if run and current:
            followed.add(run.pk)
        yield {"kind": kind, "run": run, "current": current}
