"""What is read of the log: a project's entries, an organisation's, and the people in them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from annotation_site.accounts.models import Organisation, Project, User
from annotation_site.audit.models import Entry
from annotation_site.audit.watched import WATCHED

KINDS: Final = tuple(sorted(watched.kind for watched in WATCHED))
OF_AN_ORGANISATION: Final = frozenset(
    {"organisation", "ownership", "project", "membership", "invitation"}
)
"""What its owners see: people and projects. What is in a project stays between its people."""

_PEOPLE: Final = frozenset(
    {
        "user_id",
        "by_id",
        "made_by_id",
        "accepted_by_id",
        "annotator_id",
        "resolved_by_id",
        "opened_by_id",
        "requested_by_id",
        "created_by_id",
    }
)
"""Columns that have a person's number."""


def of_project(project: Project) -> QuerySet[Entry]:
    return Entry.objects.filter(project=project).select_related("project")


def of_organisation(organisation: Organisation) -> QuerySet[Entry]:
    """What changed among its people and projects, those that are gone, too."""
    rows = Entry.objects.filter(organisation=organisation, kind__in=OF_AN_ORGANISATION)
    return rows.select_related("project")


def narrowed(rows: QuerySet[Entry], wanted: Mapping[str, Any]) -> QuerySet[Entry]:
    """Keep the entries of a `person`, of a `kind`, `since` and `until` an instant."""
    fields = {"person": "by_id", "kind": "kind", "since": "at__gte", "until": "at__lt"}
    return rows.filter(**{fields[name]: value for name, value in wanted.items()})


def people_of(entries: Iterable[Entry]) -> dict[int, User]:
    """Everybody who acts in them or is told of, in one query. Whoever is gone is not in it."""
    numbers = {number for entry in entries for number in {entry.by_id, *people_in(entry)}}
    return User.objects.in_bulk([number for number in numbers if number is not None])


def people_in(entry: Entry) -> set[int]:
    about = {value for column, value in entry.about.items() if column in _PEOPLE}
    changed = {
        value for column, pair in entry.changes.items() if column in _PEOPLE for value in pair
    }
    return {number for number in about | changed if isinstance(number, int)}
