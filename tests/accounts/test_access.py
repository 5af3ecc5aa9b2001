import pytest

from annotation_site.accounts.access import (
    ADMINS,
    EVERYONE,
    NoSuchProject,
    Paused,
    WrongRole,
    enter,
    knock,
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


class TestPaused:
    """Whoever is paused may look, and change nothing."""

    @pytest.fixture
    def admin(self, member, project):
        user = member(Role.ADMIN)
        MembershipFactory(project=project, user=user, role=Role.ANNOTATOR)
        user.memberships.update(paused_at=project.created_at)
        return user

    def test_may_look(self, admin, project):
        assert enter(user=admin, slug=project.slug, allowed=ADMINS) == project

    def test_may_not_work(self, admin, project):
        with pytest.raises(Paused):
            knock(user=admin, slug=project.slug).admit_to_work(ADMINS)

    @pytest.mark.parametrize("method", ["post", "patch", "put", "delete"])
    def test_is_told_so_whatever_they_try_to_change(self, admin, project, client_for, method):
        member = f"/api/v1/projects/{project.slug}/members/{admin.pk}"

        answer = getattr(client_for(admin), method)(member, {"paused": False}, format="json")

        assert answer.status_code == 403
        assert answer.json()["type"] == "paused"

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_sees_what_there_is(self, admin, project, client_for, method):
        answer = getattr(client_for(admin), method)(f"/api/v1/projects/{project.slug}/members")

        assert answer.status_code == 200

    def test_works_elsewhere(self, admin, client_for):
        elsewhere = MembershipFactory(user=admin, role=Role.ADMIN).project

        answer = client_for(admin).post(
            f"/api/v1/projects/{elsewhere.slug}/invitations", {"role": "admin"}, format="json"
        )

        assert answer.status_code == 201

    def test_is_said_in_the_session(self, admin, client_for):
        (membership,) = client_for(admin).get("/api/v1/session").json()["memberships"]
        assert membership["paused"]
