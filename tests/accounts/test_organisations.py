import pytest

from annotation_site.accounts import organisations
from annotation_site.accounts.models import Membership, Organisation, Ownership, Role, User
from annotation_site.accounts.organisations import LastOwner, NoSuchPerson
from annotation_site.accounts.services import create_member
from tests.factories import MembershipFactory, ProjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab(project):
    return project.organisation


@pytest.fixture
def owner(lab) -> User:
    user = UserFactory(username="owner")
    Ownership.objects.create(organisation=lab, user=user)
    return user


@pytest.fixture
def annotator(project) -> User:
    return MembershipFactory(project=project, user__username="anna").user


class TestOwners:
    def test_see_which_projects_there_are_but_open_none(self, client_for, owner, project, lab):
        client = client_for(owner)

        [row] = client.get(f"/api/v1/organisations/{lab.slug}/projects").json()["results"]

        assert (row["slug"], row["people"]) == (project.slug, 0)
        assert client.get(f"/api/v1/projects/{project.slug}").status_code == 404

    def test_see_everybody_with_their_projects(self, client_for, owner, annotator, project, lab):
        MembershipFactory(project=project, user=annotator, role=Role.RESEARCHER)
        MembershipFactory(user=annotator)  # of another organisation

        rows = client_for(owner).get(f"/api/v1/organisations/{lab.slug}/people").json()["results"]

        assert [(row["username"], row["owner"], row["projects"]) for row in rows] == [
            ("anna", False, [project.name]),
            ("owner", True, []),
        ]

    def test_make_others_owners(self, client_for, owner, annotator, lab):
        place = f"/api/v1/organisations/{lab.slug}/people/{annotator.pk}"
        client = client_for(owner)

        assert client.patch(place, {"owner": True}, format="json").json()["owner"] is True
        assert client.patch(place, {"owner": False}, format="json").json()["owner"] is False
        assert client.patch(place, {}, format="json").status_code == 400

    def test_one_stays(self, owner, lab):
        for end in (
            lambda: organisations.set_owner(organisation=lab, user_id=owner.pk, owner=False),
            lambda: organisations.remove(organisation=lab, user_id=owner.pk),
        ):
            with pytest.raises(LastOwner):
                end()
        assert Ownership.objects.filter(user=owner).exists()

    def test_take_somebody_out_of_all_its_projects(self, client_for, owner, annotator, lab):
        MembershipFactory(project=ProjectFactory(organisation=lab), user=annotator)
        elsewhere = MembershipFactory(user=annotator)

        place = f"/api/v1/organisations/{lab.slug}/people/{annotator.pk}"
        assert client_for(owner).delete(place).status_code == 204

        assert list(Membership.objects.filter(user=annotator)) == [elsewhere]
        assert client_for(owner).delete(place).status_code == 404

    def test_reach_nobody_of_another_organisation(self, lab):
        stranger = MembershipFactory().user
        with pytest.raises(NoSuchPerson):
            organisations.set_owner(organisation=lab, user_id=stranger.pk, owner=True)
        with pytest.raises(NoSuchPerson):
            organisations.remove(organisation=lab, user_id=stranger.pk)


class TestMembers:
    def test_belong_to_it_without_seeing_more_of_it(self, client_for, annotator, lab):
        client = client_for(annotator)

        [row] = client.get("/api/v1/organisations").json()["results"]

        assert row == {"slug": lab.slug, "name": lab.name, "owner": False}
        for list_ in ("projects", "people"):
            assert client.get(f"/api/v1/organisations/{lab.slug}/{list_}").status_code == 403

    def test_of_another_cannot_tell_it_from_none(self, client_for, lab):
        client = client_for(MembershipFactory().user)
        theirs = client.get(f"/api/v1/organisations/{lab.slug}/people")
        none = client.get("/api/v1/organisations/nowhere/people")
        assert (theirs.status_code, theirs.content) == (none.status_code, none.content)
        assert theirs.status_code == 404


class TestCreateMember:
    def test_gives_a_new_organisation_to_the_first_admin(self):
        create_member(username="a", slug="pilot", role=Role.ADMIN, project_name="P")
        create_member(username="b", slug="next", role=Role.ADMIN, project_name="N")

        assert Organisation.objects.get().slug == "default"
        assert [row.user.username for row in Ownership.objects.all()] == ["a"]

    def test_takes_the_organisation_that_is_named(self):
        create_member(
            username="a", slug="p", role=Role.ADMIN, project_name="P", organisation="birds"
        )
        assert Organisation.objects.get().slug == "birds"
