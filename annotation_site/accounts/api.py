"""Signing in, tokens for scripts, and the projects one is in."""

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

from annotation_site.accounts import selectors, services
from annotation_site.accounts.access import EVERYONE, ProjectView, roles_of, signed_in
from annotation_site.accounts.models import Role, User
from annotation_site.common.api import Problem
from annotation_site.common.refusals import Forbidden


class TokenCannotMakeTokens(Forbidden):
    """A token cannot make or revoke tokens: sign in with your password."""


class ProjectNamed(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class ProjectWithRoles(ProjectNamed):
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.values))


class Person(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()


class MembershipOut(serializers.Serializer[Any]):
    project = ProjectNamed()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.values))


class SessionOut(serializers.Serializer[Any]):
    user = Person(allow_null=True)
    memberships = MembershipOut(many=True)


class Credentials(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class Session(APIView):
    """Who is signed in here."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="session", responses={200: SessionOut})
    def get(self, request: Request) -> Response:
        get_token(request._request)  # noqa: SLF001 - sets the CSRF cookie that the page needs
        return Response(_session(request.user))

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
        return Response(_session(user))

    @extend_schema(operation_id="sign_out", responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)  # noqa: SLF001
        return Response(status=status.HTTP_204_NO_CONTENT)


def _session(user: User | AnonymousUser) -> dict[str, Any]:
    if not isinstance(user, User):
        return {"user": None, "memberships": []}
    memberships = [
        {"project": {"slug": project.slug, "name": project.name}, "roles": sorted(roles)}
        for project, roles in selectors.memberships_of(user)
    ]
    return {"user": {"id": user.pk, "username": user.username}, "memberships": memberships}


class Tokens(APIView):
    """Tokens for scripts. They are shown once and end by themselves."""

    class Output(serializers.Serializer[Any]):
        token = serializers.CharField()
        expires_at = serializers.DateTimeField()

    @extend_schema(operation_id="create_token", request=None, responses={201: Output, 403: Problem})
    def post(self, request: Request) -> Response:
        token, expires_at = services.create_token(user=_signed_in_by_password(request))
        body = self.Output({"token": token, "expires_at": expires_at}).data
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="revoke_tokens", responses={204: None, 403: Problem})
    def delete(self, request: Request) -> Response:
        services.revoke_tokens(user=_signed_in_by_password(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _signed_in_by_password(request: Request) -> User:
    """Refuse tokens: a stolen one must not outlive itself, nor lock its owner out."""
    if request.auth is not None:
        raise TokenCannotMakeTokens
    return signed_in(request)


class Projects(APIView):
    """The projects that you are in."""

    @extend_schema(operation_id="projects", responses={200: ProjectWithRoles(many=True)})
    def get(self, request: Request) -> Response:
        return Response(
            [
                {"slug": project.slug, "name": project.name, "roles": sorted(roles)}
                for project, roles in selectors.memberships_of(signed_in(request))
            ]
        )


class OneProject(ProjectView):
    """A project, and what you are in it."""

    roles = {"GET": EVERYONE}

    @extend_schema(operation_id="project", responses={200: ProjectWithRoles, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:
        roles = sorted(roles_of(signed_in(request), self.project))
        return Response({"slug": slug, "name": self.project.name, "roles": roles})
