"""The people of a project."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from annotation_site.accounts import members
from annotation_site.accounts.access import ADMINS, ProjectView
from annotation_site.accounts.models import Role
from annotation_site.common.api import CURSOR, Problem, newest_first


class MemberOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(help_text="the display name; blank: none")
    email = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.values))
    paused_at = serializers.DateTimeField(allow_null=True)


def _rendered(member: members.Member) -> dict[str, Any]:
    return {
        "id": member.user.pk,
        "username": member.user.username,
        "name": member.user.display_name,
        "email": member.user.email,
        "roles": sorted(member.roles),
        "paused_at": member.paused_at,
    }


class MemberPage(serializers.Serializer[Any]):
    results = MemberOut(many=True)
    next = serializers.CharField(allow_null=True)


class MembersWanted(serializers.Serializer[Any]):
    search = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=100,
        help_text="words, all of which are in the user name, the display name or the e-mail",
    )


class Members(ProjectView):
    """Everybody who is in the project, whoever came to the site last first."""

    roles = {"GET": ADMINS}

    @extend_schema(
        operation_id="members",
        parameters=[MembersWanted, CURSOR],
        responses={200: MemberPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView read it
        wanted = MembersWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        people = members.people_of(self.project, **wanted.validated_data)
        return newest_first(request, people, lambda one: _rendered(members.member_of(one)))


class MemberChange(serializers.Serializer[Any]):
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.values), allow_empty=False, required=False
    )
    paused = serializers.BooleanField(required=False)


class OneMember(ProjectView):
    roles = {"PATCH": ADMINS, "DELETE": ADMINS}

    @extend_schema(
        operation_id="change_member",
        request=MemberChange,
        responses={200: MemberOut, 400: Problem, 404: Problem, 409: Problem},
    )
    def patch(self, request: Request, slug: str, member: int) -> Response:  # noqa: ARG002
        """Give the member exactly these roles, and pause or resume them."""
        given = MemberChange(data=request.data)
        given.is_valid(raise_exception=True)
        roles = given.validated_data.get("roles")
        changed = members.change(
            project=self.project,
            user_id=member,
            roles=None if roles is None else [Role(role) for role in roles],
            paused=given.validated_data.get("paused"),
            now=timezone.now(),
        )
        return Response(_rendered(changed))

    @extend_schema(operation_id="remove_member", responses={204: None, 404: Problem, 409: Problem})
    def delete(self, request: Request, slug: str, member: int) -> Response:  # noqa: ARG002
        """Take the member out. What they did stays."""
        members.remove(project=self.project, user_id=member)
        return Response(status=status.HTTP_204_NO_CONTENT)
