"""The addresses of runs, below `/api/v1/`."""

from django.urls import path

from annotation_site.runs import api

RUN = "projects/<slug:slug>/runs/<int:run>"

urlpatterns = [
    path("projects/<slug:slug>/runs", api.Runs.as_view(), name="runs"),
    path(RUN, api.OneRun.as_view(), name="run"),
    path(f"{RUN}/metrics", api.Metrics.as_view(), name="run-metrics"),
    path(f"{RUN}/cancel", api.Cancel.as_view(), name="run-cancel"),
    path(f"{RUN}/reproduce", api.Reproduce.as_view(), name="run-reproduce"),
    path(f"{RUN}/events", api.Events.as_view(), name="run-events"),
    path(f"{RUN}/artifacts/<path:name>", api.ArtifactFile.as_view(), name="run-artifact"),
    path(f"{RUN}/selection", api.Selection.as_view(), name="run-selection"),
]
