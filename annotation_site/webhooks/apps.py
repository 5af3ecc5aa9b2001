"""Webhooks join the site: they listen to everybody, and nobody knows of them."""

from django.apps import AppConfig

from annotation_site.accounts.signals import project_archived
from annotation_site.adjudication.signals import decided
from annotation_site.datasets.signals import snapshot_frozen
from annotation_site.jobs.signals import job_ended
from annotation_site.rating.signals import answered, remarked, revised
from annotation_site.runs.signals import run_ended


class WebhooksConfig(AppConfig):
    name = "annotation_site.webhooks"

    def ready(self) -> None:
        from annotation_site.webhooks import receivers  # noqa: PLC0415 - models load before

        for signal, receiver in (
            (answered, receivers.answered),
            (revised, receivers.revised),
            (remarked, receivers.remarked),
            (decided, receivers.decided),
            (job_ended, receivers.job_ended),
            (snapshot_frozen, receivers.frozen),
            (run_ended, receivers.run_ended),
            (project_archived, receivers.archived),
        ):
            signal.connect(receiver, dispatch_uid=f"webhooks.{receiver.__name__}")
