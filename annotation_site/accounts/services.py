"""Letting people in by name and password, and making the first of them."""

import secrets
from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest

from annotation_site.accounts import attempts, members, organisations, projects
from annotation_site.accounts.models import Project, Role, User
from annotation_site.accounts.validity import save_valid
from annotation_site.common.refusals import Missing, Refusal


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
    *,
    username: str,
    slug: str,
    role: Role,
    project_name: str | None = None,
    organisation: str = organisations.DEFAULT,
) -> str | None:
    """Give the role, creating the person and (if it is named) the project where they are missing.

    A new project goes to the organisation, which is created, too, where it is missing; its first
    admin owns it. Returns a new person's password, which nobody will be able to read again.
    """
    user = User.objects.filter(username=username).first()
    password = None
    if user is None:
        password = secrets.token_urlsafe(12)
        user = User(username=username)
        user.set_password(password)
        save_valid(user)
    project = _project(slug=slug, name=project_name, organisation=organisation)
    members.give_role(project=project, user=user, role=role)
    if role == Role.ADMIN and project_name is not None:
        organisations.own_if_nobody_does(organisation=project.organisation, user=user)
    return password


def _project(*, slug: str, name: str | None, organisation: str) -> Project:
    if name is None or Project.objects.filter(slug=slug).exists():
        return project_called(slug)
    owner = organisations.open_called(organisation, name=organisation.capitalize())
    return projects.create(organisation=owner, name=name, slug=slug, by=None)
