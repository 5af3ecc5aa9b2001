"""Organisations over HTTP: for their owners, the projects and the people there are."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import organisations, projects
from annotation_site.accounts.access import signed_in
from annotation_site.accounts.models import Organisation, Project, Role, User
from annotation_site.accounts.projects_api import (
    OrganisationNamed,
    ProjectIn,
    ProjectNamed,
    ProjectOut,
    rendered,
)
from annotation_site.common.api import CURSOR, Problem, newest_first
from annotation_site.common.idempotency import idempotent


class OrganisationOut(OrganisationNamed):
    owner = serializers.BooleanField(help_text="whether you are one of its owners")


class OrganisationPage(serializers.Serializer[Any]):
    results = OrganisationOut(many=True)
    next = serializers.CharField(allow_null=True)


class OwnedProject(ProjectNamed):
    people = serializers.IntegerField()
    archived_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class OwnedProjectPage(serializers.Serializer[Any]):
    results = OwnedProject(many=True)
    next = serializers.CharField(allow_null=True)


class PersonOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.CharField(help_text="the display name; blank: none")
    owner = serializers.BooleanField()
    projects = serializers.ListField(
        child=serializers.CharField(), help_text="names of the projects of this organisation"
    )


class PersonPage(serializers.Serializer[Any]):
    results = PersonOut(many=True)
    next = serializers.CharField(allow_null=True)


class PersonChange(serializers.Serializer[Any]):
    owner = serializers.BooleanField()


def organisation_out(organisation: Organisation) -> dict[str, Any]:
    return {
        "slug": organisation.slug,
        "name": organisation.name,
        "owner": organisation.owned,  # type: ignore[attr-defined] # annotated
    }


def _project(project: Project) -> dict[str, Any]:
    return dict(OwnedProject(project).data)


def _person(person: User) -> dict[str, Any]:
    return {
        "id": person.pk,
        "username": person.username,
        "name": person.display_name,
        "owner": person.owner,  # type: ignore[attr-defined] # annotated
        "projects": sorted(person.works_in),  # type: ignore[attr-defined] # annotated
    }


def _owned(request: Request, slug: str) -> Organisation:
    return organisations.find_owned(user=signed_in(request), slug=slug)


class Organisations(APIView):
    """The organisations that you belong to, the newest first."""

    @extend_schema(
        operation_id="organisations",
        parameters=[CURSOR],
        responses={200: OrganisationPage, 422: Problem},
    )
    def get(self, request: Request) -> Response:
        return newest_first(request, organisations.of(signed_in(request)), organisation_out)


class OrganisationProjects(APIView):
    """All projects of an organisation, the newest first: which there are, not what is in them."""

    @extend_schema(
        operation_id="organisation_projects",
        parameters=[CURSOR],
        responses={200: OwnedProjectPage, 403: Problem, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, organisation: str) -> Response:
        rows = organisations.projects_of(_owned(request, organisation))
        return newest_first(request, rows, _project)

    @extend_schema(
        operation_id="create_project",
        request=ProjectIn,
        responses={
            201: ProjectOut, 400: Problem, 403: Problem, 404: Problem, 409: Problem
        },
    )  # fmt: skip
    @idempotent
    def post(self, request: Request, organisation: str) -> Response:
        """Make a project, and be its first admin."""
        owned = _owned(request, organisation)
        given = ProjectIn(data=request.data)
        given.is_valid(raise_exception=True)
        made = projects.create(organisation=owned, by=signed_in(request), **given.validated_data)
        body = rendered(made, frozenset({Role.ADMIN}))
        return Response(body, status=status.HTTP_201_CREATED)


class People(APIView):
    """Everybody in an organisation, the newest first."""

    @extend_schema(
        operation_id="organisation_people",
        parameters=[CURSOR],
        responses={200: PersonPage, 403: Problem, 404: Problem, 422: Problem},
    )
    def get(self, request: Request, organisation: str) -> Response:
        rows = organisations.people_of(_owned(request, organisation))
        return newest_first(request, rows, _person)


class OnePerson(APIView):
    @extend_schema(
        operation_id="change_person",
        request=PersonChange,
        responses={200: PersonOut, 400: Problem, 403: Problem, 404: Problem, 409: Problem},
    )
    def patch(self, request: Request, organisation: str, person: int) -> Response:
        """Make somebody an owner, or a mere member again."""
        owned = _owned(request, organisation)
        given = PersonChange(data=request.data)
        given.is_valid(raise_exception=True)
        changed = organisations.set_owner(
            organisation=owned, user_id=person, owner=given.validated_data["owner"]
        )
        return Response(_person(changed))

    @extend_schema(
        operation_id="remove_person",
        responses={204: None, 403: Problem, 404: Problem, 409: Problem},
    )
    def delete(self, request: Request, organisation: str, person: int) -> Response:
        """Take somebody out of all its projects. What they did stays."""
        owned = _owned(request, organisation)
        organisations.remove(organisation=owned, user_id=person)
        return Response(status=status.HTTP_204_NO_CONTENT)
