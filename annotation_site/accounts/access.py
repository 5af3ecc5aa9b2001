"""Who may enter a project: the one place where roles are checked."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from annotation_site.accounts.models import FormerSlug, Membership, Project, Role, User
from annotation_site.common.refusals import Conflict, Forbidden, Missing

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.ADMIN, Role.RESEARCHER})
ANNOTATORS = frozenset({Role.ANNOTATOR})
ADMINS = frozenset({Role.ADMIN})
RESEARCHERS = frozenset({Role.RESEARCHER})


class NoSuchProject(Missing):
    """There is no such project, or you are not a member of it."""


class WrongRole(Forbidden):
    """Your role in this project does not allow this."""


class Paused(Forbidden):
    """An admin has paused your work in this project. You may look, but not change anything."""


class Archived(Conflict):
    """This project is archived: it can be read, but nothing in it changes or runs."""


def roles_of(user: User, project: Project) -> frozenset[Role]:
    found = Membership.objects.filter(user=user, project=project).values_list("role", flat=True)
    return frozenset(Role(role) for role in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody finds when they open a project's door."""

    project: Project
    roles: frozenset[Role]
    paused: bool

    def admit(self, allowed: frozenset[Role]) -> Project:
        if self.roles.isdisjoint(allowed):
            raise WrongRole(allowed=sorted(allowed))
        return self.project

    def admit_to_work(self, allowed: frozenset[Role], *, even_archived: bool = False) -> Project:
        if self.paused:
            raise Paused
        project = self.admit(allowed)
        if not even_archived:
            refuse_if_archived(project)
        return project


def refuse_if_archived(project: Project) -> None:
    if project.archived_at is not None:
        raise Archived


def knock(*, user: User, slug: str, along: Collection[str] = ()) -> Entry:
    """Find the project, what belongs to it `along` with it, and what the user is, in one query.

    A stranger cannot tell another's project from one that does not exist.
    """
    mine = Membership.objects.filter(user_id=user.pk)
    rows = mine.select_related("project", *(f"project__{name}" for name in along))
    found = list(rows.filter(project__slug=slug)) or _by_a_former_slug(rows, slug)
    if not found:
        raise NoSuchProject
    return entry_of(found)


def _by_a_former_slug(rows: QuerySet[Membership], slug: str) -> list[Membership]:
    return list(rows.filter(project__in=FormerSlug.objects.filter(slug=slug).values("project")))


def entry_of(memberships: list[Membership]) -> Entry:
    """What these memberships, all of one person in one project, come to."""
    return Entry(
        project=memberships[0].project,
        roles=frozenset(Role(membership.role) for membership in memberships),
        paused=any(membership.paused_at for membership in memberships),
    )


def enter(*, user: User, slug: str, allowed: frozenset[Role]) -> Project:
    """Open the project, if the user is in it with one of the allowed roles."""
    return knock(user=user, slug=slug).admit(allowed)


class NotWithAToken(Forbidden):
    """A token cannot do this: sign in on the page."""


def signed_in(request: Request) -> User:
    """Name the person behind a request that the default permission has let through."""
    assert isinstance(request.user, User)  # noqa: S101 - what that permission guarantees
    return request.user


def signed_in_here(request: Request) -> User:
    """Refuse tokens too: a stolen one must not outlive itself, nor lock its owner out."""
    if request.auth is not None:
        raise NotWithAToken
    return signed_in(request)


class ProjectView(APIView):
    """A view below `projects/<slug>/`. `roles` says who may; an unlisted method: nobody.

    Whoever is paused there may still look, and so may everybody once it is archived.
    """

    roles: ClassVar[dict[str, frozenset[Role]]] = {}
    even_archived: ClassVar[bool] = False
    """Whether it may be changed there: only so does a project come back."""
    along: ClassVar[tuple[str, ...]] = ()
    """What is fetched with the project, as it is needed each time: its relations' names."""
    project: Project
    entry: Entry

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else request.method
        allowed = self.roles.get(method or "", frozenset())
        self.entry = knock(user=signed_in(request), slug=kwargs["slug"], along=self.along)
        if method in SAFE_METHODS:
            self.project = self.entry.admit(allowed)
        else:
            self.project = self.entry.admit_to_work(allowed, even_archived=self.even_archived)
