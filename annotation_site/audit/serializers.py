"""How an entry of the log is told: as JSON, and as a line of a table."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from rest_framework import serializers

from annotation_site.accounts.models import User
from annotation_site.accounts.projects_api import ProjectNamed
from annotation_site.audit.models import Entry
from annotation_site.audit.selectors import KINDS, people_in, people_of

AT_ONCE: Final = 500
"""Entries whose people are looked up together."""
COLUMNS: Final = (
    "id", "at", "by", "via", "reference", "project", "kind", "row", "action", "about", "changes"
)  # fmt: skip


class Doer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField(help_text="blank: the account is gone")
    name = serializers.CharField()


class Change(serializers.Serializer[Any]):
    column = serializers.CharField()
    # The schema of "anything" allows null as it is; nullable, it would allow it twice.
    before = serializers.JSONField(help_text="null: nothing")
    after = serializers.JSONField(help_text="null: nothing")


class EntryOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = Doer(allow_null=True, help_text="null: nobody who is signed in, or the site itself")
    via = serializers.ChoiceField(Entry.Via.choices, help_text="sql: past the site")
    reference = serializers.CharField(
        help_text="the request's id (`X-Request-ID`), the job's or run's number, or the command"
    )
    project = ProjectNamed(allow_null=True)
    kind = serializers.ChoiceField(KINDS)
    row = serializers.CharField()
    action = serializers.ChoiceField(Entry.Action.choices)
    about = serializers.JSONField(help_text="columns that tell which row it is")
    changes = Change(many=True, help_text='secrets and personal data as "***"')
    names = serializers.DictField(
        child=serializers.CharField(), help_text="people in it, by their numbers"
    )


class EntryPage(serializers.Serializer[Any]):
    results = EntryOut(many=True)
    next = serializers.CharField(allow_null=True)


def told(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Render the entries, with one query for the people in all of them."""
    people = people_of(entries)
    return [_entry(entry, people) for entry in entries]


def _entry(entry: Entry, people: Mapping[int, User]) -> dict[str, Any]:
    project = entry.project
    told_of = [people[number] for number in sorted(people_in(entry)) if number in people]
    return {
        "id": entry.pk,
        "at": entry.at,
        "by": _doer(entry.by_id, people),
        "via": entry.via,
        "reference": entry.reference,
        "project": project and {"slug": project.slug, "name": project.name},
        "kind": entry.kind,
        "row": entry.row,
        "action": entry.action,
        "about": entry.about,
        "changes": [
            {"column": column, "before": before, "after": after}
            for column, (before, after) in sorted(entry.changes.items())
        ],
        "names": {str(person.pk): person.shown_name for person in told_of},
    }


def _doer(number: int | None, people: Mapping[int, User]) -> dict[str, Any] | None:
    if number is None:
        return None
    person = people.get(number, User())
    return {"id": number, "username": person.username, "name": person.shown_name}


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    for row in _in_parts(entries):
        yield json.dumps({**row, "at": row["at"].isoformat()}, ensure_ascii=False) + "\n"


def table_rows(entries: Iterable[Entry]) -> Iterator[list[Any]]:
    """Rows of `COLUMNS`; what has columns of its own is JSON in its cell."""
    for row in _in_parts(entries):
        flat = {
            **row,
            "at": row["at"].isoformat(),
            "by": row["by"] and row["by"]["username"],
            "project": row["project"] and row["project"]["slug"],
            "about": json.dumps(row["about"], ensure_ascii=False),
            "changes": json.dumps(row["changes"], ensure_ascii=False),
        }
        yield [flat[column] for column in COLUMNS]


def _in_parts(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    rest = iter(entries)
    while part := list(islice(rest, AT_ONCE)):
        yield from told(part)
