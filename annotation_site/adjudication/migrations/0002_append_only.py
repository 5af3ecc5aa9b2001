"""Decisions are written once: Postgres itself refuses to change or delete one."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION adjudication_decision_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decisions are append-only: decide anew'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON adjudication_decision
    FOR EACH ROW EXECUTE FUNCTION adjudication_decision_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER append_only ON adjudication_decision;
DROP FUNCTION adjudication_decision_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("adjudication", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
