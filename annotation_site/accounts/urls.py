"""The addresses of accounts, below `/api/v1/`."""

from django.urls import path

from annotation_site.accounts import (
    api,
    invitations_api,
    members_api,
    oidc_api,
    organisations_api,
    profile_api,
    projects_api,
    tokens_api,
)

PROJECT = "projects/<slug:slug>"
ORGANISATION = "organisations/<slug:organisation>"

urlpatterns = [
    path("session", api.Session.as_view()),
    path("profile", profile_api.Profile.as_view()),
    path("profile/password", profile_api.Password.as_view()),
    path("tokens", tokens_api.Tokens.as_view()),
    path("tokens/<str:key>", tokens_api.OneToken.as_view()),
    path("invitations/<str:token>", invitations_api.Joining.as_view()),
    path("oidc/<str:provider>/start", oidc_api.Start.as_view()),
    path("oidc/<str:provider>/callback", oidc_api.Callback.as_view()),
    path("organisations", organisations_api.Organisations.as_view()),
    path(f"{ORGANISATION}/projects", organisations_api.OrganisationProjects.as_view()),
    path(f"{ORGANISATION}/people", organisations_api.People.as_view()),
    path(f"{ORGANISATION}/people/<int:person>", organisations_api.OnePerson.as_view()),
    path("projects", projects_api.Projects.as_view()),
    path(PROJECT, projects_api.OneProject.as_view()),
    path(f"{PROJECT}/archive", projects_api.Archive.as_view()),
    path(f"{PROJECT}/members", members_api.Members.as_view()),
    path(f"{PROJECT}/members/<int:member>", members_api.OneMember.as_view()),
    path(f"{PROJECT}/invitations", invitations_api.Invitations.as_view()),
    path(f"{PROJECT}/invitations/<int:invitation>", invitations_api.OneInvitation.as_view()),
]
