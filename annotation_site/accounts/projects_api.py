"""Projects over HTTP: which one is in, what they are called, and putting them away."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotation_site.accounts import projects
from annotation_site.accounts.access import ADMINS, EVERYONE, ProjectView, signed_in
from annotation_site.accounts.models import Project, Role
from annotation_site.common.api import CURSOR, Problem, newest_first

MOST_SEARCHED = 100


class ProjectNamed(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class OrganisationNamed(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()


class ProjectOut(ProjectNamed):
    description = serializers.CharField()
    organisation = OrganisationNamed()
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.values), help_text="yours"
    )
    created_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(
        allow_null=True, help_text="since when it is only there to be read"
    )


class ProjectPage(serializers.Serializer[Any]):
    results = ProjectOut(many=True)
    next = serializers.CharField(allow_null=True)


class ProjectIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    slug = serializers.SlugField(max_length=50, help_text="its address; free, now and before")
    description = serializers.CharField(
        max_length=2000, allow_blank=True, required=False, help_text="plain text"
    )


class ProjectsWanted(serializers.Serializer[Any]):
    search = serializers.CharField(max_length=MOST_SEARCHED, allow_blank=True, default="")
    archived = serializers.ChoiceField(("no", "yes", "all"), default="no")


ARCHIVED = {"no": False, "yes": True, "all": None}


def rendered(project: Project, roles: frozenset[Role]) -> dict[str, Any]:
    organisation = project.organisation
    return {
        "slug": project.slug,
        "name": project.name,
        "description": project.description,
        "organisation": {"slug": organisation.slug, "name": organisation.name},
        "roles": sorted(roles),
        "created_at": project.created_at,
        "archived_at": project.archived_at,
    }


class Projects(APIView):
    """The projects that you are in, the newest first."""

    @extend_schema(
        operation_id="projects",
        parameters=[
            CURSOR,
            OpenApiParameter("search", str, description="in names, addresses and descriptions"),
            OpenApiParameter("archived", str, enum=list(ARCHIVED), description="`no` unless given"),
        ],
        responses={200: ProjectPage, 400: Problem, 422: Problem},
    )
    def get(self, request: Request) -> Response:
        wanted = ProjectsWanted(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        mine = projects.seen_by(
            signed_in(request),
            search=wanted.validated_data["search"],
            archived=ARCHIVED[wanted.validated_data["archived"]],
        )

        def row(project: Project) -> dict[str, Any]:
            return rendered(project, frozenset(Role(one.role) for one in project.mine))  # type: ignore[attr-defined] # prefetched

        return newest_first(request, mine, row)


class OneProject(ProjectView):
    """A project, and what you are in it."""

    roles = {"GET": EVERYONE, "PATCH": ADMINS}
    along = ("organisation",)

    @extend_schema(operation_id="project", responses={200: ProjectOut, 404: Problem})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - ProjectView read it
        return Response(rendered(self.project, self.entry.roles))

    @extend_schema(
        operation_id="change_project",
        request=ProjectIn,
        responses={200: ProjectOut, 400: Problem, 404: Problem, 409: Problem},
    )
    def patch(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        """Call it otherwise. Under its old address it is still found."""
        given = ProjectIn(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changed = projects.change(project=self.project, **given.validated_data)
        return Response(rendered(changed, self.entry.roles))


class Archive(ProjectView):
    """Putting a project away, and taking it up again."""

    roles = {"POST": ADMINS, "DELETE": ADMINS}
    along = ("organisation",)
    even_archived = True

    @extend_schema(
        operation_id="archive_project", request=None, responses={200: ProjectOut, 404: Problem}
    )
    def post(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        after = projects.archive(project=self.project, now=timezone.now())
        return Response(rendered(after, self.entry.roles))

    @extend_schema(operation_id="unarchive_project", responses={200: ProjectOut, 404: Problem})
    def delete(self, request: Request, slug: str) -> Response:  # noqa: ARG002
        after = projects.unarchive(project=self.project)
        return Response(rendered(after, self.entry.roles))
