"""What people and the clock do to runs: request, cancel, sweep. `lease` is the worker's side."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import Project, User
from annotation_site.common.clock import seconds_from_now
from annotation_site.datasets.services import freeze
from annotation_site.rating.selectors import data
from annotation_site.runs import bell, lifecycle, parts
from annotation_site.runs.kinds import built_on
from annotation_site.runs.lifecycle import Begun
from annotation_site.runs.models import Kind, Run, State
from annotation_site.runs.refusals import AlreadyFinished, NotAParent, NothingToBuildOn

UNHEARD_SECONDS: Final = 30
"""A run that nobody has taken for so long may not have been heard of."""


def request_run(
    *,
    project: Project,
    kind: Kind,
    config: Mapping[str, Any],
    parents: Collection[int] = (),
    by: User | None,
    now: datetime,
) -> Begun:
    """Ask for a run with a resolved config, built on the champions, or the newest, that it needs.

    What builds on none begins a new chain, and freezes all there is so far. While a run of this
    kind is active, whoever asks is given that one.
    """
    refuse_if_archived(project)
    if already := lifecycle.active(project, kind, config, parents):
        return Begun(already, created=False)
    found = _find_parents(project, kind, given=parents)
    if built_on(kind).parents or (kind == Kind.TURN and found):
        snapshot = found[0].snapshot
    else:
        _check_for_material(project, kind)
        snapshot = freeze(project=project, by=by, now=now)
    return lifecycle.begin(
        project=project, kind=kind, config=config, snapshot=snapshot, parents=found, by=by
    )


def _check_for_material(project: Project, kind: Kind) -> None:
    if kind == Kind.CAPTION:
        if not project.videos.filter(has_media=True).exists():
            raise NothingToBuildOn("There are no videos yet: import some.", missing=["videos"])
    elif not data().filter(slot__item__project=project).exists():
        raise NothingToBuildOn(
            "Nothing was rated yet: rate a few captions first.", missing=["judgments"]
        )


def _find_parents(project: Project, kind: Kind, *, given: Collection[int]) -> list[Run]:
    stage = built_on(kind)
    wanted, instead = stage.parents, stage.instead
    allowed = [*wanted, *instead, *stage.optional]
    finished = Run.objects.filter(project=project, kind__in=allowed, state=State.SUCCEEDED)
    given_runs = finished.filter(pk__in=given)
    chosen = {instead.get(Kind(run.kind), Kind(run.kind)): run for run in given_runs}
    if len(chosen) != len(given):
        raise NotAParent(_expectation(kind, wanted), parents=list(given))
    for parent in wanted:
        best = finished.filter(kind=parent).order_by("-champion", "-pk").first()
        if best and parent not in chosen:
            chosen[parent] = best
    missing = [parent for parent in wanted if parent not in chosen]
    if missing:
        raise NothingToBuildOn(_expectation(kind, missing), missing=missing)
    return [chosen[parent] for parent in (*wanted, *stage.optional) if parent in chosen]


def _expectation(kind: Kind, parents: Collection[Kind]) -> str:
    if not parents:
        return f"A run of kind {kind} builds on no other run."
    return f"A run of kind {kind} builds on a finished run of kind {' and of kind '.join(parents)}."


@transaction.atomic
def cancel(*, run: Run) -> Run:
    """Cancel a run that waits; ask the worker of one that runs to stop between two steps."""
    waiting = lifecycle.end(run, State.CANCELLED, when=Q(state=State.QUEUED))
    asked = not waiting and Run.objects.filter(pk=run.pk, state=State.RUNNING).update(
        cancel_requested=True
    )
    if not waiting and not asked:
        raise AlreadyFinished
    bell.announce(run)
    if run.kind == Kind.TURN:
        _cancel_stages(run)
    run.refresh_from_db()
    return run


def _cancel_stages(turn: Run) -> None:
    for stage in turn.stages.filter(state__in=[State.QUEUED, State.RUNNING]):
        cancel(run=stage)
    lifecycle.advance(turn.pk)  # one that waits to go on has no stage to be cancelled with


def sweep() -> None:
    """Put right whatever a lost message or a killed worker left. Two at a time do no harm."""
    _wake_again()
    stages = Run.objects.exclude(kind=Kind.TURN)
    for run in stages.filter(lifecycle.expired()):
        _recover(run)
    for run in stages.filter(parts.has_free_ones(), state=State.RUNNING):
        if bell.is_silent(run):
            bell.call_for_help(run, 1)
    for run in stages.filter(state=State.QUEUED, cancel_requested=True):
        lifecycle.end(run, State.CANCELLED, when=Q(state=State.QUEUED))
    for turn in Run.objects.filter(kind=Kind.TURN, state=State.RUNNING):
        lifecycle.advance(turn.pk)


def _recover(run: Run) -> None:
    """Put a run whose worker is gone back in the queue, unless it was enough."""
    still = lifecycle.expired() & Q(fence=run.fence)
    if run.cancel_requested:
        lifecycle.end(run, State.CANCELLED, when=still)
    elif run.attempt >= run.max_attempts:
        lifecycle.end(
            run,
            State.FAILED,
            when=still,
            error_code="worker_lost",
            error_detail=(
                f"Its worker went away without a word in each of {run.attempt} attempts, the last "
                f"one on {run.lease_owner}. Mostly that machine ran out of memory: look at the "
                "worker's log and the machine's, then request the run again."
            ),
        )
    else:
        _put_back(run, still)


@transaction.atomic
def _put_back(run: Run, still: Q) -> None:
    if Run.objects.filter(still, pk=run.pk).update(state=State.QUEUED, lease_until=None):
        bell.announce(run)
        bell.wake_worker(run)


def _wake_again() -> None:
    """Ring again for runs that nobody came for, where no message waits to be heard already."""
    unheard = Run.objects.filter(
        state=State.QUEUED, requested_at__lt=seconds_from_now(-UNHEARD_SECONDS)
    )
    for run in unheard:
        if bell.is_silent(run):
            bell.wake_worker(run)
