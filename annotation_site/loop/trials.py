"""Trials: each scorer that has learnt challenges the champion, and takes its place if it wins.

Both are held against the same people on the frozen test: the captions of held-out videos on which
both have given their word, with the votes of the challenger's snapshot.
"""

from typing import Any, Final

from django.db import transaction

from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import Project, User
from annotation_site.common.clock import DatabaseNow
from annotation_site.jobs import services as jobs
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Work
from annotation_site.loop.deciding import Decision, decide
from annotation_site.loop.models import Grounds, Rule, Trial
from annotation_site.loop.policies import policy_of
from annotation_site.loop.refusals import AlreadyChampion, NotAChallenger
from annotation_site.runs.models import Kind, Run, State

JOB: Final = "trial"


def champion_of(project: Project) -> Run | None:
    return Run.objects.filter(project=project, kind=Kind.SCORER, champion=True).first()


def ask_for_one(*, run: Run, **_: object) -> None:
    """In the transaction in which a scorer ends. What only does another once more is none."""
    if run.kind == Kind.SCORER and run.state == State.SUCCEEDED and run.reproduces_id is None:
        jobs.request(
            project=run.project,
            kind=JOB,
            by=run.requested_by,
            payload={"run": run.pk, "name": str(run)},
            key=f"run {run.pk}",
        )


@handler(JOB)
def hold(work: Work) -> dict[str, Any]:
    """Compare, then decide. Killed in between, it is done once more and comes out the same."""
    from annotation_site.loop.comparing import compared  # noqa: PLC0415 - scipy, for a job alone

    challenger = Run.objects.select_related("project", "snapshot").get(
        project=work.job.project, pk=work.job.payload["run"]
    )
    while True:
        champion = champion_of(challenger.project)
        comparison = compared(challenger, champion) if champion else None
        work.check()
        if trial := _decide(challenger, champion, comparison):
            return {"promoted": trial.promoted, "grounds": trial.grounds}


@transaction.atomic
def _decide(
    challenger: Run, champion: Run | None, comparison: dict[str, Any] | None
) -> Trial | None:
    """None if somebody else has become the champion while the two were compared."""
    project = _held(challenger.project)
    if champion_of(project) != champion:
        return None
    if before := Trial.objects.filter(challenger=challenger).order_by("-pk").first():
        return before
    decision = _decision(champion, comparison, Rule(policy_of(project).rule))
    return _write(
        Trial(
            challenger=challenger,
            champion=champion,
            promoted=decision.promoted,
            grounds=decision.grounds,
            comparison=comparison or {},
        )
    )


def _decision(champion: Run | None, comparison: dict[str, Any] | None, rule: Rule) -> Decision:
    return decide(comparison, rule) if champion else Decision(promoted=True, grounds=Grounds.FIRST)


@transaction.atomic
def promote(*, run: Run, by: User, reason: str) -> Trial:
    """Make a scorer the champion whatever a rule says."""
    refuse_if_archived(run.project)
    project = _held(run.project)
    run.refresh_from_db()
    if run.kind != Kind.SCORER or run.state != State.SUCCEEDED:
        raise NotAChallenger
    if run.champion:
        raise AlreadyChampion
    champion = champion_of(project)
    return _write(
        Trial(
            challenger=run,
            champion=champion,
            promoted=True,
            grounds=Grounds.BY_HAND,
            by=by,
            reason=reason,
        )
    )


def _held(project: Project) -> Project:
    """One decision at a time."""
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _write(trial: Trial) -> Trial:
    trial.project_id = trial.challenger.project_id
    trial.decided_at = DatabaseNow()
    trial.save()
    trial.refresh_from_db()
    if trial.promoted:
        scorers = Run.objects.filter(project=trial.project_id, kind=Kind.SCORER)
        scorers.filter(champion=True).update(champion=False)
        scorers.filter(pk=trial.challenger_id).update(champion=True)
    return trial
