"""Addresses of snapshots."""

from django.urls import path

from annotation_site.datasets import api, exports

urlpatterns = [
    path("projects/<slug:slug>/snapshots", api.Snapshots.as_view()),
    path("projects/<slug:slug>/snapshots/<int:snapshot>/manifest.json", api.Manifest.as_view()),
    *(
        path(
            f"projects/<slug:slug>/snapshots/<int:snapshot>/export.{form}",
            api.Export.as_view(),
            {"form": form},
        )
        for form in exports.FORMS
    ),
]
