"""The loop that runs itself: look at each project's facts, and ask for what its policy wants."""

import logging
from datetime import datetime

from rest_framework.exceptions import ValidationError

from annotation_site.common.refusals import Refusal
from annotation_site.loop.models import Policy
from annotation_site.loop.selectors import facts_of
from annotation_site.loop.stepping import Action, Step, step
from annotation_site.runs import options, services
from annotation_site.runs.lifecycle import Begun
from annotation_site.runs.models import Kind

log = logging.getLogger(__name__)


def drive(now: datetime) -> list[Begun]:
    """Two at a time do no harm: while a run of a kind is active, both are given that one."""
    policies = Policy.objects.filter(enabled=True, project__archived_at=None)
    begun = (_drive_one(policy, now) for policy in policies.select_related("project"))
    return [one for one in begun if one is not None]


def _drive_one(policy: Policy, now: datetime) -> Begun | None:
    """What one project lacks must not hold up the others."""
    next_step = step(policy, facts_of(policy.project, now))
    if next_step.action == Action.WAIT:
        return None
    try:
        begun = _ask(policy, next_step, now)
    except (Refusal, ValidationError):  # options may be of an older version
        log.warning("%s could not go on", policy, exc_info=True)
        return None
    log.info("%s asks for %s: %s", policy, begun.run, next_step.why)
    return begun


def _ask(policy: Policy, next_step: Step, now: datetime) -> Begun:
    if next_step.action == Action.RETRAIN:
        kind, wish, parents = Kind.SCORER, policy.options.get(Kind.SCORER, {}), []
    else:
        kind, wish = Kind.TURN, {**policy.options, "until": policy.goes_on_until}
        parents = [next_step.facts["run"]]
    return services.request_run(
        project=policy.project,
        kind=kind,
        config=options.resolve(kind, wish, paths_allowed=False),
        parents=parents,
        by=None,
        now=now,
    )
