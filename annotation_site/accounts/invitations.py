"""Invitations: links that let one person in, once. Whoever holds one may join, so they are secrets.

Unknown, used, revoked and expired links are all answered alike, and wrong ones are counted as wrong
passwords are.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from django.conf import settings
from django.db import IntegrityError, transaction

from annotation_site.accounts import attempts, members, profiles
from annotation_site.accounts.models import Invitation, Project, Role, User
from annotation_site.accounts.validity import save_valid
from annotation_site.common.refusals import Conflict, Missing

DAYS = 7
MOST_DAYS = 60
State: TypeAlias = Literal["open", "accepted", "expired", "revoked"]
STATES: tuple[State, ...] = get_args(State)


class NoSuchInvitation(Missing):
    """This invitation does not exist, or is used up. Ask for a new one."""


class AlreadyAccepted(Conflict):
    """Somebody has joined with this invitation already."""


class UsernameTaken(Conflict):
    """This user name is taken. Choose another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody at an address who shows a token; `user` where they are signed in."""

    token: str
    address: str
    user: User | None

    @property
    def guess(self) -> attempts.Guess:
        # No user name has a space in it: this is nobody's.
        return attempts.Guess(username="an invitation", address=self.address)


def invite(
    *, project: Project, role: Role, email: str, days: int, by: User, now: datetime
) -> tuple[Invitation, str]:
    """Make an invitation, and its link, which nobody will be able to read again."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        project=project,
        role=role,
        email=email,
        digest=_digest(token),
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return invitation, f"{settings.SITE_ADDRESS}/invitations/{token}"


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def token_in(path: str) -> str | None:
    """Find the token in the path of an invitation's page."""
    found = re.fullmatch(r"/invitations/([\w-]+)", path, re.ASCII)
    return found[1] if found else None


def state_of(invitation: Invitation, *, now: datetime) -> State:
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if now < invitation.expires_at else "expired"


@transaction.atomic
def revoke(*, project: Project, invitation_id: int, now: datetime) -> None:
    """End the invitation. Ending it twice is harmless."""
    rows = Invitation.objects.select_for_update(no_key=True)
    invitation = rows.filter(project=project, pk=invitation_id).first()
    if invitation is None:
        raise NoSuchInvitation
    if invitation.accepted_at is not None:
        raise AlreadyAccepted
    if invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])


def look_at(holder: Holder, *, now: datetime) -> Invitation:
    """Find the invitation that the token is for, if the holder could accept it."""
    attempts.count(holder.guess, now=now)
    invitation = (
        Invitation.objects.filter(digest=_digest(holder.token)).select_related("project").first()
    )
    if invitation is None or not _is_for(invitation, holder.user, now=now):
        raise NoSuchInvitation
    attempts.forgive(holder.guess, now=now)
    return invitation


def _is_for(invitation: Invitation, user: User | None, *, now: datetime) -> bool:
    """Whoever accepted it may look again: the answer to their click may have been lost."""
    if user is not None and invitation.accepted_by_id == user.pk:
        return True
    return state_of(invitation, now=now) == "open"


def accept(holder: Holder, *, user: User, now: datetime) -> None:
    """Let somebody in who is here already."""
    _use(look_at(holder, now=now), user=user, now=now)


def join(holder: Holder, *, username: str, password: str, now: datetime) -> User:
    """Make a new person out of somebody who was invited.

    The password is hashed, which takes long, only for somebody whose token is good; the lock is
    held only afterwards.
    """
    invitation = look_at(holder, now=now)
    user = User(username=User.normalize_username(username), email=invitation.email)
    profiles.check_password(password, user=user)
    user.set_password(password)
    return create_invited(user, invitation=invitation, now=now)


def create_invited(user: User, *, invitation: Invitation, now: datetime) -> User:
    """Save the new person and use their invitation up: both, or neither."""
    if User.objects.filter(username__iexact=user.username).exists():
        raise UsernameTaken(field="username")
    try:
        with transaction.atomic():
            save_valid(user)
            _use(invitation, user=user, now=now)
    except IntegrityError as error:  # somebody took the name at this moment
        raise UsernameTaken(field="username") from error
    return user


@transaction.atomic
def _use(seen: Invitation, *, user: User, now: datetime) -> None:
    """Use the invitation up, or raise. The row is looked at again under its lock."""
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("project").get(pk=seen.pk)
    if invitation.accepted_by_id == user.pk:
        return
    if state_of(invitation, now=now) != "open":
        raise NoSuchInvitation
    invitation.accepted_by, invitation.accepted_at = user, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    members.give_role(project=invitation.project, user=user, role=Role(invitation.role))
