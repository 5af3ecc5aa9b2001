"""Tokens for scripts: named, shown once, ending by themselves. Only their digests are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from knox.models import AuthToken

from annotation_site.accounts.models import TokenName, User
from annotation_site.common.refusals import Conflict, Missing

DAYS = 30
MOST_DAYS = 365
MOST = 50
"""Tokens that a person may have at a time: more than that, nobody remembers what they are for."""


class TooManyTokens(Conflict):
    """You have 50 tokens that still work. Revoke those that you no longer need."""


class NoSuchToken(Missing):
    """You have no such token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A token, but for its secret part. The key is its beginning, which its owner can compare."""

    key: str
    name: str
    made_at: datetime
    expires_at: datetime


@transaction.atomic
def create_token(*, user: User, name: str, days: int = DAYS) -> tuple[str, Named]:
    """Make a token and describe it. Nobody will be able to read it again: show it now."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time, to count them
    if AuthToken.objects.filter(user=user, expiry__gt=Now()).count() >= MOST:
        raise TooManyTokens
    row, secret = AuthToken.objects.create(user, expiry=timedelta(days=days))
    TokenName.objects.create(token=row, name=name)
    return secret, _named(row, name)


def tokens_of(user: User, *, now: datetime) -> list[Named]:
    """List those that still work, the newest first."""
    rows = AuthToken.objects.filter(user=user, expiry__gt=now).select_related("naming")
    return [
        _named(row, row.naming.name if hasattr(row, "naming") else "")
        for row in rows.order_by("-created")
    ]


def _named(row: AuthToken, name: str) -> Named:
    return Named(key=row.token_key, name=name, made_at=row.created, expires_at=row.expiry)


def revoke_token(*, user: User, key: str) -> None:
    deleted, _ = AuthToken.objects.filter(user=user, token_key=key).delete()
    if not deleted:
        raise NoSuchToken


def revoke_tokens(*, user: User) -> None:
    AuthToken.objects.filter(user=user).delete()
