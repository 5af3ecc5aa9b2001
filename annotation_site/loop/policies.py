"""A project's loop policy, or the usual one where nobody has chosen."""

from typing import Any

from django.db import transaction

from annotation_site.accounts.models import Project
from annotation_site.loop.models import Policy


def policy_of(project: Project) -> Policy:
    """Read only: a project without a policy of its own has the usual one, unsaved."""
    return Policy.objects.filter(project=project).first() or Policy(project=project)


@transaction.atomic
def change(*, project: Project, **given: Any) -> Policy:
    """What is given is for all that begins or is decided from now on."""
    policy, _ = Policy.objects.select_for_update().get_or_create(project=project)
    for name, value in given.items():
        setattr(policy, name, value)
    policy.save(update_fields=list(given))
    return policy
