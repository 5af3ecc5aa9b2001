"""Letting people in by name and password, and making the first of them."""

import secrets
from datetime import datetime

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from annotation_site.accounts import attempts, members
from annotation_site.accounts.models import Project, Role, User
from annotation_site.common.refusals import Invalid, Missing, Refusal


class WrongCredentials(Refusal):
    """There is no account with this name and password."""


class NoSuchUser(Missing):
    """There is nobody with this user name."""


class NoProject(Missing):
    """There is no such project."""


def identify(
    *, request: HttpRequest, username: str, password: str, address: str, now: datetime
) -> User:
    """Find the person with this name and password.

    Unknown names and people who were shut out get the same answer after the same time: Django
    hashes the password for them too.
    """
    guess = attempts.Guess(username=username, address=address)
    attempts.count(guess, now=now)
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        raise WrongCredentials
    attempts.forgive(guess, now=now)
    return user


def user_named(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise NoSuchUser
    return user


def project_called(slug: str) -> Project:
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise NoProject
    return project


@transaction.atomic
def create_member(
    *, username: str, slug: str, role: Role, project_name: str | None = None
) -> str | None:
    """Give the role, creating the person and (if it is named) the project where they are missing.

    Returns a new person's password, which nobody will be able to read again.
    """
    user = User.objects.filter(username=username).first()
    password = None
    if user is None:
        password = secrets.token_urlsafe(12)
        user = User(username=username)
        user.set_password(password)
        save_valid(user)
    members.give_role(project=_project(slug=slug, name=project_name), user=user, role=role)
    return password


def _project(*, slug: str, name: str | None) -> Project:
    if name is None or Project.objects.filter(slug=slug).exists():
        return project_called(slug)
    project = Project(slug=slug, name=name)
    save_valid(project)
    return project


def save_valid(row: User | Project) -> None:
    """Save, or say which field is wrong, as a form would."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), errors=dict(error.message_dict)) from error
    row.save()
