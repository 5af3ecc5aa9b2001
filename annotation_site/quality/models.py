"""Answers that are known beforehand, and how annotators did against them."""

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User
from annotation_site.rating.models import Item, Slot
from scorer import rubric

_DIMENSIONS = [(d.value, d.value) for d in rubric.Dimension]


class Check(models.Model):
    """What is known of an item: the levels of a reference, or which dimension a twin spoils."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="check_of")
    levels = models.JSONField(
        default=dict, help_text="by dimension; empty for twins, whose original may have none"
    )
    notes = models.JSONField(default=dict, help_text="by dimension: why, shown after practice")
    spoiled = models.CharField(
        max_length=16, choices=_DIMENSIONS, blank=True, help_text="twins: the corrupted dimension"
    )
    place = models.PositiveIntegerField(default=0, help_text="practice: the order of the clips")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(spoiled="") | Q(levels={}), name="check_is_a_reference_or_a_twin"
            )
        ]

    def __str__(self) -> str:
        return f"check of {self.item}"


class Outcome(models.Model):
    """How one answer did on one dimension of a check. Written with the answer."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="outcomes")
    dimension = models.CharField(max_length=16, choices=_DIMENSIONS)
    given = models.PositiveSmallIntegerField()
    expected = models.PositiveSmallIntegerField(
        null=True, help_text="the reference; null where a twin only had to be noticed"
    )
    passed = models.BooleanField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["slot", "dimension"], name="one_outcome_per_dimension"),
            CheckConstraint(
                condition=Q(given__range=(0, 5)) & (Q(expected=None) | Q(expected__range=(0, 5))),
                name="outcome_levels_are_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} of {self.slot}"


class Report(models.Model):
    """What the ratings of a project said at one moment. Computed in the background, then kept."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="quality_reports")
    made_at = models.DateTimeField()
    ratings = models.PositiveIntegerField(help_text="captions rated, counted once an annotator")
    raters_version = models.PositiveSmallIntegerField()
    body = models.JSONField()

    class Meta:
        indexes = [Index(F("project"), F("id").desc(), name="quality_report_newest")]

    def __str__(self) -> str:
        return f"report {self.pk} of {self.project}"


class Dispute(models.Model):
    """That annotators are far apart on one dimension of a caption, as the newest report found.

    The wider, the higher the number: a list by falling number is ranked.
    """

    class Kind(models.TextChoices):
        INVOLVED = "involved", "Whether it is involved"
        LEVEL = "level", "Which level"

    project = models.ForeignKey(Project, models.CASCADE, related_name="disputes")
    item = models.ForeignKey(Item, models.CASCADE, related_name="disputes")
    dimension = models.CharField(max_length=16, choices=_DIMENSIONS)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    width = models.FloatField(help_text="in levels, from 2 to 5: see scorer.agreement.disputes")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["item", "dimension"], name="one_dispute_per_dimension")
        ]
        indexes = [Index(F("project"), F("id").desc(), name="dispute_widest")]

    def __str__(self) -> str:
        return f"{self.dimension} of {self.item}"
