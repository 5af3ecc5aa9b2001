"""The addresses of quality, below `/api/v1/`."""

from django.urls import path

from annotation_site.quality import api, overview_api, reports_api

PROJECT = "projects/<slug:slug>"

urlpatterns = [
    path(f"{PROJECT}/progress", overview_api.Progress.as_view()),
    path(f"{PROJECT}/checks", api.Checks.as_view()),
    path(f"{PROJECT}/checks/<int:check>", api.OneCheck.as_view()),
    path(f"{PROJECT}/candidates", api.Candidates.as_view()),
    path(f"{PROJECT}/twins", api.Twins.as_view()),
    path(f"{PROJECT}/twins/suggestion", api.TwinSuggestion.as_view()),
    path(f"{PROJECT}/twins/automatic", api.AutomaticTwins.as_view()),
    path(f"{PROJECT}/standings", api.Standings.as_view()),
    path(f"{PROJECT}/standings/<int:member>", api.OneStanding.as_view()),
    path(f"{PROJECT}/standings/<int:member>/ratings", api.RatedBy.as_view()),
    path(f"{PROJECT}/quality/report", reports_api.QualityReport.as_view()),
    path(f"{PROJECT}/quality/audit", reports_api.Audit.as_view()),
    path(f"{PROJECT}/examples", api.Examples.as_view()),
]
