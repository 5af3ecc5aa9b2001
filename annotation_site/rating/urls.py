"""The addresses of rating, below `/api/v1/`."""

from django.urls import path

from annotation_site.rating import api

SLOT = "projects/<slug:slug>/slots/<int:slot>"

urlpatterns = [
    path("projects/<slug:slug>/rubric", api.Rubric.as_view()),
    path("projects/<slug:slug>/protocol", api.ProtocolView.as_view()),
    path("projects/<slug:slug>/progress", api.Progress.as_view()),
    path("projects/<slug:slug>/slots", api.Slots.as_view()),
    path(f"{SLOT}/submission", api.Submission.as_view()),
    path(f"{SLOT}/heartbeat", api.Heartbeat.as_view()),
    path(f"{SLOT}/skip", api.Skip.as_view()),
]
