"""Snapshots: the judgments of one instant, frozen; who took them home; and how videos look."""

from pathlib import Path

from django.conf import settings
from django.db import models

from annotation_site.accounts.models import Project, User


class Snapshot(models.Model):
    """An immutable directory of videos, captions and judgments, named by its digest."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="snapshots")
    digest = models.CharField(max_length=64, help_text="sha256 of its manifest")
    as_of = models.DateTimeField(null=True, help_text="all up to this instant is in it")
    videos = models.PositiveIntegerField()
    captions = models.PositiveIntegerField()
    judgments = models.PositiveIntegerField()
    preferences = models.PositiveIntegerField(default=0)
    filters = models.JSONField(default=dict, help_text="as in its manifest")
    created_by = models.ForeignKey(User, models.PROTECT, null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "digest"], name="one_snapshot_per_digest")
        ]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def directory(self) -> Path:
        return Path(settings.DATA.snapshots / self.digest)


class Download(models.Model):
    """That somebody took ratings home: once a day a file, however many parts and tries it took."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="+")
    form = models.CharField(max_length=32, help_text="the export's format, or diff")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "form", "by", "day"], name="one_download_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} as {self.form}, by {self.by}"


class Look(models.Model):
    """What the video of this content looks like. Follows from the content, whosever it is."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    bits = models.CharField(max_length=64, help_text="in hexadecimal; blank: it is flat")

    def __str__(self) -> str:
        return self.bits
