"""Cases that were opened, answers that were returned, and what was decided, for ever."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from annotation_site.accounts.models import User
from annotation_site.rating.models import Item, Slot
from scorer import rubric


class Case(models.Model):
    """A caption whose ratings somebody asked to be looked at again."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="case")
    reason = models.TextField(blank=True, help_text="why it was opened")
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="null: decided at once"
    )
    opened_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True, help_text="when somebody last decided; null: open")

    class Meta:
        indexes = [Index(fields=["-id"], name="case_open", condition=Q(decided_at=None))]

    def __str__(self) -> str:
        return f"case of {self.item}"


class Decision(models.Model):
    """The level that somebody settled on for one dimension, and why.

    Append-only: a trigger refuses to change or delete one. The newest of a dimension stands.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions")
    dimension = models.CharField(
        max_length=16, choices=[(d.value, d.value) for d in rubric.Dimension]
    )
    level = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(level__range=(0, 5)), name="decision_is_on_the_scale"),
            CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]
        indexes = [Index(fields=["item", "dimension", "-id"], name="decision_standing")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.level} of {self.item}"


class Return(models.Model):
    """A rating that was sent back to its author, with a word about why."""

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="returns")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(
        null=True, help_text="when the author rated it again, changed or not"
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["slot"], condition=Q(answered_at=None), name="one_open_return_per_rating"
            ),
            CheckConstraint(condition=~Q(reason=""), name="return_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"return of {self.slot}"
