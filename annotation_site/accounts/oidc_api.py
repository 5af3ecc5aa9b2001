"""To the identity provider and back: the two addresses a browser goes to, not a script."""

from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from annotation_site.accounts import oidc
from annotation_site.common.api import Problem
from annotation_site.common.refusals import Refusal

NEXT = OpenApiParameter("next", str, description="a path of this site to go on to")


class Start(APIView):
    """Sign in with this provider."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="oidc_start", parameters=[NEXT], responses={302: None, 404: Problem}
    )
    def get(self, request: Request, provider: str) -> HttpResponseRedirect:
        onward = request.query_params.get("next", "/")
        try:
            return oidc.start(request._request, provider=provider, onward=onward)  # noqa: SLF001
        except oidc.ProviderFailed as refusal:
            return _back_to_signing_in(refusal)


class Callback(APIView):
    """Where the provider sends the browser back to."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="oidc_callback", responses={302: None, 404: Problem})
    def get(self, request: Request, provider: str) -> HttpResponseRedirect:
        given = request._request  # noqa: SLF001
        try:
            user, onward = oidc.come_back(given, provider=provider, now=timezone.now())
        except oidc.NoSuchProvider:
            raise
        except Refusal as refusal:
            return _back_to_signing_in(refusal)
        login(given, user)  # gives the session a new key
        return HttpResponseRedirect(onward)


def _back_to_signing_in(refusal: Refusal) -> HttpResponseRedirect:
    """A person is looking: the page says in words what the refusal's name means."""
    return HttpResponseRedirect(f"/login?problem={refusal.code}")
