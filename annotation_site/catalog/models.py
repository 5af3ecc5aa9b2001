"""Videos, the captioners that describe them, and the captions they wrote."""

import uuid
from typing import Literal

from django.db import models

from annotation_site.accounts.models import Project, User

TEST_PERCENT = 20

Split = Literal["train", "test"]


def split_of(sha256: str) -> Split:
    """Give a video its side for ever, however the project grows: a hash of its content."""
    return "test" if int(sha256[:8], 16) % 100 < TEST_PERCENT else "train"


class Video(models.Model):
    """A clip, named by the sha256 of the file that came in."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="videos")
    sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(help_text="shown duration, edit lists honoured")
    width = models.PositiveIntegerField(help_text="of the web rendition, pixels")
    height = models.PositiveIntegerField(help_text="of the web rendition, pixels")
    fps = models.FloatField(help_text="of the web rendition, frames per second, constant")
    source_bytes = models.PositiveBigIntegerField()
    has_media = models.BooleanField(
        default=True, help_text="false: known by its name alone, from ratings made elsewhere"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], name="one_video_per_content")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def split(self) -> Split:
        return split_of(self.sha256)


class VideoName(models.Model):
    """A file name under which a video came in; captions refer to it."""

    video = models.ForeignKey(Video, models.CASCADE, related_name="names")
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "name"], name="one_row_per_video_name")
        ]

    def __str__(self) -> str:
        return self.name


class Captioner(models.Model):
    """A source of captions: a model, or a person."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="captioners")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_captioner_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Caption(models.Model):
    """What one captioner wrote about one video. Never changed; another text is another caption."""

    video = models.ForeignKey(Video, models.PROTECT, related_name="captions")
    captioner = models.ForeignKey(Captioner, models.PROTECT, related_name="captions")
    kind = models.CharField(max_length=32, default="detailed")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    external_id = models.CharField(
        max_length=100, blank=True, help_text="what it is called where it came from"
    )
    origin = models.JSONField(
        default=dict, help_text="of a caption that a run wrote: the run, its model and its prompt"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            # The text first: an import asks for a thousand of them at once.
            models.UniqueConstraint(
                fields=["text_sha256", "video", "captioner", "kind"], name="one_row_per_caption"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="caption_says_something"),
            models.UniqueConstraint(
                fields=["external_id", "captioner"],
                condition=~models.Q(external_id=""),
                name="one_caption_per_external_id",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Upload(models.Model):
    """A file that comes in pieces. Its bytes lie under its id; `received` of them are safe."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="uploads")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text="bytes, when all of it is here")
    received = models.PositiveBigIntegerField(default=0, help_text="bytes")
    sha256 = models.CharField(max_length=64, blank=True, help_text="what it must be; blank: untold")
    expires_at = models.DateTimeField(help_text="thrown away then, unless an import has it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("size")),
                name="upload_fits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


class Import(models.Model):
    """One import and its report: per file what was accepted, skipped or refused, and why."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="imports")
    by = models.ForeignKey(User, models.PROTECT, null=True, help_text="null: the command line")
    at = models.DateTimeField()
    report = models.JSONField()

    def __str__(self) -> str:
        return f"import {self.pk}"
