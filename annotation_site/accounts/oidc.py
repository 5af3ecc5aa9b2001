"""Signing in with OpenID Connect: authorization code, PKCE, state and nonce, by Authlib.

People are known by who the provider says they are (issuer and subject), never by an e-mail address:
anybody can put another's into a profile somewhere.
"""

import functools
import logging
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from joserfc.errors import JoseError

from annotation_site.accounts import invitations
from annotation_site.accounts.models import Identity, User
from annotation_site.accounts.validity import save_valid
from annotation_site.common.refusals import Conflict, Forbidden, Missing, Refusal
from annotation_site.common.text import one_line
from scorer.text import is_storable

log = logging.getLogger(__name__)

TIMEOUT = 10
ONWARD = "oidc"
"""Where the session keeps what is to be done when somebody comes back from the provider."""

SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""By which a provider may prove itself: never `none`, never with a secret that we share."""


class NoSuchProvider(Missing):
    """There is no such way to sign in."""


class ProviderFailed(Refusal):
    """The identity provider did not answer as it should. Try again, or tell an admin."""


class SignInCancelled(Refusal):
    """You did not sign in at the identity provider."""


class NotKnownHere(Forbidden):
    """Nobody here has this identity. Ask an admin for an invitation, and open its link."""


class SomebodyElse(Conflict):
    """This identity is somebody else's here."""


class ShutOut(Forbidden):
    """This account is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who somebody is, as their provider says."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]

    def words(self, name: str, most: int) -> str:
        """What the provider says under this name, as one line; nothing, where it is no text."""
        said = self.claims.get(name)
        if not isinstance(said, str) or not is_storable(said):
            return ""
        return one_line(said)[:most]

    @property
    def email(self) -> str:
        said = self.words("email", 254)
        try:
            validate_email(said)
        except ValidationError:
            return ""
        return said


def providers() -> list[str]:
    """Name the ways to sign in besides a password."""
    return [settings.OIDC_NAME] if settings.OIDC_ISSUER else []


def own_path(path: str) -> str:
    """The path, if it surely leads to a page of this site; else the front page.

    Browsers take two slashes, a slash and a backslash, and two slashes with a tab in between for
    other sites.
    """
    return path if re.fullmatch(r"/(?!/)[!-\[\]-~]*", path) else "/"


def start(request: HttpRequest, *, provider: str, onward: str) -> HttpResponseRedirect:
    """Send the browser to the provider, and remember where it wants to go afterwards."""
    client = _client_of(provider)
    callback = f"{settings.SITE_ADDRESS}/api/v1/oidc/{quote(provider)}/callback"
    with _provider_may_fail():
        _check_discovery(client)
        redirect: HttpResponseRedirect = client.authorize_redirect(request, callback)
    request.session[ONWARD] = own_path(onward)
    return redirect


def come_back(request: HttpRequest, *, provider: str, now: datetime) -> tuple[User, str]:
    """Find out who came back from the provider, and the path where they wanted to go.

    Somebody new is let in by an invitation that they came with, or not at all.
    """
    client = _client_of(provider)
    onward = own_path(request.session.pop(ONWARD, "/"))
    if request.GET.get("error") == "access_denied":
        raise SignInCancelled
    person = _identified(client, request)
    user = _known(person)
    if user is None:
        user, onward = _let_in(person, onward, request, now=now)
    if not user.is_active:
        raise ShutOut
    return user, onward


def link(*, user: User, subject: str) -> None:
    """Let the user sign in as this subject of the provider. Saying so twice is harmless."""
    identity, _ = Identity.objects.get_or_create(
        issuer=settings.OIDC_ISSUER, subject=subject, defaults={"user": user}
    )
    if identity.user_id != user.pk:
        raise SomebodyElse


# --- The provider -------------------------------------------------------------------------------


def _client_of(provider: str) -> Any:
    if provider not in providers():
        raise NoSuchProvider
    return _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


@functools.cache
def _client(issuer: str, client_id: str, client_secret: str) -> Any:
    """Authlib's client. It keeps the discovery document and the keys, so there is one."""
    return OAuth().register(
        name="crest",
        client_id=client_id,
        client_secret=client_secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
            "token_endpoint_auth_method": "client_secret_basic" if client_secret else "none",
        },
    )


