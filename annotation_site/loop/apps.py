"""The loop joins the site: it listens to runs, which know nothing of it."""

from django.apps import AppConfig

from annotation_site.runs.signals import run_ended


class LoopConfig(AppConfig):
    name = "annotation_site.loop"

    def ready(self) -> None:
        from annotation_site.loop import trials  # noqa: PLC0415 - models load before

        run_ended.connect(trials.ask_for_one, dispatch_uid="loop.trials")
