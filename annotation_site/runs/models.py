"""Runs: work in the background, with its lease, progress, figures and files."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.datasets.models import Snapshot


class Kind(models.TextChoices):
    """The stages, and the turn that walks through those of the loop."""

    CAPTION = "caption", "Write captions"
    SCORER = "scorer", "Train the scorer"
    SCORE = "score", "Score the captions"
    SELECT = "select", "Select captions"
    FINETUNE = "finetune", "Fine-tune the captioner"
    EVALUATE = "evaluate", "Evaluate"
    DISTILL = "distill", "Distil a student"
    TURN = "turn", "One whole turn"


class State(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = (State.QUEUED, State.RUNNING)
FINAL = (State.SUCCEEDED, State.FAILED, State.CANCELLED)


class Run(models.Model):
    """One piece of work. The row is the truth; a message only says 'look at it'."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    config = models.JSONField(help_text="every option, resolved when the run was requested")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="runs")
    parents = models.ManyToManyField("self", symmetrical=False, related_name="children")
    turn = models.ForeignKey("self", models.PROTECT, null=True, related_name="stages")
    reproduces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="reproductions",
        help_text="the finished run that this one does once more, from the same inputs",
    )
    requested_by = models.ForeignKey(User, models.PROTECT, null=True)
    requested_at = models.DateTimeField()

    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    fence = models.PositiveIntegerField(
        default=0, help_text="grows with each claim; a write with an older one is refused"
    )
    lease_owner = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict, help_text="done, total, message")
    progress_at = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    worked_seconds = models.FloatField(
        default=0, help_text="in which a worker held it, over all attempts"
    )
    champion = models.BooleanField(
        default=False, help_text="what others of the project build on, unless told otherwise"
    )

    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, help_text="the figures that the pages show")
    digest = models.CharField(max_length=64, blank=True, help_text="sha256 of the run directory")
    error_code = models.CharField(max_length=100, blank=True)
    error_detail = models.TextField(blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(state__in=["queued", "running"]) & ~Q(kind="caption"),
                name="one_active_run_per_kind",
            ),
            UniqueConstraint(
                fields=["project", "kind"],
                condition=Q(champion=True),
                name="one_champion_per_kind",
            ),
            CheckConstraint(condition=Q(state__in=State.values), name="run_state_is_known"),
            CheckConstraint(
                condition=Q(champion=False) | Q(state="succeeded"),
                name="run_champion_has_succeeded",
            ),
            CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at=None)
                | Q(state__in=["succeeded", "failed", "cancelled"], finished_at__isnull=False),
                name="run_is_finished_when_it_says_so",
            ),
            CheckConstraint(
                condition=~Q(state="failed") | ~Q(error_detail=""), name="run_failure_has_a_reason"
            ),
        ]
        indexes = [
            Index(fields=["project", "-id"], name="run_list"),
            Index(
                fields=["lease_until"],
                name="run_active",
                condition=Q(state__in=["queued", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} run {self.pk}"

    @property
    def home(self) -> Path:
        """Where the attempts write, and what survives a killed one."""
        return Path(settings.DATA.runs) / str(self.pk)

    @property
    def stages_in_order(self) -> "models.QuerySet[Run]":
        """The stages of a turn, as they were requested."""
        return self.stages.select_related("requested_by").order_by("pk")

    @property
    def directory(self) -> Path:
        """What the newest attempt writes; the finished files once the run has succeeded."""
        return self.home / str(self.fence)


class Metric(models.Model):
    """A figure of a run at a step. A resumed run writes some again, with the same values."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="metrics")
    name = models.CharField(max_length=64)
    step = models.PositiveIntegerField()
    value = models.FloatField()

    class Meta:
        constraints = [UniqueConstraint(fields=["run", "name", "step"], name="one_value_per_step")]

    def __str__(self) -> str:
        return f"{self.name}[{self.step}] = {self.value}"


class Artifact(models.Model):
    """A file of a finished run, registered in the transaction that finished it."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="artifacts")
    name = models.CharField(max_length=255, help_text="path inside the run directory")
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = [UniqueConstraint(fields=["run", "name"], name="one_artifact_per_name")]

    def __str__(self) -> str:
        return self.name


class Part(models.Model):
    """Some of a run's work, which any worker may do beside those who do the others."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    done = models.BooleanField(default=False)
    fence = models.PositiveIntegerField(
        default=0, help_text="grows with each claim; a write with an older one is refused"
    )
    lease_owner = models.CharField(max_length=200, blank=True, help_text="who does it, or did")
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["run", "number"], name="one_part_per_number"),
            CheckConstraint(
                condition=Q(done=False) | Q(lease_until=None), name="part_that_is_done_is_not_held"
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.run}"
