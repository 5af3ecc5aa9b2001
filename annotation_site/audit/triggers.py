"""The triggers that write the log. They are put in after every migration, from what is watched.

Postgres itself notes a change, so that no raw statement, bulk write or psql gets past it, and an
entry lives or dies with the transaction of its change.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

from annotation_site.audit.watched import WATCHED, Watched

SETTING: Final = "crest.acting"
LONGEST: Final = 4000
"""Characters of a value, beyond which the log tells only how long it was."""

_FUNCTIONS: Final = f"""
CREATE OR REPLACE FUNCTION audit_shown(value jsonb, masked boolean) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN value IS NULL OR value IN ('null', '""') THEN value
        WHEN masked THEN '"***"'
        WHEN length(value::text) > {LONGEST}
            THEN jsonb_build_object('characters', length(value::text))
        ELSE value
    END
$$;
CREATE OR REPLACE FUNCTION audit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    watch CONSTANT jsonb := TG_ARGV[0];
    acting CONSTANT jsonb := NULLIF(current_setting('{SETTING}', true), '');
    was CONSTANT jsonb := to_jsonb(OLD);
    becomes CONSTANT jsonb := to_jsonb(NEW);
    present CONSTANT jsonb := COALESCE(becomes, was);
    noted jsonb;
    of_project bigint := present->>'project_id';
    of_organisation bigint := present->>'organisation_id';
BEGIN
    SELECT jsonb_object_agg(name, jsonb_build_array(
        audit_shown(was->name, watch->'masked' ? name),
        audit_shown(becomes->name, watch->'masked' ? name)
    )) INTO noted
    FROM jsonb_object_keys(present) AS name
    WHERE NOT watch->'left_out' ? name
        AND (TG_OP = 'UPDATE' OR present->name NOT IN ('null', '""'))
        AND NULLIF(was->name, 'null') IS DISTINCT FROM NULLIF(becomes->name, 'null');
    IF TG_OP = 'UPDATE' AND (
        noted IS NULL OR (watch->'only' <> '[]' AND NOT noted ?| ARRAY(
            SELECT jsonb_array_elements_text(watch->'only')
        ))
    ) THEN
        RETURN NULL;
    END IF;
    IF watch ? 'scope' AND present IS NOT NULL THEN
        EXECUTE watch->>'scope' INTO of_project, of_organisation USING present;
    END IF;
    IF of_organisation IS NULL THEN
        SELECT organisation_id INTO of_organisation FROM accounts_project WHERE id = of_project;
    END IF;
    INSERT INTO audit_entry
        (at, by_id, via, reference, project_id, organisation_id, kind, row, action, about, changes)
    VALUES (
        clock_timestamp(), (acting->>'by')::bigint, COALESCE(acting->>'via', 'sql'),
        COALESCE(acting->>'reference', ''), of_project, of_organisation, watch->>'kind',
        COALESCE(present->>(watch->>'key'), ''), lower(TG_OP),
        COALESCE((SELECT jsonb_object_agg(name, audit_shown(present->name, false))
            FROM jsonb_array_elements_text(watch->'about') AS name WHERE present ? name), '{{}}'),
        COALESCE(noted, '{{}}')
    );
    RETURN NULL;
END
$$;
"""  # noqa: S608 - both are ours


def install(**_: Any) -> None:
    """Put the triggers in where they are missing or other than they should be."""
    statements = list(_statements())
    wanted = hashlib.sha256("".join(statements).encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('audit_entry'), 'pg_class')")
        if cursor.fetchone() == (wanted,):
            return
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON TABLE audit_entry IS '{wanted}'")


def _statements() -> Iterator[str]:
    """Those for the tables that are there: a migration may have gone only half of the way."""
    there = set(connection.introspection.table_names())
    if not there >= {"audit_entry", "accounts_project"}:
        return
    yield _FUNCTIONS
    for watched in WATCHED:
        table = table_of(watched)
        if table in there:
            yield from _of_a_table(watched, table)


def table_of(watched: Watched) -> str:
    table: str = apps.get_model(watched.model)._meta.db_table  # noqa: SLF001 - documented API
    return table


def _of_a_table(watched: Watched, table: str) -> Iterator[str]:
    told = _quoted(watched)
    events = " OR ".join(event.upper() for event in watched.events)
    call = f"EXECUTE FUNCTION audit_note({told})"
    yield f"""
        CREATE OR REPLACE TRIGGER audit AFTER {events} ON {table} FOR EACH ROW {call};
        CREATE OR REPLACE TRIGGER audit_truncate AFTER TRUNCATE ON {table}
            FOR EACH STATEMENT {call};
    """


def _quoted(watched: Watched) -> str:
    told: dict[str, Any] = {
        name: getattr(watched, name)
        for name in ("kind", "key", "about", "only", "left_out", "masked")
    }
    if watched.scope:
        told["scope"] = watched.scope
    return "'" + json.dumps(told).replace("'", "''") + "'"
