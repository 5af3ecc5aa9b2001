"""Rating joins the site: captions that come in are opened, what leavers hold goes to others."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig

from annotation_site.accounts.signals import member_left
from annotation_site.catalog.signals import captions_added


class RatingConfig(AppConfig):
    name = "annotation_site.rating"

    def ready(self) -> None:
        from annotation_site.rating import imports  # noqa: F401, PLC0415 - registers its handler

        captions_added.connect(_open, dispatch_uid="rating.open_items")
        member_left.connect(_take_back, dispatch_uid="rating.take_back")


def _open(*, project: Any, caption_ids: Sequence[int], **_: object) -> None:
    from annotation_site.rating.claims import open_items  # noqa: PLC0415 - models load before

    open_items(project=project, caption_ids=caption_ids)


def _take_back(*, project: Any, user: Any, **_: object) -> None:
    from annotation_site.rating.queue import expire_of  # noqa: PLC0415 - models load before

    expire_of(project=project, annotator=user)
