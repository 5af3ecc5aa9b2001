from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import httpx  # noqa: TID251 - a test's own browser
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from rest_framework.test import APIClient

from annotation_site.accounts import invitations, oidc
from annotation_site.accounts.models import Identity, Invitation, Role, User
from tests.accounts import provider as openid
from tests.factories import MembershipFactory, UserFactory

START = "/api/v1/oidc/University/start"
CALLBACK = "/api/v1/oidc/University/callback"


@pytest.fixture
def provider(settings, db):  # noqa: ARG001 - people come back from it
    with openid.running() as running:
        settings.OIDC_ISSUER = running.issuer
        settings.OIDC_NAME = "University"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = openid.CLIENT, openid.SECRET
        yield running


@pytest.fixture
def anna(provider) -> User:
    user = UserFactory(username="anna")
    Identity.objects.create(user=user, issuer=provider.issuer, subject="subject-1")
    return user


@pytest.fixture
def token() -> str:
    """Of an invitation to a project."""
    admin = MembershipFactory(role=Role.ADMIN)
    _, link = invitations.invite(
        project=admin.project,
        role=Role.RESEARCHER,
        email="invited@lab.example",
        days=7,
        by=admin.user,
        now=datetime.now(UTC),
    )
    return link.rpartition("/")[2]


def to_the_provider(browser: APIClient, onward: str | None = None) -> str:
    """Begin, sign in over there, and find the address that one is sent back to."""
    answer = browser.get(START, {} if onward is None else {"next": onward})
    assert answer.status_code == HTTPStatus.FOUND
    back = httpx.get(answer.headers["Location"])
    assert back.status_code == HTTPStatus.FOUND
    return back.headers["Location"]


def follow(browser: APIClient, address: str):
    parts = urlsplit(address)
    assert parts.path == CALLBACK
    return browser.get(f"{parts.path}?{parts.query}")


def sign_in(browser: APIClient, onward: str | None = None) -> str:
    """Go there and back, and find where the browser stands in the end."""
    answer = follow(browser, to_the_provider(browser, onward))
    assert answer.status_code == HTTPStatus.FOUND
    return answer.headers["Location"]


def person_in(browser: APIClient) -> str | None:
    person = browser.get("/api/v1/session").json()["user"]
    return person["username"] if person else None


class TestSigningIn:
    def test_knows_people_by_who_the_provider_says_they_are(self, anna):
        browser = APIClient()

        assert sign_in(browser, "/p/street/rate") == "/p/street/rate"

        assert person_in(browser) == anna.username

    def test_is_offered_in_the_session(self, provider, settings):  # noqa: ARG002
        assert APIClient().get("/api/v1/session").json()["providers"] == [{"name": "University"}]

        settings.OIDC_ISSUER = ""
        assert APIClient().get("/api/v1/session").json()["providers"] == []
        assert APIClient().get(START).json()["type"] == "no-such-provider"
        assert APIClient().get(CALLBACK).json()["type"] == "no-such-provider"

    def test_asks_with_state_nonce_and_pkce_and_its_own_address(self, provider, anna):  # noqa: ARG002
        for _ in range(2):
            sign_in(APIClient())

        first, second = provider.asked
        for name in ("state", "nonce", "code_challenge"):
            assert len(first[name]) >= 20
            assert first[name] != second[name]
        assert first["redirect_uri"] == f"http://127.0.0.1:8000{CALLBACK}"

    def test_does_not_take_its_address_from_the_request(self, provider, settings):
        settings.ALLOWED_HOSTS = ["*"]
        answer = APIClient().get(START, headers={"Host": "evil.example"})

        assert "evil" not in answer.headers["Location"]
        assert answer.headers["Location"].startswith(provider.issuer)

    def test_gives_the_session_a_new_key(self, anna):  # noqa: ARG002
        browser = APIClient()
        back = to_the_provider(browser)
        before = browser.cookies["sessionid"].value

        follow(browser, back)

        assert browser.cookies["sessionid"].value != before

    def test_replaces_whoever_was_signed_in(self, anna):
        browser = APIClient()
        browser.force_login(UserFactory())

        sign_in(browser)

        assert person_in(browser) == anna.username

    def test_works_with_a_name_of_two_words(self, anna, settings):
        settings.OIDC_NAME = "My lab"
        browser = APIClient()

        back = httpx.get(browser.get("/api/v1/oidc/My%20lab/start").headers["Location"])

        parts = urlsplit(back.headers["Location"])
        assert parts.path == "/api/v1/oidc/My%20lab/callback"
        browser.get(f"{parts.path}?{parts.query}")
        assert person_in(browser) == anna.username


