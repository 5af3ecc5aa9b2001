"""One's own profile and password."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import profiles
from annotation_site.accounts.access import signed_in, signed_in_here
from annotation_site.accounts.models import User
from annotation_site.common.api import Problem

Preferences = serializers.DictField(
    child=serializers.JSONField(allow_null=True),
    required=False,
    help_text="at most 8 KiB; what is not named stays, and null takes away",
)


class ProfileIn(serializers.Serializer[Any]):
    display_name = serializers.CharField(max_length=100, allow_blank=True, required=False)
    email = serializers.EmailField(max_length=254, allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=("", *profiles.LANGUAGES), required=False)
    preferences = Preferences


class ProfileOut(serializers.Serializer[Any]):
    username = serializers.CharField()
    display_name = serializers.CharField()
    email = serializers.CharField()
    language = serializers.CharField()
    preferences = serializers.DictField(child=serializers.JSONField(allow_null=True))
    has_password = serializers.BooleanField(help_text="false: signs in elsewhere only")


class Profile(APIView):
    """What you say of yourself, and how you like the page."""

    @extend_schema(operation_id="profile", responses={200: ProfileOut})
    def get(self, request: Request) -> Response:
        return Response(_rendered(signed_in(request)))

    @extend_schema(
        operation_id="change_profile",
        request=ProfileIn,
        responses={200: ProfileOut, 400: Problem, 403: Problem, 422: Problem},
    )
    def patch(self, request: Request) -> Response:
        user = signed_in_here(request)
        given = ProfileIn(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(_rendered(profiles.change(user=user, **given.validated_data)))


def _rendered(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "display_name": user.display_name,
        "email": user.email,
        "language": user.language,
        "preferences": user.preferences,
        "has_password": user.has_usable_password(),
    }


class PasswordChange(serializers.Serializer[Any]):
    old = serializers.CharField(max_length=1000, trim_whitespace=False)
    new = serializers.CharField(max_length=1000, trim_whitespace=False)


class Password(APIView):
    """A new password. All your other sessions end, and your tokens."""

    @extend_schema(
        operation_id="change_password",
        request=PasswordChange,
        responses={
            204: None, 400: Problem, 403: Problem, 409: Problem, 422: Problem, 429: Problem
        },
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        user = signed_in_here(request)
        given = PasswordChange(data=request.data)
        given.is_valid(raise_exception=True)
        profiles.change_password(
            request=request._request,  # noqa: SLF001
            user=user,
            address=request.META.get("REMOTE_ADDR", ""),
            now=timezone.now(),
            **given.validated_data,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
