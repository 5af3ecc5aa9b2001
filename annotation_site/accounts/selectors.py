"""Who is where."""

from itertools import groupby
from operator import attrgetter

from annotation_site.accounts.models import Membership, Project, Role, User


def memberships_of(user: User) -> list[tuple[Project, set[Role]]]:
    """List the person's projects by name, each with what they are in it."""
    rows = Membership.objects.filter(user=user).select_related("project")
    ordered = rows.order_by("project__name", "project_id")
    return [
        (project, {Role(row.role) for row in of_project})
        for project, of_project in groupby(ordered, key=attrgetter("project"))
    ]
