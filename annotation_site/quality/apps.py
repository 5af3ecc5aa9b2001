"""Quality joins the site: answers to checks are judged in the transaction that brings them."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "annotation_site.quality"
