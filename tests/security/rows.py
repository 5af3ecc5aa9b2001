"""All that is in the database, so that before and after can be held against each other."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers

SECRET = frozenset(
    {"digest", "token_key", "session_data", "file", "event", "sealed_secret", "sealed_former"}
)
"""Of tokens, sessions, webhooks, and files that wait for their import: drawn anew each time."""
PER_REQUEST = frozenset({"audit.entry"})
"""Rows that name the request and the numbers of rows, which differ each time."""


def counts() -> Counter[str]:
    return Counter(model for model, _ in _rows())


def every_field() -> dict[str, str]:
    """Every field that any row has, with a value that most would take."""
    return {name: "1" for model, fields in _rows() if model not in PER_REQUEST for name in fields}


def contents() -> Counter[str]:
    """The rows, but for what differs each time: their numbers, moments and secrets."""
    project = apps.get_model("accounts", "Project")
    slugs = dict(project.objects.values_list("pk", "slug"))
    return Counter(
        f"{model} {_lasting(fields, slugs)}"
        for model, fields in _rows()
        if model not in PER_REQUEST
    )


def _lasting(fields: dict[str, Any], slugs: dict[int, str]) -> dict[str, Any]:
    """A project may be new, too: it is named instead of numbered."""
    return {
        name: slugs[value]
        if name == "project"
        else _lasting(value, slugs)
        if name == "payload"
        else value
        for name, value in fields.items()
        if name not in SECRET and not isinstance(value, datetime)
    }


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for model in apps.get_models():
        for row in serializers.serialize("python", model.objects.all()):
            yield row["model"], row["fields"]
