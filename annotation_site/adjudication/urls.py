"""The addresses of adjudication, below `/api/v1/`."""

from django.urls import path

from annotation_site.adjudication import api

PROJECT = "projects/<slug:slug>"
ITEM = f"{PROJECT}/adjudication/<int:item>"

urlpatterns = [
    path(f"{PROJECT}/adjudication", api.Cases.as_view()),
    path(f"{PROJECT}/adjudication/conflicts", api.Conflicts.as_view()),
    path(ITEM, api.Story.as_view()),
    path(f"{ITEM}/decisions", api.Decisions.as_view()),
    path(f"{ITEM}/returns", api.Returns.as_view()),
    path(f"{PROJECT}/returned", api.Returned.as_view()),
]