class TestWhoGetsIn:
    def test_nobody_whom_we_do_not_know(self, provider):  # noqa: ARG002
        browser = APIClient()

        assert sign_in(browser, "/p/street") == "/login?problem=not-known-here"

        assert person_in(browser) is None
        assert not User.objects.exists()

    @pytest.mark.parametrize("claim", ["email", "preferred_username", "name"])
    def test_nobody_by_a_name_or_an_address(self, provider, claim):
        UserFactory(username="anna@lab.example", email="anna@lab.example")
        provider.claims = {claim: "anna@lab.example", "email_verified": True}

        assert sign_in(APIClient()) == "/login?problem=not-known-here"

    def test_nobody_by_another_issuer_s_subject(self, provider, anna):
        Identity.objects.update(issuer="https://elsewhere.example")

        assert sign_in(APIClient()) == "/login?problem=not-known-here"
        assert provider.subject == anna.identities.get().subject

    def test_nobody_whose_account_is_closed(self, anna):
        anna.is_active = False
        anna.save()
        browser = APIClient()

        assert sign_in(browser) == "/login?problem=shut-out"
        assert person_in(browser) is None

    def test_whoever_brings_an_invitation(self, provider, token):
        provider.claims = {
            "preferred_username": "grace@uni.example",
            "name": "Grace\nHopper",
            "email": "grace@uni.example",
        }
        browser = APIClient()

        assert sign_in(browser, f"/invitations/{token}") == "/"

        grace = Identity.objects.get().user
        assert (grace.username, grace.display_name) == ("grace", "Grace Hopper")
        assert grace.email == "grace@uni.example"
        assert not grace.has_usable_password()
        assert grace.memberships.get().role == Role.RESEARCHER
        assert Invitation.objects.get().accepted_by == grace
        assert person_in(browser) == "grace"
        assert sign_in(APIClient()) == "/"  # and from now on without

    def test_nobody_with_an_invitation_that_is_used(self, provider, token):  # noqa: ARG002
        Invitation.objects.update(accepted_at=datetime.now(UTC), accepted_by=UserFactory())
        people = User.objects.count()

        onward = sign_in(APIClient(), f"/invitations/{token}")

        assert onward == "/login?problem=no-such-invitation"
        assert User.objects.count() == people
        assert not Identity.objects.exists()

    def test_those_who_are_here_accept_it_on_its_page(self, anna, token):
        assert sign_in(APIClient(), f"/invitations/{token}") == f"/invitations/{token}"

        assert not anna.memberships.exists()

    def test_everybody_if_it_is_set_so(self, provider, settings):
        settings.OIDC_CREATES_USERS = True
        browser = APIClient()

        assert sign_in(browser, "/p/street") == "/p/street"
        assert sign_in(APIClient(), "/") == "/"

        newcomer = User.objects.get()
        assert person_in(browser) == newcomer.username
        assert not newcomer.memberships.exists()
        assert provider.subject == newcomer.identities.get().subject

    @pytest.mark.parametrize(
        ("claims", "username"),
        [
            ({"preferred_username": "ada"}, "ada"),
            ({"email": "ada.l@uni.example"}, "ada.l"),
            ({"preferred_username": "<b>ada</b>"}, "badab"),
            ({}, "person"),
            ({"preferred_username": ["ada"], "email": 7, "name": {"a": 1}}, "person"),
            ({"preferred_username": "\0", "name": "\0", "email": "no address"}, "person"),
            ({"preferred_username": "x" * 500}, "x" * 140),
        ],
    )
    def test_they_get_a_name_like_the_one_they_have(self, provider, settings, claims, username):
        settings.OIDC_CREATES_USERS = True
        provider.claims = claims

        sign_in(APIClient())

        assert User.objects.get().username == username

    def test_but_nobody_else_s(self, provider, settings):
        settings.OIDC_CREATES_USERS = True
        UserFactory(username="Ada")
        provider.claims = {"preferred_username": "ada"}
        browser = APIClient()

        sign_in(browser)

        assert person_in(browser).startswith("ada-")

    @pytest.mark.django_db(transaction=True)
    def test_of_many_tabs_one_makes_the_person(self, provider, settings):
        settings.OIDC_CREATES_USERS = True
        tabs = [(browser := APIClient(), to_the_provider(browser)) for _ in range(6)]
        together = Barrier(len(tabs))

        def come_back(tab: tuple[APIClient, str]) -> str:
            together.wait()
            try:
                return follow(*tab).headers["Location"]
            finally:
                connection.close()

        with ThreadPoolExecutor(len(tabs)) as pool:
            assert set(pool.map(come_back, tabs)) == {"/"}

        (newcomer,) = User.objects.all()
        assert provider.subject == newcomer.identities.get().subject
        assert {person_in(browser) for browser, _ in tabs} == {newcomer.username}


