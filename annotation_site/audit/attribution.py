"""Telling Postgres in whose name a watched table is written, just before it is.

Only then: whatever writes no watched table, a rating above all, asks the database nothing more.
"""

import json
import re
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from typing import Any, Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from annotation_site.audit.triggers import SETTING, table_of
from annotation_site.audit.watched import WATCHED
from annotation_site.common.acting import now_acting

_VERBS: Final = {"INSERT INTO": "insert", "UPDATE": "update", "DELETE FROM": "delete"}
# Not what begins WITH: a run renews its lease so at each step of its training, in one statement.
_WRITE: Final = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


def attribute(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Look at what this connection sends. First in the row: others take theirs off the end."""
    if tell not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, tell)


def tell(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001 - as Django calls it
    context: dict[str, Any],
) -> Any:
    """Run the statement, in a transaction that knows who acts if it writes what is watched.

    The name is told each time anew: a savepoint that is rolled back takes it along.
    """
    if not _writes_what_is_watched(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    with nullcontext() if connection.in_atomic_block else transaction.atomic(connection.alias):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config('{SETTING}', %s, true)", [_told()])
        return execute(sql, params, many, context)


def _told() -> str:
    who = now_acting()
    return json.dumps({"via": who.via, "reference": who.reference, "by": who.by()})


def _writes_what_is_watched(sql: str) -> bool:
    if sql.startswith("SELECT"):
        return False
    found = _WRITE.match(sql)
    return found is not None and (_VERBS[found[1]], found[2]) in _watched()


@cache
def _watched() -> frozenset[tuple[str, str]]:
    return frozenset((event, table_of(row)) for row in WATCHED for event in row.events)
