import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from rest_framework.test import APIClient

from annotation_site.accounts import invitations
from annotation_site.accounts.attempts import PER_NAME_AND_ADDRESS
from annotation_site.accounts.invitations import Holder
from annotation_site.accounts.log_filter import WithoutInvitations
from annotation_site.accounts.models import Invitation, Membership, Role, SignInAttempts, User
from annotation_site.common.refusals import Refusal
from tests.factories import MembershipFactory, ProjectFactory, UserFactory

NEWCOMER = {"username": "newcomer", "password": "correct horse battery"}


@pytest.fixture
def admin(member) -> User:
    return member(Role.ADMIN)


@pytest.fixture
def place(project) -> str:
    return f"/api/v1/projects/{project.slug}/invitations"


@pytest.fixture
def page(client_for, admin) -> APIClient:
    return client_for(admin)


@pytest.fixture
def invite(page, place):
    """`invite(role=..., ...)` is what the admin is shown."""

    def ask(**given) -> dict:
        answer = page.post(place, {"role": "annotator", **given}, format="json")
        assert answer.status_code == HTTPStatus.CREATED, answer.json()
        return answer.json()

    return ask


def token_of(shown: dict) -> str:
    return shown["link"].rpartition("/")[2]


def door(token: str) -> str:
    return f"/api/v1/invitations/{token}"


def join(token: str, client: APIClient | None = None, **given):
    return (client or APIClient()).post(door(token), {**NEWCOMER, **given}, format="json")


