"""Whose projects there are, and who owns them. An owner makes projects; opening one takes a role.

Whoever has a role in one of an organisation's projects is a member of it: that is written down
once, in the memberships.
"""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotation_site.accounts import members
from annotation_site.accounts.models import (
    Membership,
    Organisation,
    Ownership,
    Project,
    User,
)
from annotation_site.accounts.validity import save_valid
from annotation_site.common.refusals import Conflict, Forbidden, Missing

DEFAULT = "default"
"""The organisation of whatever is made without naming one."""


class NoSuchOrganisation(Missing):
    """There is no such organisation, or you do not belong to it."""


class NotAnOwner(Forbidden):
    """Only owners of the organisation may do this."""


class NoSuchPerson(Missing):
    """There is no such person in this organisation."""


class LastOwner(Conflict):
    """An organisation needs an owner. Make somebody else one first."""


def of(user: User) -> QuerySet[Organisation]:
    """The organisations that the user owns (`owned`) or has a role in, by name."""
    theirs = Ownership.objects.filter(organisation=OuterRef("pk"), user=user)
    works = Membership.objects.filter(project__organisation=OuterRef("pk"), user=user)
    rows = Organisation.objects.annotate(owned=Exists(theirs))
    return rows.filter(Q(owned=True) | Exists(works)).order_by("name", "pk")


def find(*, user: User, slug: str) -> Organisation:
    """Find it for somebody who belongs to it. `owned` tells whether they own it."""
    found = of(user).filter(slug=slug).first()
    if found is None:
        raise NoSuchOrganisation
    return found


def find_owned(*, user: User, slug: str) -> Organisation:
    found = find(user=user, slug=slug)
    if not found.owned:  # type: ignore[attr-defined] # annotated
        raise NotAnOwner
    return found


def projects_of(organisation: Organisation) -> QuerySet[Project]:
    """Its projects, each with how many `people` are in it."""
    return Project.objects.filter(organisation=organisation).annotate(
        people=Count("memberships__user", distinct=True)
    )


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Everybody in it, with their projects' names (`works_in`), and whether they are an `owner`."""
    owns = Ownership.objects.filter(organisation=organisation, user=OuterRef("pk"))
    works = Membership.objects.filter(project__organisation=organisation, user=OuterRef("pk"))
    here = Q(memberships__project__organisation=organisation)
    rows = User.objects.filter(Exists(owns) | Exists(works))
    return rows.annotate(
        owner=Exists(owns),
        works_in=ArrayAgg("memberships__project__name", filter=here, distinct=True, default=[]),
    )


@transaction.atomic
def set_owner(*, organisation: Organisation, user_id: int, owner: bool) -> User:
    """Make somebody of the organisation an owner, or a mere member again."""
    _lock(organisation)
    person = _find_person(organisation, user_id)
    if owner:
        Ownership.objects.get_or_create(organisation=organisation, user=person)
    else:
        _end_ownership(organisation, person)
    return _find_person(organisation, user_id)


@transaction.atomic
def remove(*, organisation: Organisation, user_id: int) -> None:
    """Take the person out of all the organisation's projects. What they did there stays."""
    _lock(organisation)
    person = _find_person(organisation, user_id)
    _end_ownership(organisation, person)
    theirs = Project.objects.filter(organisation=organisation, memberships__user=person)
    for project in theirs.distinct().order_by("pk"):
        members.remove(project=project, user_id=person.pk)


@transaction.atomic
def open_called(slug: str, *, name: str) -> Organisation:
    """Find the organisation, or make it."""
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        found = Organisation(slug=slug, name=name)
        save_valid(found)
    return found


@transaction.atomic
def own_if_nobody_does(*, organisation: Organisation, user: User) -> None:
    """Let the first one who runs a project there make others too."""
    _lock(organisation)
    if not organisation.ownerships.filter(user__is_active=True).exists():
        Ownership.objects.get_or_create(organisation=organisation, user=user)


def _lock(organisation: Organisation) -> None:
    """Change owners one at a time, or two could remove each other at once."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _find_person(organisation: Organisation, user_id: int) -> User:
    found = people_of(organisation).filter(pk=user_id).first()
    if found is None:
        raise NoSuchPerson
    return found


def _end_ownership(organisation: Organisation, user: User) -> None:
    owners = organisation.ownerships.filter(user__is_active=True)
    if owners.filter(user=user).exists() and owners.count() == 1:
        raise LastOwner
    organisation.ownerships.filter(user=user).delete()
