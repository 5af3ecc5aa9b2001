"""How a run begins and ends, and how that moves the turn it belongs to, all in one transaction.

Locks are taken in one order: the turn, then its stage, then the project. So nothing here deadlocks.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from annotation_site.accounts.models import Project, User
from annotation_site.common.clock import DatabaseNow
from annotation_site.datasets.models import Snapshot
from annotation_site.runs import bell
from annotation_site.runs.kinds import STAGES, TURN
from annotation_site.runs.models import ACTIVE, Kind, Run, State
from annotation_site.runs.signals import run_ended


class Begun(NamedTuple):
    run: Run
    created: bool
    """False: a run of this kind was active already, and this is it."""


def expired() -> Q:
    """Its worker's lease is over, or was never written, by the database's clock."""
    return Q(state=State.RUNNING) & (Q(lease_until=None) | Q(lease_until__lt=DatabaseNow()))


def active(
    project: Project, kind: Kind, config: Mapping[str, Any], parents: Collection[int]
) -> Run | None:
    """The run that whoever asks for this one is given in its place.

    There is one of a kind at a time; of captioners many may write, but none does it twice.
    """
    of_kind = Run.objects.filter(project=project, kind=kind, state__in=ACTIVE)
    if kind != Kind.CAPTION:
        return of_kind.first()
    same = of_kind.filter(config=config).prefetch_related("parents")
    return next((run for run in same if {one.pk for one in run.parents.all()} == {*parents}), None)


@transaction.atomic
def begin(
    *,
    project: Project,
    kind: Kind,
    config: Mapping[str, Any],
    snapshot: Snapshot,
    parents: Iterable[Run] = (),
    by: User | None,
    turn: Run | None = None,
    reproduces: Run | None = None,
) -> Begun:
    """Write the wish down and wake a worker after the commit, unless the kind is active already."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # one wish at a time
    parents = list(parents)
    if already := active(project, kind, config, [parent.pk for parent in parents]):
        return Begun(already, created=False)
    run = Run.objects.create(
        project=project,
        kind=kind,
        config=config,
        snapshot=snapshot,
        requested_by=by,
        requested_at=DatabaseNow(),
        turn=turn,
        reproduces=reproduces,
        **({"state": State.RUNNING, "started_at": DatabaseNow()} if kind == Kind.TURN else {}),
    )
    run.parents.set(parents)
    if kind == Kind.TURN:
        advance(run.pk)
    else:
        bell.wake_worker(run)
        bell.announce(run)
    run.refresh_from_db()
    return Begun(run, created=True)


@transaction.atomic
def end(run: Run, state: State, *, when: Q, **facts: Any) -> bool:
    """End the run and let its turn go on, if it is still as `when` says; else do nothing."""
    if run.turn_id:
        _hold(run.turn_id)
    still = Run.objects.filter(when, pk=run.pk)
    if not still.update(state=state, finished_at=DatabaseNow(), lease_until=None, **facts):
        return False
    run.refresh_from_db()
    run_ended.send(sender=Run, run=run)
    bell.announce(run)
    if run.turn_id:
        advance(run.turn_id)
    return True


@transaction.atomic
def advance(turn_id: int) -> None:
    """Request the stage that comes next, or end the turn as its stages ended.

    What to do follows from the rows alone, so doing it once more harms nothing.
    """
    turn = _hold(turn_id)
    if turn.state != State.RUNNING:
        return
    stages = {Kind(run.kind): run for run in (*turn.parents.all(), *turn.stages.all())}
    kinds = _stages_of(turn)
    for kind in kinds:
        stage = stages.get(kind)
        if stage is None:
            _go_on(turn, kind, stages)
            return
        if stage.state != State.SUCCEEDED:
            if stage.state not in ACTIVE:
                _end_with(turn, stage)
            return
    _end_turn(turn, State.SUCCEEDED, result=stages[kinds[-1]].result, **_at(turn, len(kinds)))


def _stages_of(turn: Run) -> tuple[Kind, ...]:
    """In their order. Turns of old go to the end of the loop."""
    until = Kind(turn.config.get("until", TURN[-1]))
    return TURN[: TURN.index(until) + 1]


def _hold(turn_id: int) -> Run:
    return Run.objects.select_for_update().get(pk=turn_id)


def _go_on(turn: Run, kind: Kind, stages: Mapping[Kind, Run]) -> None:
    # A stage may end well just as somebody cancels it: then it is the turn that stops.
    if turn.cancel_requested or turn.stages.filter(cancel_requested=True).exists():
        _end_turn(turn, State.CANCELLED)
        return
    stage, created = begin(
        project=turn.project,
        kind=kind,
        config=turn.config[kind],
        snapshot=turn.snapshot,
        parents=[stages[parent] for parent in STAGES[kind].parents],
        by=turn.requested_by,
        turn=turn,
    )
    # A run of this kind that somebody asked for by itself goes first; the sweep looks again.
    message = kind.label if created else f"Waiting for {stage} to end"
    Run.objects.filter(pk=turn.pk).update(**_at(turn, len(stages), message))
    bell.announce(turn)


def _at(turn: Run, done: int, message: str = "") -> dict[str, Any]:
    progress = {"done": done, "total": len(_stages_of(turn)), "message": message}
    return {"progress": progress, "progress_at": DatabaseNow()}


def _end_with(turn: Run, stage: Run) -> None:
    """A turn fails with the stage that failed, and is cancelled with the one that was cancelled."""
    reason = f"{stage}: {stage.error_detail}" if stage.error_detail else ""
    _end_turn(turn, State(stage.state), error_code=stage.error_code, error_detail=reason)


def _end_turn(turn: Run, state: State, **facts: Any) -> None:
    end(turn, state, when=Q(state=State.RUNNING), **facts)
