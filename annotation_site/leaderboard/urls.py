"""Address of the leaderboard."""

from django.urls import path

from annotation_site.leaderboard import api

urlpatterns = [path("projects/<slug:slug>/leaderboard", api.Leaderboard.as_view())]
