"""Tells the site's worker how files are imported."""

from django.apps import AppConfig

from annotation_site.jobs.signals import job_ended


class CatalogConfig(AppConfig):
    name = "annotation_site.catalog"

    def ready(self) -> None:
        from annotation_site.catalog import gathering, imports  # noqa: PLC0415 - handlers

        job_ended.connect(imports.clear, dispatch_uid="catalog.clear_imports")
        job_ended.connect(gathering.clear_uploads, dispatch_uid="catalog.clear_uploads")
