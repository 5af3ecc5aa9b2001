"""Answers that are kept for whoever asks again under the same key."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint


class KeptAnswer(models.Model):
    """What a person's request with an `Idempotency-Key` was answered, for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    operation = models.TextField(help_text="method and path")
    fingerprint = models.CharField(max_length=64, help_text="sha256 of the body")
    status = models.PositiveSmallIntegerField()
    sealed_body = models.TextField(help_text="encrypted: it may show a secret, once")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return self.operation
