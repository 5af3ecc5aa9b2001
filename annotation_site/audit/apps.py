from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "annotation_site.audit"

    def ready(self) -> None:
        from annotation_site.audit import attribution, triggers  # noqa: PLC0415 - models first

        connection_created.connect(attribution.attribute)
        post_migrate.connect(triggers.install, sender=self)
