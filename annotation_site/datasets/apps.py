"""Tells the site's worker what snapshots and exports ask of it."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "annotation_site.datasets"

    def ready(self) -> None:
        from annotation_site.datasets import jobs  # noqa: F401, PLC0415 - registers its handlers
