"""Quality joins the site: answers to checks are judged in the transaction that brings them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import AppConfig

from annotation_site.rating.signals import answered, skipped


class QualityConfig(AppConfig):
    name = "annotation_site.quality"

    def ready(self) -> None:
        from annotation_site.quality import reports  # noqa: F401, PLC0415 - registers its job

        answered.connect(_judge, dispatch_uid="quality.judge")
        skipped.connect(_look_again, dispatch_uid="quality.look_again")


def _judge(*, slot: Any, levels: Mapping[str, int], now: datetime, **_: object) -> Any:
    from annotation_site.quality.outcomes import judge  # noqa: PLC0415 - models load before

    return judge(slot=slot, levels=levels, now=now)


def _look_again(*, slot: Any, now: datetime, **_: object) -> None:
    from annotation_site.quality.standings import look_again  # noqa: PLC0415 - as above

    look_again(slot=slot, now=now)