def _check_discovery(client: Any) -> None:
    """See that the provider is the one we were told of, and how it signs."""
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != settings.OIDC_ISSUER:
        raise ValueError("the discovery document is another issuer's")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    usable = sorted(SIGNATURES.intersection(offered))
    if not usable:
        raise ValueError("the provider signs in no way that we trust")
    metadata["id_token_signing_alg_values_supported"] = usable
    ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if client.client_secret and "client_secret_basic" not in ways and "client_secret_post" in ways:
        client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105


def _identified(client: Any, request: HttpRequest) -> Person:
    """Redeem the code that the browser brought. Authlib checks state, PKCE, nonce, signature."""
    expected = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    with _provider_may_fail():
        _check_discovery(client)
        token = client.authorize_access_token(request, claims_options=expected)
        claims = token["userinfo"]
        issuer, subject = claims["iss"], claims["sub"]
        if not _is_subject(subject):
            raise ValueError("the subject is none")
    return Person(issuer=issuer, subject=subject, claims=claims)


def _is_subject(said: Any) -> bool:
    longest = Identity._meta.get_field("subject").max_length or 0  # noqa: SLF001 - Django's way
    return isinstance(said, str) and is_storable(said) and 0 < len(said) <= longest


@contextmanager
def _provider_may_fail() -> Iterator[None]:
    """One refusal for all that can go wrong out there; the log says which (requests': OSError)."""
    try:
        yield
    except (
        AuthlibBaseError,
        JoseError,
        OSError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        log.warning("signing in at %s failed: %r", settings.OIDC_ISSUER, error)
        raise ProviderFailed from error


# --- People -------------------------------------------------------------------------------------


def _known(person: Person) -> User | None:
    identities = Identity.objects.filter(issuer=person.issuer, subject=person.subject)
    identity = identities.select_related("user").first()
    return identity.user if identity else None


def _let_in(
    person: Person, onward: str, request: HttpRequest, *, now: datetime
) -> tuple[User, str]:
    """Make somebody of an identity that nobody here has, if they may be.

    Another tab may come back at the same moment and be first: then it was for this one too.
    """
    token = invitations.token_in(onward)
    try:
        if token is not None:
            address = request.META.get("REMOTE_ADDR", "")
            holder = invitations.Holder(token=token, address=address, user=None)
            return _invited(person, holder, now=now), "/"
        if settings.OIDC_CREATES_USERS:
            return _unasked(person), onward
    except (IntegrityError, Refusal) as error:
        user = _known(person)
        if user is not None:
            return user, onward
        if isinstance(error, Refusal):
            raise
        raise ProviderFailed from error
    raise NotKnownHere


def _invited(person: Person, holder: invitations.Holder, *, now: datetime) -> User:
    invitation = invitations.look_at(holder, now=now)
    with transaction.atomic():
        user = invitations.create_invited(_new(person), invitation=invitation, now=now)
        _remember(person, user)
    return user


@transaction.atomic
def _unasked(person: Person) -> User:
    user = _new(person)
    save_valid(user)
    _remember(person, user)
    return user


def _remember(person: Person, user: User) -> None:
    Identity.objects.create(user=user, issuer=person.issuer, subject=person.subject)


def _new(person: Person) -> User:
    user = User(
        username=_free_name(person),
        display_name=person.words("name", 100),
        email=person.email,
    )
    user.set_unusable_password()
    return user


def _free_name(person: Person) -> str:
    """A user name like the one the provider knows, that nobody has."""
    wished = person.words("preferred_username", 150) or person.email
    name = re.sub(r"[^\w.+-]", "", wished.partition("@")[0])[:140] or "person"
    while User.objects.filter(username__iexact=name).exists():
        name = f"{name[:140]}-{secrets.token_hex(2)}"
    return name
