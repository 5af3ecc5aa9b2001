"""Quality joins the site: answers to checks are judged in the transaction that brings them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import AppConfig

from annotation_site.rating.signals import answered


class QualityConfig(AppConfig):
    name = "annotation_site.quality"

    def ready(self) -> None:
        answered.connect(_judge, dispatch_uid="quality.judge")


def _judge(*, slot: Any, levels: Mapping[str, int], now: datetime, **_: object) -> Any:
    from annotation_site.quality.outcomes import judge  # noqa: PLC0415 - models load before

    return judge(slot=slot, levels=levels, now=now)
