"""The rubric of a project, version by version. A new one is for what is lent from then on."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from annotation_site.accounts.models import Project, User
from annotation_site.rating import bridges, protocols
from annotation_site.rating.refusals import NoSuchRubric, NothingChanged, RubricMoved
from annotation_site.rating.rubric_models import RubricVersion
from annotation_site.rating.wording import LIBRARY, Texts
from scorer import rubric


def versions(project: Project) -> QuerySet[RubricVersion]:
    """All versions but the library's, each with who made it."""
    return RubricVersion.objects.filter(project=project).select_related("by")


def version(*, project: Project, number: int) -> RubricVersion:
    """One version; the library's as a row that is not saved."""
    if number == rubric.VERSION:
        return RubricVersion(project=project, number=number, texts=LIBRARY)
    found = versions(project).filter(number=number).first()
    if found is None:
        raise NoSuchRubric
    return found


@transaction.atomic
def publish(
    *, project: Project, based_on: int, texts: Texts, note: str, by: User, now: datetime
) -> RubricVersion:
    """Ask in these words from now on. What is lent is still asked and kept under its own version.

    `based_on` is the version that the author saw: of two who change it at once, one is told.
    """
    protocol = protocols.hold(project)
    if protocol.rubric_version != based_on:
        raise RubricMoved(version=protocol.rubric_version)
    if version(project=project, number=based_on).texts == texts:
        raise NothingChanged
    made = RubricVersion.objects.create(
        project=project, number=based_on + 1, texts=texts, note=note, by=by, made_at=now
    )
    protocol.rubric_version, protocol.bridging = made.number, False
    protocol.save(update_fields=["rubric_version", "bridging"])
    bridges.close(project)
    return made
