import pytest

from annotation_site.accounts.access import (
    ADMINS,
    EVERYONE,
    NoSuchProject,
    WrongRole,
    enter,
    roles_of,
)
from annotation_site.accounts.models import Role
from tests.factories import MembershipFactory, ProjectFactory


class TestEnter:
    def test_opens_the_project_to_the_role(self, project, member):
        assert enter(user=member(Role.ADMIN), slug=project.slug, allowed=ADMINS) == project

    def test_counts_every_role_that_somebody_has(self, project, member):
        user = member(Role.ANNOTATOR)
        MembershipFactory(project=project, user=user, role=Role.ADMIN)

        assert enter(user=user, slug=project.slug, allowed=ADMINS) == project
        assert roles_of(user, project) == {Role.ANNOTATOR, Role.ADMIN}

    def test_refuses_another_role_and_names_those_that_may(self, project, member):
        with pytest.raises(WrongRole) as caught:
            enter(user=member(Role.ANNOTATOR), slug=project.slug, allowed=ADMINS)
        assert caught.value.facts == {"allowed": ["admin"]}

    def test_knows_nothing_of_roles_elsewhere(self, project, member):
        elsewhere = member(Role.ADMIN, project=ProjectFactory())

        with pytest.raises(NoSuchProject):
            enter(user=elsewhere, slug=project.slug, allowed=EVERYONE)
