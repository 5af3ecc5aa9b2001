from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from annotation_site.accounts import members, projects
from annotation_site.accounts.access import Archived, knock
from annotation_site.accounts.models import FormerSlug, Ownership, Project, Role
from annotation_site.accounts.projects import SlugTaken
from annotation_site.common.refusals import Invalid
from annotation_site.runs.lease import NotToBeTaken, claim
from tests.factories import MembershipFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.runs.factories import RunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(member):
    return member(Role.ADMIN)


@pytest.fixture
def address(project):
    return f"/api/v1/projects/{project.slug}"


@pytest.fixture
def owned(admin):
    organisation = OrganisationFactory()
    Ownership.objects.create(organisation=organisation, user=admin)
    return organisation


class TestCreating:
    def test_makes_the_owner_its_first_admin(self, client_for, admin, owned):
        wish = {"name": "  Birds \n in flight", "slug": "birds", "description": "Slow motion."}
        answer = client_for(admin).post(
            f"/api/v1/organisations/{owned.slug}/projects", wish, format="json"
        )

        assert answer.status_code == 201
        assert answer.json()["name"] == "Birds in flight"
        assert answer.json()["roles"] == ["admin"]
        assert answer.json()["organisation"] == {"slug": owned.slug, "name": owned.name}
        assert list(members.people_of(Project.objects.get(slug="birds"))) == [admin]

    @pytest.mark.parametrize(
        "wrong", [{"slug": "no slug"}, {"slug": ""}, {"name": ""}, {"name": "x" * 201}]
    )
    def test_says_what_is_wrong(self, client_for, admin, owned, wrong):
        wish = {"name": "Birds", "slug": "birds", **wrong}
        answer = client_for(admin).post(
            f"/api/v1/organisations/{owned.slug}/projects", wish, format="json"
        )

        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == set(wrong)

    def test_refuses_a_name_of_nothing_but_controls(self, owned):
        with pytest.raises(Invalid):
            projects.create(organisation=owned, name="\n", slug="birds", by=None)

    def test_gives_no_address_twice(self, client_for, admin, owned, project):
        projects.change(project=project, slug="moved-on")
        for taken in ("moved-on", project.slug):
            wish = {"name": "Birds", "slug": taken}
            answer = client_for(admin).post(
                f"/api/v1/organisations/{owned.slug}/projects", wish, format="json"
            )
            assert (answer.status_code, answer.json()["type"]) == (409, "slug-taken")

    @pytest.mark.django_db(transaction=True)
    def test_gives_an_address_to_one_of_many_at_once(self, owned):
        def make(_):
            try:
                with transaction.atomic():
                    projects.create(organisation=owned, name="Birds", slug="birds", by=None)
            except SlugTaken:
                return 0
            finally:
                connection.close()
            return 1

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(make, range(8))) == 1

    @pytest.mark.django_db(transaction=True)
    def test_nobody_takes_an_address_while_its_project_moves(self, owned):
        moving = ProjectFactory(slug="birds")

        def move():
            projects.change(project=moving, slug="insects")
            connection.close()

        def take():
            try:
                projects.create(organisation=owned, name="Birds", slug="birds", by=None)
            except SlugTaken:
                return True
            finally:
                connection.close()
            return False

        with ThreadPoolExecutor(2) as pool:
            moved, refused = pool.submit(move), pool.submit(take)
            moved.result()
            assert refused.result()


class TestChanging:
    def test_what_it_is_called(self, client_for, admin, address):
        answer = client_for(admin).patch(
            address, {"name": "New", "description": " Why. "}, format="json"
        )

        assert answer.status_code == 200
        assert (answer.json()["name"], answer.json()["description"]) == ("New", "Why.")

    def test_it_is_still_found_where_it_was(self, client_for, admin, address):
        client = client_for(admin)
        assert client.patch(address, {"slug": "elsewhere"}, format="json").status_code == 200

        assert client.get(address).json()["slug"] == "elsewhere"
        assert client.get(f"{address}/members").status_code == 200
        assert client_for(UserFactory()).get(address).status_code == 404

    def test_it_may_move_back(self, project):
        was = project.slug
        projects.change(project=project, slug="elsewhere")
        projects.change(project=project, slug=was)

        assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["elsewhere"]
        assert Project.objects.get().slug == was