class TestWhatIsNotBelieved:
    """Each is one lie of a provider, or of whoever sits in between."""

    @pytest.fixture
    def refused(self, anna):  # noqa: ARG002 - who would be signed in
        def look() -> bool:
            browser = APIClient()
            onward = sign_in(browser)
            return onward == "/login?problem=provider-failed" and person_in(browser) is None

        return look

    @pytest.mark.parametrize(
        "lies",
        [
            {"nonce": "another"},
            {"nonce": None},
            {"iss": "https://elsewhere.example"},
            {"iss": None},
            {"aud": "another"},
            {"aud": "another", "azp": openid.CLIENT},
            {"aud": None},
            {"azp": "another"},
            {"exp": 1},
            {"exp": None},
            {"iat": 10**11},
            {"nbf": 10**11},
            {"sub": None},
            {"sub": ""},
            {"sub": 1},
            {"sub": ["subject-1"]},
            {"sub": "x" * 256},
            {"sub": "a\0b"},
            {"at_hash": "wrong"},
        ],
        ids=str,
    )
    def test_a_claim(self, provider, refused, lies):
        provider.lies = lies

        assert refused()

    def test_another_key(self, provider, refused):
        provider.key = openid.ANOTHER_KEY

        assert refused()

    def test_no_signature(self, provider, refused):
        provider.algorithm = "none"

        assert refused()

    def test_a_secret_that_two_share(self, provider, refused):
        provider.key, provider.algorithm = openid.SHARED, "HS256"

        assert refused()

    def test_no_token_at_all(self, provider, refused):
        provider.forgets_the_token = True

        assert refused()

    def test_a_code_of_another_session(self, provider, anna):  # noqa: ARG002
        """An attacker's own code, laid under a victim's hand."""
        attacker, victim = APIClient(), APIClient()
        back = to_the_provider(attacker)
        to_the_provider(victim)

        answer = follow(victim, back)

        assert answer.headers["Location"] == "/login?problem=provider-failed"
        assert person_in(victim) is None
        assert provider.redeemed == []

    def test_a_code_twice(self, provider, anna):  # noqa: ARG002
        browser = APIClient()
        back = to_the_provider(browser)
        follow(browser, back)
        browser.delete("/api/v1/session")

        assert follow(browser, back).headers["Location"] == "/login?problem=provider-failed"
        assert len(provider.redeemed) == 1

    @pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=y", "?error=bad"])
    @pytest.mark.usefixtures("provider")
    def test_a_call_out_of_nowhere(self, query):
        answer = APIClient().get(f"{CALLBACK}{query}")

        assert answer.headers["Location"] == "/login?problem=provider-failed"

    @pytest.mark.usefixtures("anna")
    def test_a_change_of_mind(self, provider):
        provider.denies = True

        assert sign_in(APIClient()) == "/login?problem=sign-in-cancelled"

    @pytest.mark.parametrize(
        "lies",
        [
            {"issuer": "https://elsewhere.example"},
            {"id_token_signing_alg_values_supported": ["none", "HS256"]},
            {"authorization_endpoint": None},
        ],
    )
    def test_a_discovery_document(self, provider, lies):
        provider.discovery_lies = lies

        answer = APIClient().get(START)

        assert answer.headers["Location"] == "/login?problem=provider-failed"

    def test_a_provider_that_is_down(self, provider, caplog):
        provider.down = True

        answer = APIClient().get(START)

        assert answer.headers["Location"] == "/login?problem=provider-failed"
        assert "503" in caplog.text

    def test_nor_written_down(self, provider, anna, caplog):  # noqa: ARG002
        provider.lies = {"nonce": "another"}
        browser = APIClient()
        back = to_the_provider(browser)

        follow(browser, back)

        (code,) = parse_qs(urlsplit(back).query)["code"]
        assert "nonce" in caplog.text
        assert code not in caplog.text
        assert openid.SECRET not in caplog.text


