import pytest
from django.core.management import CommandError, call_command
from knox.models import AuthToken
from rest_framework.test import APIClient

from annotation_site.accounts.models import Membership, Project, Role, User
from tests.factories import UserFactory


@pytest.fixture
def create_member(db, capsys):  # noqa: ARG001 - it opens the database
    def run(username="anna", *, project="pilot", role="admin", create_project=None) -> str:
        options = {"project": project, "role": role, "create_project": create_project}
        call_command("create_member", username, **options)
        return capsys.readouterr().out

    return run


class TestCreateMember:
    def test_lets_the_first_person_in(self, create_member):
        printed = create_member(create_project="The pilot")

        password = printed.partition("password: ")[2].strip()
        assert Project.objects.get().name == "The pilot"
        assert APIClient().login(username="anna", password=password)
        membership = Membership.objects.get()
        assert (membership.user.username, membership.role) == ("anna", Role.ADMIN)
        assert not membership.user.is_staff

    def test_gives_another_role_and_keeps_the_password(self, create_member):
        create_member(create_project="The pilot")
        before = User.objects.get().password

        printed = create_member(role="annotator")

        assert "password" not in printed
        assert User.objects.get().password == before
        assert {row.role for row in Membership.objects.all()} == {Role.ADMIN, Role.ANNOTATOR}

    def test_can_be_repeated(self, create_member):
        create_member(create_project="The pilot")
        create_member(create_project="The pilot")

        assert Membership.objects.count() == Project.objects.count() == 1

    def test_needs_a_project(self, create_member):
        with pytest.raises(CommandError, match="There is no such project"):
            create_member()

        assert not User.objects.exists()

    @pytest.mark.parametrize("bad", [{"project": "no slug"}, {"username": "no name"}])
    def test_refuses_names_that_are_none(self, create_member, bad):
        with pytest.raises(CommandError, match="Enter a valid"):
            create_member(**{"username": "anna", "create_project": "P", **bad})

        assert not Project.objects.exists()


@pytest.mark.django_db
class TestCreateToken:
    def test_prints_a_token_that_works(self, capsys):
        UserFactory(username="anna")

        call_command("create_token", "anna")

        token = capsys.readouterr().out.strip()
        client = APIClient(headers={"Authorization": f"Bearer {token}"})
        assert client.get("/api/v1/session").json()["user"]["username"] == "anna"
        assert AuthToken.objects.get().expiry is not None

    def test_is_for_somebody(self):
        with pytest.raises(CommandError, match="nobody with this user name"):
            call_command("create_token", "nobody")
