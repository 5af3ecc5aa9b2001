"""Who is where."""

from itertools import groupby
from operator import attrgetter

from annotation_site.accounts.access import Entry, entry_of
from annotation_site.accounts.models import Membership, User


def memberships_of(user: User) -> list[Entry]:
    """List the person's projects by name, each with what they are in it."""
    rows = Membership.objects.filter(user=user).select_related("project")
    ordered = rows.order_by("project__name", "project_id")
    return [
        entry_of(list(of_project)) for _, of_project in groupby(ordered, key=attrgetter("project"))
    ]
