"""The addresses of accounts, below `/api/v1/`."""

from django.urls import path

from annotation_site.accounts import api

urlpatterns = [
    path("session", api.Session.as_view()),
    path("tokens", api.Tokens.as_view()),
    path("projects", api.Projects.as_view()),
    path("projects/<slug:slug>", api.OneProject.as_view()),
]
