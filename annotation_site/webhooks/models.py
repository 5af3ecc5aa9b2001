"""Who is told of what, what there was to tell, and how each telling went."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.webhooks.types import VERSION, Type


class Endpoint(models.Model):
    """A receiver of a project's events. A removed one is kept until its deliveries are swept.

    One worker at a time sends to it: `fence` and `held_until` are its lease.
    """

    class Off(models.TextChoices):
        BY_HAND = "by-hand", "An admin has switched it off"
        GONE = "gone", "It answered 410: it wants nothing more"
        FAILING = "failing", "Nothing could be delivered for days"

    project = models.ForeignKey(Project, models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    types = ArrayField(models.CharField(max_length=32), help_text="of the events it is told")
    sealed_secret = models.TextField(help_text="encrypted; it signs what is sent")
    sealed_former = models.TextField(
        blank=True, help_text="the secret before, which signs too until `former_until`"
    )
    former_until = models.DateTimeField(null=True)
    off = models.CharField(max_length=16, choices=Off.choices, blank=True, help_text="blank: on")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    last_at = models.DateTimeField(null=True, help_text="when something was last sent")
    failures = models.PositiveIntegerField(default=0, help_text="one after the other, of late")
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True, help_text="after a failure nothing is tried")
    fence = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What every answer asks: who wants to know of anything in this project?
            Index(fields=["project"], name="webhook_listens", condition=Q(off="", removed_at=None)),
        ]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Event(models.Model):
    """Something that happened, written down in the transaction in which it did."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    type = models.CharField(max_length=32, choices=Type.choices)
    version = models.PositiveSmallIntegerField(default=VERSION)
    data = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [Index(fields=["at"], name="webhook_event_age")]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class Delivery(models.Model):
    """One event on its way to one endpoint. It arrives at least once, always under the same id."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be sent, for the first time or again"
        DELIVERED = "delivered", "The receiver has said that it has it"
        FAILED = "failed", "Given up"

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, related_name="deliveries", db_index=False
    )
    state = models.CharField(max_length=16, choices=State.choices)
    tries = models.PositiveSmallIntegerField(default=0, help_text="since it was last asked for")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(help_text="when it happened, or somebody last sent it again")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["event", "endpoint"], name="one_delivery_per_endpoint"),
            CheckConstraint(
                condition=Q(state__in=["waiting", "delivered", "failed"]),
                name="delivery_state_is_known",
            ),
        ]
        indexes = [
            Index(fields=["endpoint", "due_at"], name="delivery_due", condition=Q(state="waiting")),
            Index(fields=["endpoint", "-id"], name="delivery_list"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Attempt(models.Model):
    """One try at a delivery: what was sent, and what came back."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(null=True, help_text="null: nothing came back")
    problem = models.CharField(max_length=32, blank=True, help_text="why nothing came back")
    headers = models.JSONField(help_text="of the request")
    response = models.TextField(blank=True, help_text="how the answer begins, as text")
    whole = models.BooleanField(default=True, help_text="whether that is all of the answer")

    def __str__(self) -> str:
        return f"attempt {self.pk}"
