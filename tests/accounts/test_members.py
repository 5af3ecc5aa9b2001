from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from rest_framework.test import APIClient

from annotation_site.accounts import members
from annotation_site.accounts.members import LastAdmin
from annotation_site.accounts.models import Membership, Role, User
from annotation_site.accounts.signals import member_left
from annotation_site.common.api import PAGE_SIZE
from tests.factories import MembershipFactory, ProjectFactory, UserFactory


@pytest.fixture
def admin(member) -> User:
    return member(Role.ADMIN)


@pytest.fixture
def bert(member) -> User:
    return member(Role.ANNOTATOR)


@pytest.fixture
def page(client_for, admin) -> APIClient:
    return client_for(admin)


@pytest.fixture
def place(project) -> str:
    return f"/api/v1/projects/{project.slug}/members"


@pytest.fixture
def left(project):
    """Who left, as others are told."""
    heard = []

    def hear(*, project, user, **_) -> None:
        assert connection.in_atomic_block
        heard.append((project, user))

    member_left.connect(hear)
    yield lambda: [user for where, user in heard if where == project]
    member_left.disconnect(hear)


@pytest.fixture
def change(page, place):
    return lambda user, **given: page.patch(f"{place}/{user.pk}", given, format="json")


class TestMembers:
    def test_lists_everybody_with_all_their_roles(self, page, place, admin, project):
        anna = UserFactory(username="anna", display_name="Anna A.", email="anna@lab.example")
        for role in (Role.RESEARCHER, Role.ANNOTATOR):
            MembershipFactory(project=project, user=anna, role=role)
        MembershipFactory()  # elsewhere

        rows = page.get(place).json()["results"]

        assert [row["username"] for row in rows] == ["anna", admin.username]
        assert rows[0] == {
            "id": anna.pk,
            "username": "anna",
            "name": "Anna A.",
            "email": "anna@lab.example",
            "roles": ["annotator", "researcher"],
            "paused_at": None,
        }

    def test_costs_the_same_for_many(self, page, place, project, django_assert_num_queries):
        MembershipFactory.create_batch(10, project=project)

        with django_assert_num_queries(5):  # session, person, membership, people, their roles
            page.get(place)

    def test_come_in_pages_and_are_searched_whichever_they_are_on(self, page, place, project):
        MembershipFactory.create_batch(PAGE_SIZE, project=project)
        first = page.get(place).json()
        rest = page.get(place, {"cursor": first["next"]}).json()
        assert (len(first["results"]), len(rest["results"])) == (PAGE_SIZE, 1)
        assert rest["next"] is None

        mei = UserFactory(username="rater-7", display_name="Mei Lin", email="mei@lab.example")
        MembershipFactory(project=project, user=mei)
        MembershipFactory(user__display_name="Mei Elsewhere")
        for search in ("mei", "LIN mei", "lab.example", "rater-7"):
            found = page.get(place, {"search": search}).json()["results"]
            assert [row["username"] for row in found] == ["rater-7"]
        assert page.get(place, {"search": "mei ada"}).json()["results"] == []
        assert page.get(place, {"search": "a" * 101}).status_code == 400
        assert page.get(place, {"cursor": "x"}).status_code == 422


