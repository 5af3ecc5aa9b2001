"""The addresses of jobs, below `/api/v1/`."""

from django.urls import path

from annotation_site.jobs import api

JOB = "projects/<slug:slug>/jobs/<int:job>"

urlpatterns = [
    path("projects/<slug:slug>/jobs", api.Jobs.as_view(), name="jobs"),
    path(JOB, api.OneJob.as_view(), name="job"),
    path(f"{JOB}/cancel", api.Cancel.as_view(), name="job-cancel"),
]