class TestInvite:
    def test_shows_the_link_once(self, invite, page, place, project):
        shown = invite(role="researcher", days=3)

        assert shown["link"].startswith("http://127.0.0.1:8000/invitations/")
        assert len(token_of(shown)) == 43  # 256 bits
        assert shown["state"] == "open"
        (listed,) = page.get(place).json()["results"]
        assert token_of(shown) not in str(listed)
        assert listed == {name: shown[name] for name in listed}
        assert Invitation.objects.get().project == project

    def test_keeps_only_a_digest(self, invite):
        token = token_of(invite())

        (row,) = Invitation.objects.values_list()
        assert token not in "".join(map(str, row))
        assert Invitation.objects.get().digest == hashlib.sha256(token.encode()).hexdigest()

    @pytest.mark.parametrize(("given", "days"), [({}, 7), ({"days": 1}, 1), ({"days": 60}, 60)])
    def test_lasts_for_some_days(self, invite, given, days):
        invite(**given)

        row = Invitation.objects.get()
        assert row.expires_at - row.made_at == timedelta(days=days)

    @pytest.mark.parametrize(
        "given",
        [
            {"days": 0},
            {"days": 61},
            {"role": "owner"},
            {"role": ""},
            {"email": "nobody"},
            {"email": "a@b.example\nBcc: c@d.example"},
        ],
    )
    def test_refuses_what_is_none(self, page, place, given):
        answer = page.post(place, {"role": "annotator", **given}, format="json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert not Invitation.objects.exists()

    def test_lists_without_a_query_for_each(self, invite, page, place, django_assert_num_queries):
        for _ in range(5):
            join(token_of(invite()), username=UserFactory.build().username)

        with django_assert_num_queries(4):  # session, person, membership, invitations
            assert len(page.get(place).json()["results"]) == 5


class TestRevoke:
    def test_ends_the_invitation(self, invite, page, place):
        shown = invite()

        assert page.delete(f"{place}/{shown['id']}").status_code == HTTPStatus.NO_CONTENT
        assert page.delete(f"{place}/{shown['id']}").status_code == HTTPStatus.NO_CONTENT

        assert join(token_of(shown)).status_code == HTTPStatus.NOT_FOUND
        assert page.get(place).json()["results"][0]["state"] == "revoked"

    def test_is_too_late_for_one_that_was_accepted(self, invite, page, place):
        shown = invite()
        join(token_of(shown))

        answer = page.delete(f"{place}/{shown['id']}")

        assert answer.status_code == HTTPStatus.CONFLICT
        assert answer.json()["type"] == "already-accepted"
        (listed,) = page.get(place).json()["results"]
        assert (listed["state"], listed["accepted_by"]) == ("accepted", "newcomer")


class TestLookingAtOne:
    def test_says_what_it_is_for(self, invite, project):
        shown = invite(role="researcher", email="new@lab.example")

        answer = APIClient().get(door(token_of(shown)))

        assert answer.json() == {
            "project": {"slug": project.slug, "name": project.name},
            "role": "researcher",
            "expires_at": shown["expires_at"],
        }

    def test_answers_the_same_to_every_token_that_is_no_good(self, invite, page, place):
        used, revoked, expired = (invite() for _ in range(3))
        join(token_of(used))
        page.delete(f"{place}/{revoked['id']}")
        Invitation.objects.filter(pk=expired["id"]).update(expires_at=datetime.now(UTC))
        tokens = [*map(token_of, (used, revoked, expired)), "unknown", "x" * 43, "%00", "ü" * 2000]

        looks = {APIClient().get(door(token)).content for token in tokens}
        joins = {join(token, username="another").content for token in tokens[:2]}

        assert len(looks) == 1
        assert looks == joins
        assert b"no-such-invitation" in looks.pop()

    def test_stops_listening_to_guesses(self, invite):
        token = token_of(invite())
        for number in range(PER_NAME_AND_ADDRESS):
            assert APIClient().get(door(f"guess-{number}")).status_code == HTTPStatus.NOT_FOUND

        for answer in (APIClient().get(door(token)), join(token)):
            assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
            assert 0 < int(answer.headers["Retry-After"]) <= 901
        assert not User.objects.filter(username="newcomer").exists()

    def test_never_counts_those_that_are_good(self, invite):
        token = token_of(invite())

        for _ in range(PER_NAME_AND_ADDRESS + 2):
            assert APIClient().get(door(token)).status_code == HTTPStatus.OK
        assert not SignInAttempts.objects.exists()


class TestJoiningAsSomebodyNew:
    def test_makes_the_person_and_signs_them_in(self, invite, project):
        browser = APIClient()

        answer = join(token_of(invite(role="researcher", email="new@lab.example")), browser)

        assert answer.status_code == HTTPStatus.OK
        assert answer.json()["user"]["username"] == "newcomer"
        assert answer.json()["memberships"] == [
            {
                "project": {"slug": project.slug, "name": project.name, "archived": False},
                "roles": ["researcher"],
                "paused": False,
            }
        ]
        assert browser.get("/api/v1/session").json() == answer.json()
        newcomer = User.objects.get(username="newcomer")
        assert newcomer.email == "new@lab.example"
        assert APIClient().login(**NEWCOMER)
        assert not newcomer.is_staff

    @pytest.mark.parametrize("taken", ["newcomer", "NewComer"])
    def test_says_that_a_name_is_taken(self, invite, taken):
        UserFactory(username=taken)
        token = token_of(invite())

        answer = join(token)

        assert answer.status_code == HTTPStatus.CONFLICT
        assert answer.json()["type"] == "username-taken"
        assert join(token, username="another").status_code == HTTPStatus.OK

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            ({"password": "short"}, "poor-password"),
            ({"password": "password123"}, "poor-password"),
            ({"username": "two words"}, "invalid"),
            ({"username": ""}, "invalid"),
            ({"username": "x" * 151}, "invalid"),
            ({"username": "a\u202eb"}, "invalid"),
            ({"password": ""}, "invalid"),
        ],
    )
    def test_uses_nothing_up_when_it_fails(self, invite, given, code):
        token = token_of(invite())

        answer = join(token, **given)

        assert answer.status_code in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
        assert answer.json()["type"] == code
        assert join(token).status_code == HTTPStatus.OK

    def test_needs_a_name_and_a_password(self, invite):
        answer = APIClient().post(door(token_of(invite())), {}, format="json")

        assert answer.status_code == HTTPStatus.BAD_REQUEST

    def test_cannot_be_done_by_another_site(self, invite):
        browser = APIClient(enforce_csrf_checks=True)

        assert join(token_of(invite()), browser).status_code == HTTPStatus.FORBIDDEN
        assert not User.objects.filter(username="newcomer").exists()

    def test_hashes_nothing_for_a_wrong_token(self, monkeypatch, db):  # noqa: ARG002
        monkeypatch.setattr(User, "set_password", lambda *_: pytest.fail("hashed"))

        assert join("wrong").status_code == HTTPStatus.NOT_FOUND

    def test_takes_no_other_fields(self, invite):
        join(token_of(invite()), is_staff=True, is_superuser=True, role="admin", email="x@y.z")

        newcomer = User.objects.get(username="newcomer")
        assert (newcomer.is_staff, newcomer.is_superuser, newcomer.email) == (False, False, "")
        assert newcomer.memberships.get().role == Role.ANNOTATOR


