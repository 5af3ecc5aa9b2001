"""Takes what a run wrote into the catalog when it has ended."""

from django.apps import AppConfig

from annotation_site.runs.signals import run_ended


class RunsConfig(AppConfig):
    name = "annotation_site.runs"

    def ready(self) -> None:
        from annotation_site.runs import written  # noqa: PLC0415 - models load before

        run_ended.connect(written.take_in_later, dispatch_uid="runs.written")
