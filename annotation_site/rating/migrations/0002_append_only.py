"""Judgments are written once: Postgres itself refuses to change or delete one."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION rating_judgment_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'judgments are append-only: write a new revision'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rating_judgment
    FOR EACH ROW EXECUTE FUNCTION rating_judgment_is_append_only();
"""
BACKWARDS = """
DROP TRIGGER append_only ON rating_judgment;
DROP FUNCTION rating_judgment_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("rating", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