class TestJoiningAsSomebodyWhoIsHere:
    @pytest.fixture
    def bert(self) -> User:
        return UserFactory(username="bert")

    def accept(self, client, token):
        return client.post(door(token), {}, format="json")

    def test_gives_the_role(self, invite, client_for, bert):
        browser = client_for(bert)

        answer = self.accept(browser, token_of(invite(role="researcher")))

        assert answer.status_code == HTTPStatus.OK
        assert answer.json() == browser.get("/api/v1/session").json()
        assert bert.memberships.get().role == Role.RESEARCHER

    def test_adds_it_to_those_they_have(self, invite, client_for, bert, project):
        MembershipFactory(project=project, user=bert, role=Role.RESEARCHER)

        self.accept(client_for(bert), token_of(invite(role="researcher")))
        self.accept(client_for(bert), token_of(invite(role="annotator")))

        assert {row.role for row in bert.memberships.all()} == {"researcher", "annotator"}

    def test_again_is_harmless(self, invite, client_for, bert):
        browser, token = client_for(bert), token_of(invite())

        first, second = self.accept(browser, token), self.accept(browser, token)

        assert first.json() == second.json()
        assert browser.get(door(token)).status_code == HTTPStatus.OK
        assert bert.memberships.count() == 1

    def test_again_lets_nobody_back_in_who_was_removed(self, invite, client_for, bert, project):
        browser, token = client_for(bert), token_of(invite())
        self.accept(browser, token)
        bert.memberships.all().delete()

        self.accept(browser, token)

        assert not Membership.objects.filter(project=project, user=bert).exists()

    def test_leaves_the_paused_paused(self, invite, client_for, bert, project):
        MembershipFactory(project=project, user=bert, paused_at=project.created_at)

        self.accept(client_for(bert), token_of(invite(role="admin")))

        assert all(row.paused_at for row in bert.memberships.all())

    def test_does_not_make_a_second_person(self, invite, client_for, bert):
        join(token_of(invite()), client_for(bert))

        assert not User.objects.filter(username="newcomer").exists()
        assert bert.memberships.exists()

    def test_is_for_that_project_only(self, invite, client_for, bert):
        ProjectFactory()

        self.accept(client_for(bert), token_of(invite()))

        assert bert.memberships.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    """Of many who come with one link, one is let in."""

    CROWD = 12

    def rush(self, act) -> list[str]:
        """What each of the crowd is told; "in" for who gets in."""
        together = Barrier(self.CROWD)

        def come(number: int) -> str:
            try:
                together.wait()
                act(number)
            except Refusal as refusal:
                return refusal.code
            else:
                return "in"
            finally:
                connection.close()

        with ThreadPoolExecutor(self.CROWD) as pool:
            return list(pool.map(come, range(self.CROWD)))

    @pytest.fixture
    def token(self) -> str:
        admin = MembershipFactory(role=Role.ADMIN)
        _, link = invitations.invite(
            project=admin.project,
            role=Role.ANNOTATOR,
            email="",
            days=7,
            by=admin.user,
            now=datetime.now(UTC),
        )
        return link.rpartition("/")[2]

    def test_of_those_who_are_here(self, token):
        people = UserFactory.create_batch(self.CROWD)

        told = self.rush(
            lambda number: invitations.accept(
                Holder(token=token, address=f"10.0.0.{number}", user=people[number]),
                user=people[number],
                now=datetime.now(UTC),
            )
        )

        assert sorted(told) == ["in", *["no-such-invitation"] * (self.CROWD - 1)]
        assert Membership.objects.filter(role=Role.ANNOTATOR).count() == 1

    def test_of_those_who_are_new(self, token):
        told = self.rush(
            lambda number: invitations.join(
                Holder(token=token, address=f"10.0.0.{number}", user=None),
                username=f"new-{number}",
                password="correct horse battery",
                now=datetime.now(UTC),
            )
        )

        assert sorted(told) == ["in", *["no-such-invitation"] * (self.CROWD - 1)]
        assert User.objects.filter(username__startswith="new-").count() == 1

    def test_of_one_person_clicking(self, token):
        person = UserFactory()

        told = self.rush(
            lambda number: invitations.accept(
                Holder(token=token, address=f"10.0.0.{number}", user=person),
                user=person,
                now=datetime.now(UTC),
            )
        )

        assert told == ["in"] * self.CROWD
        assert person.memberships.count() == 1


