"""An entry of the audit log. Triggers write them; Postgres refuses to change or delete one."""

from django.db import models

from annotation_site.accounts.models import Organisation, Project, User


class Entry(models.Model):
    """One change of one row. It outlives whom and what it tells of, so its keys bind nothing.

    Unmanaged, as nothing but triggers may write here: Django neither makes nor empties the table.
    """

    class Action(models.TextChoices):
        INSERT = "insert"
        UPDATE = "update"
        DELETE = "delete"
        TRUNCATE = "truncate"

    class Via(models.TextChoices):
        REQUEST = "request"
        JOB = "job"
        RUN = "run"
        COMMAND = "command"
        SITE = "site"
        SQL = "sql"

    at = models.DateTimeField()
    by = models.ForeignKey(
        User, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    via = models.CharField(max_length=16, choices=Via.choices)
    reference = models.CharField(
        max_length=64, help_text="the request's id, the job's or run's number, the command's name"
    )
    project = models.ForeignKey(
        Project, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=32)
    row = models.CharField(max_length=64, help_text="the row's number")
    action = models.CharField(max_length=16, choices=Action.choices)
    about = models.JSONField(help_text="which row it is: some of its columns")
    changes = models.JSONField(help_text="column: [before, after]; secrets as ***")

    class Meta:
        managed = False
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.action} of {self.kind} {self.row}"
