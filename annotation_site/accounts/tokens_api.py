"""One's own tokens. Only somebody who signed in sees, makes or revokes them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import tokens
from annotation_site.accounts.access import signed_in
from annotation_site.accounts.models import User
from annotation_site.common.api import Problem
from annotation_site.common.idempotency import idempotent
from annotation_site.common.refusals import Forbidden


class TokenCannotMakeTokens(Forbidden):
    """A token cannot list, make or revoke tokens: sign in with your password."""


class TokenOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="key", help_text="how the token begins")
    name = serializers.CharField()
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class TokenPage(serializers.Serializer[Any]):
    """All of them at once: there are never more than a page has."""

    results = TokenOut(many=True)
    next = serializers.CharField(allow_null=True)


class NewToken(TokenOut):
    token = serializers.CharField(help_text="the whole of it, only now")


class TokenWish(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=100)
    days = serializers.IntegerField(min_value=1, max_value=tokens.MOST_DAYS, default=tokens.DAYS)


class Tokens(APIView):
    """Tokens for scripts. They are shown once and end by themselves."""

    @extend_schema(operation_id="tokens", responses={200: TokenPage, 403: Problem})
    def get(self, request: Request) -> Response:
        mine = tokens.tokens_of(_owner(request), now=timezone.now())
        return Response({"results": TokenOut(mine, many=True).data, "next": None})

    @extend_schema(
        operation_id="create_token",
        request=TokenWish,
        responses={201: NewToken, 403: Problem, 409: Problem},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        owner = _owner(request)
        given = TokenWish(data=request.data)
        given.is_valid(raise_exception=True)
        secret, made = tokens.create_token(user=owner, **given.validated_data)
        body = {**TokenOut(made).data, "token": secret}
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="revoke_tokens", responses={204: None, 403: Problem})
    def delete(self, request: Request) -> Response:
        tokens.revoke_tokens(user=_owner(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class OneToken(APIView):
    @extend_schema(operation_id="revoke_token", responses={204: None, 403: Problem, 404: Problem})
    def delete(self, request: Request, key: str) -> Response:
        """End one token. Scripts that have it are refused from here on."""
        tokens.revoke_token(user=_owner(request), key=key)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _owner(request: Request) -> User:
    """Refuse tokens: a stolen one must not outlive itself, nor lock its owner out."""
    if request.auth is not None:
        raise TokenCannotMakeTokens
    return signed_in(request)
