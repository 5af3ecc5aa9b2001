"""The addresses of the loop, below `/api/v1/`."""

from django.urls import path

from annotation_site.loop import api

LOOP = "projects/<slug:slug>/loop"

urlpatterns = [
    path(LOOP, api.Loop.as_view(), name="loop"),
    path(f"{LOOP}/policy", api.LoopPolicy.as_view(), name="loop-policy"),
    path(f"{LOOP}/trials", api.Trials.as_view(), name="trials"),
    path("projects/<slug:slug>/runs/<int:run>/promote", api.Promote.as_view(), name="run-promote"),
]
