"""Who may enter a project: the one place where roles are checked."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.views import APIView

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.common.refusals import Forbidden, Missing

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.ADMIN, Role.RESEARCHER})
ANNOTATORS = frozenset({Role.ANNOTATOR})
ADMINS = frozenset({Role.ADMIN})
RESEARCHERS = frozenset({Role.RESEARCHER})


class NoSuchProject(Missing):
    """There is no such project, or you are not a member of it."""


class WrongRole(Forbidden):
    """Your role in this project does not allow this."""


def roles_of(user: User, project: Project) -> frozenset[Role]:
    found = Membership.objects.filter(user=user, project=project).values_list("role", flat=True)
    return frozenset(Role(role) for role in found)


def enter(*, user: User, slug: str, allowed: frozenset[Role]) -> Project:
    """Open the project, if the user is in it with one of the allowed roles.

    A stranger cannot tell another's project from one that does not exist.
    """
    rows = Membership.objects.filter(project__slug=slug, user_id=user.pk)
    memberships = list(rows.select_related("project"))
    if not memberships:
        raise NoSuchProject
    if not allowed.intersection(membership.role for membership in memberships):
        raise WrongRole(allowed=sorted(allowed))
    return memberships[0].project


def signed_in(request: Request) -> User:
    """Name the person behind a request that the default permission has let through."""
    assert isinstance(request.user, User)  # noqa: S101 - what that permission guarantees
    return request.user


class ProjectView(APIView):
    """A view below `projects/<slug>/`. `roles` says who may; an unlisted method: nobody."""

    roles: ClassVar[dict[str, frozenset[Role]]] = {}
    project: Project

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method == "HEAD" else request.method
        allowed = self.roles.get(method or "", frozenset())
        self.project = enter(user=signed_in(request), slug=kwargs["slug"], allowed=allowed)
