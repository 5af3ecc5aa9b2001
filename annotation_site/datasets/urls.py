"""Addresses of snapshots."""

from django.urls import path

from annotation_site.datasets import api

urlpatterns = [
    path("projects/<slug:slug>/snapshots", api.Snapshots.as_view()),
    path("projects/<slug:slug>/snapshots/<int:snapshot>/manifest.json", api.Manifest.as_view()),
    path("projects/<slug:slug>/snapshots/<int:snapshot>/export.jsonl", api.ExportJsonl.as_view()),
    path("projects/<slug:slug>/snapshots/<int:snapshot>/export.csv", api.ExportCsv.as_view()),
]
