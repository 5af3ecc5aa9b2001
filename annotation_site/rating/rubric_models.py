"""The versions of a project's rubric, and the bridges between them."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from annotation_site.accounts.models import Project, User


class RubricVersion(models.Model):
    """What a project asks in, from one change of the words to the next.

    Immutable: services insert rows, and a trigger refuses to update or delete one. Version 1 is
    the library's (`scorer.rubric`) and has no row.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="rubric_versions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField(help_text="the words by language, as `wording.Texts` has them")
    note = models.CharField(max_length=500, help_text="what was changed, and why")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["project", "number"], name="one_rubric_per_version"),
            CheckConstraint(condition=Q(number__gte=2), name="rubric_version_follows_the_library"),
        ]

    def __str__(self) -> str:
        return f"rubric {self.number} of {self.project}"


class Bridge(models.Model):
    """Some finished captions, drawn at random, that are rated again under a newer rubric."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="bridges")
    before = models.PositiveSmallIntegerField(help_text="the version they were rated under")
    after = models.PositiveSmallIntegerField(help_text="the version they are rated under again")
    overlap = models.PositiveSmallIntegerField(help_text="annotators per caption")
    drawn_from = models.PositiveIntegerField(help_text="captions that could have been drawn")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(before__lt=F("after")), name="bridge_leads_forward"),
            CheckConstraint(condition=Q(overlap__gte=1), name="bridge_overlap_is_positive"),
        ]

    def __str__(self) -> str:
        return f"bridge {self.before} to {self.after} of {self.project}"
