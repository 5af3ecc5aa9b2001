"""Statements that are written by hand, as they are run for every claim and every answer.

Postgres plans each once for a connection and keeps the plan (`prepare_threshold` in the settings);
psycopg sends the values beside the text. Rows become models without a query being built.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models
from psycopg import Cursor


def run(statement: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the statement returns, if it returns anything. It must be one of our own."""
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, given, prepare=True)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Part:
    """A model as one of the tables that a statement reads."""

    model: type[models.Model]
    table: str

    @cached_property
    def fields(self) -> list[Any]:
        return list(self.model._meta.concrete_fields)  # noqa: SLF001 - documented API

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self.fields]

    @cached_property
    def conversions(self) -> list[tuple[int, Any]]:
        """The columns that Django turns into something else, such as JSON."""
        return [
            (place, field.from_db_value)
            for place, field in enumerate(self.fields)
            if hasattr(field, "from_db_value")
        ]

    @property
    def columns(self) -> str:
        return ", ".join(f"{self.table}.{field.column}" for field in self.fields)

    def make(self, values: Sequence[Any]) -> Any:
        """The row, or None where the table had none to join."""
        if all(value is None for value in values):
            return None
        made = list(values)
        for place, convert in self.conversions:
            made[place] = convert(made[place], None, connection)
        return self.model.from_db(connection.alias, self.names, made)


def make(parts: Sequence[Part], row: Sequence[Any]) -> dict[str, Any]:
    """The models of a row that has the columns of these parts, in turn."""
    made, place = {}, 0
    for part in parts:
        end = place + len(part.fields)
        made[part.table] = part.make(row[place:end])
        place = end
    return made
