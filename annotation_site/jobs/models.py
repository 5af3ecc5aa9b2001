"""Jobs: what the site does in the background. The row is the truth; a message only nudges."""

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User


class State(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (State.QUEUED, State.RUNNING)


class Job(models.Model):
    """One piece of work, held by one worker at a time, which is known by its fence."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=32)
    key = models.CharField(
        max_length=100, blank=True, help_text="of those active with the same one there is only one"
    )
    payload = models.JSONField(default=dict, help_text="what is to be done, as it was asked for")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="not to be taken before")

    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    fence = models.PositiveIntegerField(
        default=0, help_text="grows with each claim; a write with an older one is refused"
    )
    lease_until = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict, help_text="done, total, note")
    checkpoint = models.JSONField(
        default=dict, help_text="how far the work is safe, written in the transaction of the work"
    )
    cancel_requested = models.BooleanField(default=False)

    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    problem = models.JSONField(default=dict, help_text="why it failed: type, title, what and where")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["project", "kind", "key"],
                condition=Q(state__in=["queued", "running"]) & ~Q(key=""),
                name="one_active_job_per_key",
            ),
            CheckConstraint(condition=Q(state__in=State.values), name="job_state_is_known"),
            CheckConstraint(
                condition=Q(state__in=["queued", "running"], ended_at=None)
                | Q(state__in=["succeeded", "failed", "cancelled"], ended_at__isnull=False),
                name="job_has_ended_when_it_says_so",
            ),
        ]
        indexes = [
            Index(F("project"), F("id").desc(), name="job_list"),
            Index(fields=["due_at"], name="job_active", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} job {self.pk}"

    @property
    def about(self) -> str:
        """What the job's payload is called, if it has a name."""
        return str(self.payload.get("name", ""))
