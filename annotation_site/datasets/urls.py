"""Addresses of snapshots, of their exports and of the differences between them."""

from django.urls import path

from annotation_site.datasets import api, diff_api, exports_api

ALL = "projects/<slug:slug>/snapshots"
ONE = f"{ALL}/<int:snapshot>"

urlpatterns = [
    path(ALL, api.Snapshots.as_view()),
    path(f"{ALL}/preview", api.Preview.as_view()),
    path(f"{ALL}/choices", api.Choices.as_view()),
    path(ONE, api.OneSnapshot.as_view()),
    path(f"{ONE}/manifest.json", api.Manifest.as_view()),
    path(f"{ONE}/exports", exports_api.Exports.as_view()),
    path(f"{ONE}/exports/<slug:form>", exports_api.OneExport.as_view()),
    path(f"{ONE}/exports/<slug:form>/manifest.json", exports_api.ExportManifest.as_view()),
    path(f"{ONE}/diff/<int:other>", diff_api.Diff.as_view()),
    path(f"{ONE}/diff/<int:other>.jsonl", diff_api.DiffLines.as_view()),
]
