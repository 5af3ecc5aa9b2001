"""Adjudication joins the site: a rating that is given anew answers its return."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig

from annotation_site.rating.signals import revised


class AdjudicationConfig(AppConfig):
    name = "annotation_site.adjudication"

    def ready(self) -> None:
        revised.connect(_answer, dispatch_uid="adjudication.answer")


def _answer(*, slot: Any, now: datetime, **_: object) -> None:
    from annotation_site.adjudication.returns import answer  # noqa: PLC0415 - models load before

    answer(slot=slot, now=now)
