"""The same way in, at a provider that is not ours: what `provider.py` plays is so."""

import warnings
from urllib.parse import urlsplit

import authlib.deprecate
import httpx  # noqa: TID251 - a test's own browser
import pytest
from rest_framework.test import APIClient

from annotation_site.accounts.models import Identity, User

pytestmark = [
    pytest.mark.verification,
    # It is written for Authlib 1.6, whose old names still work.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def issuer(settings, db):  # noqa: ARG001 - people come back from it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
        import oidc_provider_mock  # noqa: PLC0415 - it warns

    grace = oidc_provider_mock.User(
        sub="grace", claims={"preferred_username": "gracehopper", "name": "Grace Hopper"}
    )
    with oidc_provider_mock.run_server_in_thread(
        require_client_registration=True, require_nonce=True, user_claims=[grace]
    ) as server:
        settings.OIDC_ISSUER = f"http://localhost:{server.server_port}"
        settings.OIDC_NAME = "Mock"
        registered = httpx.post(
            f"{settings.OIDC_ISSUER}/oauth2/clients",
            json={"redirect_uris": ["http://127.0.0.1:8000/api/v1/oidc/Mock/callback"]},
        ).json()
        settings.OIDC_CLIENT_ID = registered["client_id"]
        settings.OIDC_CLIENT_SECRET = registered["client_secret"]
        settings.OIDC_CREATES_USERS = True
        yield settings.OIDC_ISSUER


def test_lets_somebody_in_twice_as_the_same_person(issuer):
    for _ in range(2):
        browser = APIClient()
        there = browser.get("/api/v1/oidc/Mock/start?next=/p/street").headers["Location"]
        assert there.startswith(f"{issuer}/oauth2/authorize?")
        back = httpx.post(there, data={"sub": "grace"}).headers["Location"]
        parts = urlsplit(back)

        answer = browser.get(f"{parts.path}?{parts.query}")

        assert answer.headers["Location"] == "/p/street"
        assert browser.get("/api/v1/session").json()["user"]["name"] == "Grace Hopper"
    assert User.objects.get().username == "gracehopper"
    assert Identity.objects.get().issuer == issuer


def test_tells_when_somebody_would_not(issuer):  # noqa: ARG001
    browser = APIClient()
    there = browser.get("/api/v1/oidc/Mock/start").headers["Location"]
    back = httpx.post(there, data={"action": "deny"}).headers["Location"]
    parts = urlsplit(back)

    answer = browser.get(f"{parts.path}?{parts.query}")

    assert answer.headers["Location"] == "/login?problem=sign-in-cancelled"