class TestByEmail:
    @pytest.fixture(autouse=True)
    def mail_server(self, settings):
        settings.SENDS_EMAIL = True

    def test_sends_the_link(self, invite, admin, project):
        admin.display_name = "Ada"
        admin.save()

        shown = invite(email="new@lab.example", role="researcher")

        assert (shown["sent"], shown["not_sent"]) == (True, None)
        (message,) = mail.outbox
        assert message.to == ["new@lab.example"]
        assert message.subject == f"Invitation to {project.name}"
        assert message.content_subtype == "plain"
        assert shown["link"] in message.body
        assert "Ada invites you to" in message.body
        assert "researcher" in message.body

    def test_speaks_the_inviter_s_language(self, invite, admin, project):
        admin.language = "de"
        admin.save()

        invite(email="new@lab.example")

        assert mail.outbox[0].subject == f"Einladung zu {project.name}"
        assert "mitzumachen" in mail.outbox[0].body

    def test_puts_nothing_into_headers(self, invite, project):
        project.name = "Street\r\nBcc: everyone@lab.example"
        project.save()

        invite(email="new@lab.example")

        (message,) = mail.outbox
        assert message.recipients() == ["new@lab.example"]
        assert "\n" not in message.subject

    def test_says_when_there_is_no_address_or_server(self, invite, settings):
        assert invite()["not_sent"] == "no-address"

        settings.SENDS_EMAIL = False
        assert invite(email="new@lab.example")["not_sent"] == "no-mail-server"
        assert mail.outbox == []

    def test_loses_no_invitation_when_the_server_fails(self, invite, settings, caplog):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there

        shown = invite(email="new@lab.example")

        assert (shown["sent"], shown["not_sent"]) == (False, "mail-server-failed")
        assert "ConnectionRefusedError" in caplog.text
        assert token_of(shown) not in caplog.text
        assert "new@lab.example" not in caplog.text
        assert join(token_of(shown)).status_code == HTTPStatus.OK


class TestTheLog:
    @pytest.mark.parametrize(
        ("message", "args"),
        [
            ("%s: %s", ("Bad Request", "/api/v1/invitations/s3cret")),
            ("GET /invitations/s3cret?x=1", ()),
            ("'/api/v1/invitations/s3cret'", ()),
        ],
    )
    def test_does_not_keep_what_lets_people_in(self, message, args):
        record = logging.LogRecord("django.request", 30, "x.py", 1, message, args, None)

        assert WithoutInvitations().filter(record)

        assert "s3cret" not in record.getMessage()
        assert "/invitations/..." in record.getMessage()

    def test_leaves_everything_else_alone(self):
        record = logging.LogRecord("a", 30, "x.py", 1, "%d of %d", (1, 2), None)

        assert WithoutInvitations().filter(record)

        assert (record.msg, record.args) == ("%d of %d", (1, 2))

    def test_is_filtered_on_its_way_out(self):
        from django.conf import settings  # noqa: PLC0415 - as it was read, not as fixtures change it

        assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["secrets"]
