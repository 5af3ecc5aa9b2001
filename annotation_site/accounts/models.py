"""People, organisations, their projects, and who is what in which."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. Their tokens end with their password."""

    display_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=8, blank=True, help_text="blank: as the browser's")
    preferences = models.JSONField(
        default=dict, blank=True, help_text="theme and keys, as the page keeps them"
    )

    @property
    def shown_name(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        password_changed = getattr(self, "_password", None) is not None
        super().save(*args, **kwargs)
        if password_changed:
            apps.get_model("knox", "AuthToken").objects.filter(user=self).delete()


class Organisation(models.Model):
    """Whose projects they are. Nothing of one organisation can be seen from another.

    Whoever is in one of its projects is a member of it; owners are written down besides.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Ownership(models.Model):
    """Somebody who makes an organisation's projects, and sees which there are and who is in them.

    It opens none of them: that takes a membership, as for everybody.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="ownerships")
    user = models.ForeignKey(User, models.CASCADE, related_name="ownerships")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_ownership_per_owner")
        ]

    def __str__(self) -> str:
        return f"{self.user}: owner of {self.organisation}"


class Project(models.Model):
    """What people work on together. Everything else belongs to exactly one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="projects")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="since when it is only there to be read; null: it is worked on",
    )

    def __str__(self) -> str:
        return self.slug


class FormerSlug(models.Model):
    """Where a project was before. It is still found there: answers under way arrive."""

    slug = models.SlugField(unique=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug}, now {self.project}"


class Role(models.TextChoices):
    ANNOTATOR = "annotator", "Annotator"
    ADMIN = "admin", "Admin"
    RESEARCHER = "researcher", "Researcher"


class Membership(models.Model):
    """One role of one person in one project; a person may hold several."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    paused_at = models.DateTimeField(null=True, help_text="may not work here until resumed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "user", "role"], name="one_membership_per_role"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.project}"


class Invitation(models.Model):
    """A link that makes one person a member with one role, once, for a time.

    Only a digest of its token is kept: who reads the database cannot join with it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=16, choices=Role.choices)
    email = models.EmailField(blank=True, help_text="where it was sent, if anywhere")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at=None),
                name="invitation_is_used_once_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Identity(models.Model):
    """Who somebody is to an identity provider (OpenID Connect). Never matched by e-mail."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_per_identity")
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"


class TokenName(models.Model):
    """What an API token is for, in its owner's words."""

    token = models.OneToOneField(
        "knox.AuthToken", models.CASCADE, primary_key=True, related_name="naming"
    )
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class SignInAttempts(models.Model):
    """How often somebody tried to sign in of late.

    The key is a digest: people type their passwords where the name belongs.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