class TestArchive:
    def test_leaves_everything_to_be_read_and_nothing_to_be_done(self, client_for, admin, address):
        client = client_for(admin)
        assert client.post(f"{address}/archive").json()["archived_at"]
        assert client.post(f"{address}/archive").status_code == 200

        assert client.get(address).status_code == 200
        answer = client.patch(address, {"name": "New"}, format="json")
        assert (answer.status_code, answer.json()["type"]) == (409, "archived")
        assert (
            client.post(f"{address}/invitations", {"role": "annotator"}, format="json").status_code
            == 409
        )

    def test_can_be_undone(self, client_for, admin, address):
        client = client_for(admin)
        client.post(f"{address}/archive")

        assert client.delete(f"{address}/archive").json()["archived_at"] is None
        assert client.patch(address, {"name": "New"}, format="json").status_code == 200

    def test_lets_nobody_in(self, project, now):
        archived = projects.archive(project=project, now=now)
        with pytest.raises(Archived):
            members.give_role(project=archived, user=UserFactory(), role=Role.ANNOTATOR)

    def test_starts_no_run(self, project, now):
        run = RunFactory(snapshot__project=project)
        projects.archive(project=project, now=now)
        with pytest.raises(NotToBeTaken):
            claim(run_id=run.pk, owner="worker")

        projects.unarchive(project=project)
        assert claim(run_id=run.pk, owner="worker").pk == run.pk

    def test_refuses_annotators_who_ask_for_work(self, client_for, member, project, address, now):
        projects.archive(project=project, now=now)
        answer = client_for(member(Role.ANNOTATOR)).post(f"{address}/slots")
        assert (answer.status_code, answer.json()["type"]) == (409, "archived")


class TestListing:
    def test_tells_what_you_are_where(self, client_for, admin, project):
        MembershipFactory(project=project, user=admin, role=Role.RESEARCHER)
        ProjectFactory()

        [row] = client_for(admin).get("/api/v1/projects").json()["results"]

        assert row["slug"] == project.slug
        assert row["roles"] == ["admin", "researcher"]

    def test_hides_what_is_archived_unless_asked(self, client_for, admin, project, now):
        projects.archive(project=project, now=now)
        client = client_for(admin)

        def shown(archived):
            rows = client.get("/api/v1/projects", {"archived": archived}).json()["results"]
            return [row["slug"] for row in rows]

        assert (shown("no"), shown("yes"), shown("all")) == ([], [project.slug], [project.slug])
        assert client.get("/api/v1/projects", {"archived": "x"}).status_code == 400

    def test_searches_names_addresses_and_descriptions(self, client_for, admin, project):
        projects.change(project=project, name="Birds", description="Slow motion.")
        client = client_for(admin)

        def found(search):
            return len(client.get("/api/v1/projects", {"search": search}).json()["results"])

        hits = [found(word) for word in ("bird", project.slug[:6], "motion", "%", "fish")]
        assert hits == [1, 1, 1, 0, 0]

    def test_goes_on_by_a_cursor_in_as_many_queries(
        self, client_for, admin, django_assert_num_queries
    ):
        for _ in range(60):
            MembershipFactory(user=admin, role=Role.ADMIN)
        client = client_for(admin)
        with django_assert_num_queries(4):  # session, person, projects, roles
            first = client.get("/api/v1/projects").json()
        rest = client.get("/api/v1/projects", {"cursor": first["next"]}).json()
        assert (len(first["results"]), len(rest["results"]), rest["next"]) == (50, 11, None)


def test_an_old_address_costs_those_who_use_the_new_one_nothing(
    project, admin, django_assert_num_queries
):
    with django_assert_num_queries(1):
        knock(user=admin, slug=project.slug)
