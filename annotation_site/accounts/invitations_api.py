"""Inviting people, and joining with an invitation."""

from typing import Any

from django.contrib.auth import login
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import invitations, letters
from annotation_site.accounts.access import ADMINS, ProjectView, signed_in
from annotation_site.accounts.api import Credentials, SessionOut, session_of
from annotation_site.accounts.models import Invitation, Role, User
from annotation_site.accounts.projects_api import ProjectNamed
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent


class InvitationOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.values)
    email = serializers.CharField()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=invitations.STATES)
    accepted_by = serializers.CharField(allow_null=True)


class InvitationPage(serializers.Serializer[Any]):
    results = InvitationOut(many=True)
    next = serializers.CharField(allow_null=True)


class NewInvitation(InvitationOut):
    link = serializers.CharField(help_text="the secret, only now")
    sent = serializers.BooleanField(help_text="by e-mail")
    not_sent = serializers.ChoiceField(choices=letters.REASONS, allow_null=True)


class InvitationWish(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.values)
    email = serializers.EmailField(max_length=254, allow_blank=True, default="")
    days = serializers.IntegerField(
        min_value=1, max_value=invitations.MOST_DAYS, default=invitations.DAYS
    )


class Invitations(ProjectView):
    """The project's invitations, the newest first. Their links are shown once."""

    roles = {"GET": ADMINS, "POST": ADMINS}

    @extend_schema(
        operation_id="invitations",
        parameters=[CURSOR],
        responses={200: InvitationPage, 422: Problem},
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView read it
        rows = Invitation.objects.filter(project=self.project)
        return newest_first(request, rows.select_related("made_by", "accepted_by"), _rendered)

    @extend_schema(
        operation_id="invite", request=InvitationWish, responses={201: NewInvitation, 400: Problem}
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        given = InvitationWish(data=request.data)
        given.is_valid(raise_exception=True)
        role = Role(given.validated_data.pop("role"))
        invitation, link = invitations.invite(
            project=self.project,
            role=role,
            by=signed_in(request),
            now=timezone.now(),
            **given.validated_data,
        )
        # It is kept by now: a mail server that fails loses nothing.
        not_sent = letters.send(invitation, link)
        body = {"link": link, "sent": not_sent is None, "not_sent": not_sent}
        return Response({**_rendered(invitation), **body}, status=status.HTTP_201_CREATED)


def _rendered(invitation: Invitation) -> dict[str, Any]:
    accepted_by = invitation.accepted_by
    return {
        "id": invitation.pk,
        "role": invitation.role,
        "email": invitation.email,
        "made_by": invitation.made_by.shown_name,
        "made_at": invitation.made_at,
        "expires_at": invitation.expires_at,
        "state": invitations.state_of(invitation, now=timezone.now()),
        "accepted_by": accepted_by.shown_name if accepted_by else None,
    }


class OneInvitation(ProjectView):
    roles = {"DELETE": ADMINS}

    @extend_schema(
        operation_id="revoke_invitation", responses={204: None, 404: Problem, 409: Problem}
    )
    def delete(self, request: Request, slug: str, invitation: int) -> Response:  # noqa: ARG002
        """End an invitation that nobody has accepted yet."""
        invitations.revoke(project=self.project, invitation_id=invitation, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Welcome(serializers.Serializer[Any]):
    project = ProjectNamed()
    role = serializers.ChoiceField(choices=Role.values)
    expires_at = serializers.DateTimeField()


class Joining(APIView):
    """What an invitation is for, and joining with it."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="invitation", responses={200: Welcome, 404: Problem, 429: Problem})
    def get(self, request: Request, token: str) -> Response:
        invitation = invitations.look_at(_holder(request, token), now=timezone.now())
        project = invitation.project
        return Response(
            {
                "project": {"slug": project.slug, "name": project.name},
                "role": invitation.role,
                "expires_at": invitation.expires_at,
            }
        )

    @extend_schema(
        operation_id="join",
        request=Credentials,
        responses={
            200: SessionOut, 400: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem,
            429: Problem,
        },
    )  # fmt: skip
    def post(self, request: Request, token: str) -> Response:
        """Join: with a new name and password, or with an empty object when signed in."""
        # Also for somebody not signed in: nobody shall be signed in by another site as another.
        SessionAuthentication().enforce_csrf(request)
        holder = _holder(request, token)
        now = timezone.now()
        if holder.user is not None:
            invitations.accept(holder, user=holder.user, now=now)
            return Response(session_of(holder.user))
        given = Credentials(data=request.data)
        given.is_valid(raise_exception=True)
        user = invitations.join(holder, now=now, **given.validated_data)
        login(request._request, user)  # noqa: SLF001 - gives the session a new key
        return Response(session_of(user))


def _holder(request: Request, token: str) -> invitations.Holder:
    user = request.user if isinstance(request.user, User) else None
    address = request.META.get("REMOTE_ADDR", "")
    return invitations.Holder(token=token, address=address, user=user)