class TestChange:
    def test_gives_exactly_these_roles(self, change, bert):
        answer = change(bert, roles=["researcher", "admin"])

        assert answer.status_code == HTTPStatus.OK
        assert answer.json()["roles"] == ["admin", "researcher"]
        assert {row.role for row in bert.memberships.all()} == {"admin", "researcher"}

    def test_leaves_other_projects_alone(self, change, bert):
        elsewhere = MembershipFactory(user=bert, role=Role.ADMIN)

        change(bert, roles=["researcher"], paused=True)

        elsewhere.refresh_from_db()
        assert (elsewhere.role, elsewhere.paused_at) == (Role.ADMIN, None)

    def test_pauses_and_resumes(self, change, bert, left):
        paused = change(bert, paused=True).json()
        again = change(bert, paused=True).json()

        assert paused["paused_at"]
        assert again == paused
        assert left() == [bert]

        assert change(bert, paused=False).json()["paused_at"] is None
        assert left() == [bert]

    def test_pauses_every_role_also_new_ones(self, change, bert):
        change(bert, paused=True)
        change(bert, roles=["annotator", "researcher"])

        assert all(row.paused_at for row in bert.memberships.all())

    def test_tells_others_when_somebody_rates_no_more(self, change, bert, left):
        change(bert, roles=["annotator", "researcher"])
        assert left() == []

        change(bert, roles=["researcher"])
        assert left() == [bert]

    @pytest.mark.parametrize("given", [{"roles": []}, {"roles": ["owner"]}, {"paused": "maybe"}])
    def test_refuses_what_is_none(self, change, bert, given):
        assert change(bert, **given).status_code == HTTPStatus.BAD_REQUEST
        assert bert.memberships.get().role == Role.ANNOTATOR

    def test_finds_members_only(self, change):
        assert change(UserFactory(), paused=True).json()["type"] == "no-such-member"


class TestRemove:
    def test_takes_somebody_out_and_keeps_them(self, page, place, bert, left):
        assert page.delete(f"{place}/{bert.pk}").status_code == HTTPStatus.NO_CONTENT

        assert User.objects.filter(pk=bert.pk).exists()
        assert left() == [bert]
        assert not bert.memberships.exists()
        assert page.delete(f"{place}/{bert.pk}").status_code == HTTPStatus.NOT_FOUND

    def test_is_undone_when_others_fail(self, project, bert):
        def fail(**_) -> None:
            raise IntegrityError

        member_left.connect(fail)
        try:
            with pytest.raises(IntegrityError), transaction.atomic():
                members.remove(project=project, user_id=bert.pk)
        finally:
            member_left.disconnect(fail)

        assert bert.memberships.exists()


class TestTheLastAdmin:
    @pytest.fixture(autouse=True)
    def no_help(self, project):
        """Admins who cannot run this project."""
        MembershipFactory(project=project, role=Role.ADMIN, paused_at=project.created_at)
        closed = UserFactory(is_active=False)
        MembershipFactory(project=project, role=Role.ADMIN, user=closed)
        MembershipFactory(project=ProjectFactory(), role=Role.ADMIN)

    @pytest.mark.parametrize("given", [{"paused": True}, {"roles": ["researcher"]}])
    def test_cannot_stop_being_one(self, change, admin, given):
        answer = change(admin, **given)

        assert answer.status_code == HTTPStatus.CONFLICT
        assert answer.json()["type"] == "last-admin"
        assert members.people_of(admin.memberships.get().project).exists()

    def test_cannot_leave(self, page, place, admin, left):
        answer = page.delete(f"{place}/{admin.pk}")

        assert answer.json()["type"] == "last-admin"
        assert left() == []

    def test_may_take_another_role_too(self, change, admin):
        assert change(admin, roles=["admin", "annotator"]).status_code == HTTPStatus.OK

    def test_may_leave_after_a_successor(self, change, page, place, admin, bert):
        change(bert, roles=["admin"])

        assert page.delete(f"{place}/{admin.pk}").status_code == HTTPStatus.NO_CONTENT


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["remove", "demote", "pause"])
def test_admins_who_oust_each_other_at_once_leave_one(act, now):
    project = ProjectFactory()
    admins = [MembershipFactory(project=project, role=Role.ADMIN).user for _ in range(6)]
    together = Barrier(len(admins))

    def oust(victim: User) -> bool:
        common = {"project": project, "user_id": victim.pk}
        try:
            together.wait()
            match act:
                case "remove":
                    members.remove(**common)
                case "demote":
                    members.change(**common, roles=[Role.RESEARCHER], paused=None, now=now)
                case "pause":
                    members.change(**common, roles=None, paused=True, now=now)
        except LastAdmin:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(admins)) as pool:
        ousted = list(pool.map(oust, admins))

    assert sum(ousted) == len(admins) - 1
    left = Membership.objects.filter(project=project, role=Role.ADMIN, paused_at=None)
    assert left.count() == 1
