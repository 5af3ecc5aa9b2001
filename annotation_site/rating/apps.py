"""Rating joins the site: captions that come in are opened for rating in the same transaction."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig

from annotation_site.catalog.signals import captions_added


class RatingConfig(AppConfig):
    name = "annotation_site.rating"

    def ready(self) -> None:
        captions_added.connect(_open, dispatch_uid="rating.open_items")


def _open(*, project: Any, caption_ids: Sequence[int], **_: object) -> None:
    from annotation_site.rating.claims import open_items  # noqa: PLC0415 - models load before

    open_items(project=project, caption_ids=caption_ids)