ELSEWHERE = [
    "https://evil.example",
    "http://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\x0b/evil.example",
    "/a\r\nSet-Cookie: a=b",
    "/a\\..\\..\\evil.example",
    "evil.example",
    "@evil.example",
    ":80",
    "?next=//evil.example",
    "#//evil.example",
    "",
    ".",
    "..//evil.example",
    "\u2028//evil.example",
    "/\uff0fevil.example",
    "/\u3002evil.example",
]


class TestGoingOn:
    @pytest.mark.parametrize("onward", ELSEWHERE, ids=ascii)
    def test_is_to_no_other_site(self, onward):
        assert oidc.own_path(onward) == "/"

    @pytest.mark.parametrize(
        "onward", ["/", "/p/street/rate", "/p/a?b=c&d=//e#f", "/invitations/a-b_c", "/%0d%0aX:1"]
    )
    def test_is_to_any_page_of_ours(self, onward):
        assert oidc.own_path(onward) == onward

    @pytest.mark.usefixtures("anna")
    @pytest.mark.parametrize("onward", ["//evil.example", "/\\evil.example", "/\t/evil.example"])
    def test_is_checked_on_the_way(self, onward):
        assert sign_in(APIClient(), onward) == "/"

    @pytest.mark.usefixtures("anna")
    def test_is_to_the_front_page_if_nobody_said(self):
        assert sign_in(APIClient()) == "/"


class TestLinkIdentity:
    def test_lets_somebody_with_a_password_sign_in_there_too(self, provider, capsys):
        UserFactory(username="bert")

        for _ in range(2):
            call_command("link_identity", "bert", "subject-1")

        assert capsys.readouterr().out.startswith(f"subject-1 at {provider.issuer} is bert")
        browser = APIClient()
        sign_in(browser)
        assert person_in(browser) == "bert"

    def test_takes_nobody_s_identity_away(self, anna):  # noqa: ARG002
        UserFactory(username="bert")

        with pytest.raises(CommandError, match="somebody else's"):
            call_command("link_identity", "bert", "subject-1")

    @pytest.mark.django_db
    def test_needs_a_provider(self):
        with pytest.raises(CommandError, match="CREST_OIDC_ISSUER"):
            call_command("link_identity", "bert", "subject-1")
