"""Who is in a project, and what they may do there. Whoever leaves leaves their work behind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from annotation_site.accounts.access import refuse_if_archived
from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.accounts.signals import member_left
from annotation_site.common.refusals import Conflict, Missing


class NoSuchMember(Missing):
    """There is no such member in this project."""


class LastAdmin(Conflict):
    """A project needs an admin who can work in it. Make somebody else one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a project, with all their roles there."""

    user: User
    roles: frozenset[Role]
    paused_at: datetime | None

    @property
    def runs_the_project(self) -> bool:
        return Role.ADMIN in self.roles and self.paused_at is None and self.user.is_active

    @property
    def rates(self) -> bool:
        return Role.ANNOTATOR in self.roles and self.paused_at is None


def people_of(project: Project, *, search: str = "") -> QuerySet[User]:
    """Everybody in the project; of a search, those who have all its words in a name or e-mail."""
    here = Membership.objects.filter(project=project)
    people = User.objects.filter(Exists(here.filter(user=OuterRef("pk"))))
    for word in search.split():
        people = people.filter(
            Q(username__icontains=word) | Q(display_name__icontains=word) | Q(email__icontains=word)
        )
    return people.prefetch_related(Prefetch("memberships", queryset=here, to_attr="here"))


def member_of(person: User) -> Member:
    """One of `people_of`, with their roles there."""
    rows: list[Membership] = person.here  # type: ignore[attr-defined] # prefetched
    return _member(person, rows)


def _member(person: User, rows: list[Membership]) -> Member:
    return Member(
        user=person,
        roles=frozenset(Role(row.role) for row in rows),
        paused_at=min((row.paused_at for row in rows if row.paused_at), default=None),
    )


@transaction.atomic
def give_role(*, project: Project, user: User, role: Role) -> None:
    """Let the user in, or give them one role more. Somebody paused stays so."""
    refuse_if_archived(_lock(project))
    theirs = Membership.objects.filter(project=project, user=user)
    paused_at = theirs.exclude(paused_at=None).values_list("paused_at", flat=True).first()
    Membership.objects.get_or_create(
        project=project, user=user, role=role, defaults={"paused_at": paused_at}
    )


@transaction.atomic
def change(
    *,
    project: Project,
    user_id: int,
    roles: Collection[Role] | None,
    paused: bool | None,
    now: datetime,
) -> Member:
    """Give the member these roles, and pause or resume them. None leaves it as it is."""
    _lock(project)
    before = _find(project, user_id)
    wanted = before.roles if roles is None else frozenset(roles)
    paused_at = before.paused_at
    if paused is not None:
        paused_at = (paused_at or now) if paused else None
    after = Member(user=before.user, roles=wanted, paused_at=paused_at)
    _keep_an_admin(project, before=before, after=after)

    theirs = Membership.objects.filter(project=project, user=before.user)
    theirs.exclude(role__in=wanted).delete()
    theirs.update(paused_at=paused_at)
    Membership.objects.bulk_create(
        Membership(project=project, user=before.user, role=role, paused_at=paused_at)
        for role in sorted(wanted - before.roles)
    )
    if before.rates and not after.rates:
        member_left.send(sender=Project, project=project, user=before.user)
    return after


@transaction.atomic
def remove(*, project: Project, user_id: int) -> None:
    """Take the person out of the project. All that they did there stays, under their name."""
    _lock(project)
    before = _find(project, user_id)
    _keep_an_admin(project, before=before, after=None)
    Membership.objects.filter(project=project, user=before.user).delete()
    member_left.send(sender=Project, project=project, user=before.user)


def _lock(project: Project) -> Project:
    """Change memberships one at a time, or two admins could remove each other at once."""
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _find(project: Project, user_id: int) -> Member:
    rows = Membership.objects.filter(project=project, user_id=user_id).select_related("user")
    found = list(rows)
    if not found:
        raise NoSuchMember
    return _member(found[0].user, found)


def _keep_an_admin(project: Project, *, before: Member, after: Member | None) -> None:
    """Refuse what would leave nobody who can run the project. Called under the lock."""
    if not before.runs_the_project or (after is not None and after.runs_the_project):
        return
    others = Membership.objects.filter(
        project=project, role=Role.ADMIN, paused_at=None, user__is_active=True
    )
    if not others.exclude(user=before.user).exists():
        raise LastAdmin
