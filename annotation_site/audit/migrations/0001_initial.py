"""The log's table, which Postgres itself refuses to change, to delete from and to empty."""

from django.db import migrations, models

FORWARDS = """
CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    by_id bigint,
    via varchar(16) NOT NULL,
    reference varchar(64) NOT NULL,
    project_id bigint,
    organisation_id bigint,
    kind varchar(32) NOT NULL,
    row varchar(64) NOT NULL,
    action varchar(16) NOT NULL,
    about jsonb NOT NULL,
    changes jsonb NOT NULL
);
CREATE INDEX audit_entry_project ON audit_entry (project_id, id DESC);
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, id DESC);
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only();
"""
BACKWARDS = """
DROP FUNCTION IF EXISTS audit_note() CASCADE;
DROP FUNCTION IF EXISTS audit_shown(jsonb, boolean);
DROP TABLE audit_entry;
DROP FUNCTION audit_entry_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_organisations")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.CreateModel(
            name="Entry",
            fields=[("id", models.BigAutoField(primary_key=True))],
            options={"managed": False, "db_table": "audit_entry"},
        ),
    ]
