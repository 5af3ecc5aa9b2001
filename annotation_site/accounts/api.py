"""Signing in, and who is signed in."""

from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.models import AnonymousUser
from django.middleware.csrf import get_token
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import oidc, organisations, selectors, services
from annotation_site.accounts.models import Role, User
from annotation_site.accounts.organisations_api import OrganisationOut, organisation_out
from annotation_site.accounts.projects_api import ProjectNamed
from annotation_site.common.api import Problem


class Person(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(help_text="the display name; blank: none")
    language = serializers.CharField(help_text="blank: as the browser's")
    preferences = serializers.DictField(child=serializers.JSONField(allow_null=True))


class ProjectOfSession(ProjectNamed):
    archived = serializers.BooleanField(help_text="it is only there to be read")


class MembershipOut(serializers.Serializer[Any]):
    project = ProjectOfSession()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.values))
    paused = serializers.BooleanField(help_text="may look, but not work")


class Provider(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="sign in at /api/v1/oidc/{name}/start?next=/a/path")


class SessionOut(serializers.Serializer[Any]):
    user = Person(allow_null=True)
    memberships = MembershipOut(many=True)
    organisations = OrganisationOut(many=True)
    providers = Provider(many=True)


class Credentials(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class Session(APIView):
    """Who is signed in here."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="session", responses={200: SessionOut})
    def get(self, request: Request) -> Response:
        get_token(request._request)  # noqa: SLF001 - sets the CSRF cookie that the page needs
        return Response(session_of(request.user))

    @extend_schema(
        operation_id="sign_in",
        request=Credentials,
        responses={200: SessionOut, 400: Problem, 403: Problem, 429: Problem},
    )
    def post(self, request: Request) -> Response:
        # Also for somebody not signed in: nobody shall be signed in by another site as another.
        SessionAuthentication().enforce_csrf(request)
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        user = services.identify(
            request=request._request,  # noqa: SLF001
            address=request.META.get("REMOTE_ADDR", ""),
            now=timezone.now(),
            **given.validated_data,
        )
        login(request._request, user)  # noqa: SLF001 - gives the session a new key
        return Response(session_of(user))

    @extend_schema(operation_id="sign_out", responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)  # noqa: SLF001
        return Response(status=status.HTTP_204_NO_CONTENT)


def session_of(user: User | AnonymousUser) -> dict[str, Any]:
    ways = [{"name": name} for name in oidc.providers()]
    if not isinstance(user, User):
        return {"user": None, "memberships": [], "organisations": [], "providers": ways}
    memberships = [
        {
            "project": {
                "slug": entry.project.slug,
                "name": entry.project.name,
                "archived": entry.project.archived_at is not None,
            },
            "roles": sorted(entry.roles),
            "paused": entry.paused,
        }
        for entry in selectors.memberships_of(user)
    ]
    person = {
        "id": user.pk,
        "username": user.username,
        "name": user.display_name,
        "language": user.language,
        "preferences": user.preferences,
    }
    return {
        "user": person,
        "memberships": memberships,
        "organisations": [organisation_out(one) for one in organisations.of(user)],
        "providers": ways,
    }
