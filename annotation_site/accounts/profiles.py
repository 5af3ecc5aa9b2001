"""What people say of themselves, and their passwords."""

import json
from datetime import datetime
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from annotation_site.accounts import services
from annotation_site.accounts.models import User
from annotation_site.common.refusals import Conflict, Invalid, Refusal
from annotation_site.common.text import one_line

LANGUAGES = ("en", "de")
MOST_PREFERENCES = 8 * 2**10
DEEPEST_PREFERENCES = 6


class WrongPassword(Refusal):
    """The old password is not right."""


class NoPassword(Conflict):
    """You sign in elsewhere and have no password here."""


class PreferencesTooLarge(Invalid):
    """Preferences are at most 8 KiB of JSON, six levels deep."""


class PoorPassword(Invalid):
    """Choose a longer or less common password."""


@transaction.atomic
def change(
    *,
    user: User,
    display_name: str | None = None,
    email: str | None = None,
    language: str | None = None,
    preferences: dict[str, Any] | None = None,
) -> User:
    """Change what is given. Of the preferences, too: null takes one away.

    The row is locked, so that two tabs do not lose each other's keys.
    """
    mine = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if display_name is not None:
        display_name = one_line(display_name)
    given = {"display_name": display_name, "email": email, "language": language}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if preferences is not None:
        changes["preferences"] = _merged(mine.preferences, preferences)
    for name, value in changes.items():
        setattr(mine, name, value)
    mine.save(update_fields=list(changes))
    return mine


def _merged(kept: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    merged = {name: value for name, value in {**kept, **given}.items() if value is not None}
    if not _is_flat_enough(merged, DEEPEST_PREFERENCES):
        raise PreferencesTooLarge(field="preferences")
    if len(json.dumps(merged).encode()) > MOST_PREFERENCES:
        raise PreferencesTooLarge(field="preferences")
    return merged


def _is_flat_enough(value: Any, levels: int) -> bool:
    match value:
        case dict():
            return levels > 0 and all(_is_flat_enough(v, levels - 1) for v in value.values())
        case list():
            return levels > 0 and all(_is_flat_enough(entry, levels - 1) for entry in value)
    return True


def check_password(password: str, *, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PoorPassword(" ".join(error.messages), field="password") from error


def change_password(
    *, request: HttpRequest, user: User, old: str, new: str, address: str, now: datetime
) -> None:
    """Change it for whoever knows the old one; this session stays, all others and tokens end.

    The old password is guessed here as well as anywhere: it is counted as signing in is.
    """
    if not user.has_usable_password():
        raise NoPassword
    try:
        services.identify(
            request=request, username=user.username, password=old, address=address, now=now
        )
    except services.WrongCredentials as error:
        raise WrongPassword from error
    check_password(new, user=user)
    user.set_password(new)
    with transaction.atomic():
        user.save(update_fields=["password"])
    update_session_auth_hash(request, user)
