"""What nearly every test of the site begins with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Project, Role, User
from tests.factories import MembershipFactory, ProjectFactory


@pytest.fixture
def now() -> datetime:
    """The moment at which the test takes place."""
    return datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def project(db: None) -> Project:  # noqa: ARG001 - it opens the database
    return ProjectFactory()


@pytest.fixture
def member(project: Project) -> Callable[..., User]:
    """`member(role)` is somebody new with that role; `member(role, project=other)` elsewhere."""

    def join(role: Role, *, project: Project = project) -> User:
        return MembershipFactory(project=project, role=role).user

    return join


@pytest.fixture
def client_for() -> Callable[[User | None], APIClient]:
    """`client_for(user)` is a browser in which the user is signed in; nobody, for None."""

    def sign_in(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
