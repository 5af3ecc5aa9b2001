"""How a project rates: its protocol, or the usual one where nobody has chosen."""

from typing import Any

from django.db import transaction

from annotation_site.accounts.models import Project
from annotation_site.rating.models import Protocol


def protocol_of(project: Project) -> Protocol:
    """Read only: a project without a protocol of its own has the usual one, unsaved.

    Read once for each project object, as requests have one of their own.
    """
    try:
        return project.protocol
    except Protocol.DoesNotExist:
        return Protocol(project=project)


def settled_protocol(project: Project) -> Protocol:
    """Write the protocol down, once there is something to rate by it."""
    return Protocol.objects.get_or_create(project=project)[0]


@transaction.atomic
def change(*, project: Project, **given: Any) -> Protocol:
    """Rate otherwise from now on. What is lent or drawn already stays as it was."""
    protocol = settled_protocol(project)
    for name, value in given.items():
        setattr(protocol, name, value)
    protocol.save(update_fields=list(given))
    return protocol
