"""Making projects, changing what they are called, and putting them away."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet

from annotation_site.accounts import members
from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import (
    FormerSlug,
    Membership,
    Organisation,
    Project,
    Role,
    User,
)
from annotation_site.accounts.signals import project_archived
from annotation_site.accounts.validity import save_valid
from annotation_site.common.refusals import Conflict
from annotation_site.common.text import one_line


class SlugTaken(Conflict):
    """Another project has, or had, this address. Choose another."""


def seen_by(user: User, *, search: str = "", archived: bool | None = None) -> QuerySet[Project]:
    """The projects that the user has a role in; `mine` holds those. None: archived ones too."""
    mine = Membership.objects.filter(user=user)
    rows = Project.objects.filter(pk__in=mine.values("project"))
    if archived is not None:
        rows = rows.filter(archived_at__isnull=not archived)
    if search:
        rows = rows.filter(
            Q(name__icontains=search)
            | Q(slug__icontains=search)
            | Q(description__icontains=search)
            | Q(organisation__name__icontains=search)
        )
    return rows.select_related("organisation").prefetch_related(
        Prefetch("memberships", mine, to_attr="mine")
    )


@transaction.atomic
def create(
    *, organisation: Organisation, name: str, slug: str, description: str = "", by: User | None
) -> Project:
    """Make a project. Who makes it is its first admin."""
    project = Project(
        organisation=organisation, name=one_line(name), slug=slug, description=description.strip()
    )
    _save_at_its_slug(project)
    if by is not None:
        members.give_role(project=project, user=by, role=Role.ADMIN)
    return project


@transaction.atomic
def change(
    *,
    project: Project,
    name: str | None = None,
    slug: str | None = None,
    description: str | None = None,
) -> Project:
    """Call it otherwise. None leaves as it is; under its old slug it is still found."""
    held = _hold(project)
    refuse_if_archived(held)
    before = held.slug
    held.name = held.name if name is None else one_line(name)
    held.slug = before if slug is None else slug
    held.description = held.description if description is None else description.strip()
    _save_at_its_slug(held)
    if held.slug != before:
        held.former_slugs.filter(slug=held.slug).delete()
        FormerSlug.objects.create(project=held, slug=before)
    return held


@transaction.atomic
def archive(*, project: Project, now: datetime) -> Project:
    """Put it away: it can be read, but nothing changes or runs. Doing it twice is harmless."""
    held = _hold(project)
    if held.archived_at is None:
        held.archived_at = now
        held.save(update_fields=["archived_at"])
        project_archived.send(sender=Project, project=held)
    return held


@transaction.atomic
def unarchive(*, project: Project) -> Project:
    """Take it up again, as it was left."""
    held = _hold(project)
    held.archived_at = None
    held.save(update_fields=["archived_at"])
    return held


def _hold(project: Project) -> Project:
    held = Project.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("organisation").get(pk=project.pk)


def _save_at_its_slug(project: Project) -> None:
    """Save it, unless the slug is another's or was.

    What was another's is looked for only now: until this row is in, that one could still be moving.
    """
    try:
        with transaction.atomic():
            save_valid(project, unique=False)
    except IntegrityError as error:  # the only rule that can be broken here is the slug's
        raise SlugTaken(field="slug") from error
    if FormerSlug.objects.filter(slug=project.slug).exclude(project=project).exists():
        raise SlugTaken(field="slug")
