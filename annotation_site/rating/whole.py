"""A slot with all that stands around it, by statements that are put together once.

Every claim and every answer needs one. Building the query anew each time, as querysets do, took
more of the processor than running it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption, Video
from annotation_site.common import statements
from annotation_site.common.statements import Part
from annotation_site.rating.models import Draft, Item, Slot

_SHOWN: Final = """
SELECT {columns}
FROM rating_slot slot
JOIN rating_item item ON item.id = slot.item_id
JOIN accounts_project project ON project.id = item.project_id
JOIN catalog_caption caption ON caption.id = item.caption_id
JOIN catalog_video video ON video.id = caption.video_id
LEFT JOIN catalog_caption rival ON rival.id = item.rival_id
LEFT JOIN rating_draft draft ON draft.slot_id = slot.id
WHERE slot.id = %(slot)s
"""

# Postgres locks in the order of the last line, and reads what it locks as it is by then.
_HELD: Final = """
SELECT statement_timestamp(), {columns}
FROM rating_item item
JOIN rating_slot slot ON slot.item_id = item.id
JOIN catalog_caption caption ON caption.id = item.caption_id
JOIN catalog_video video ON video.id = caption.video_id
WHERE slot.id = %(slot)s AND slot.annotator_id = %(annotator)s AND item.project_id = %(project)s
FOR NO KEY UPDATE OF item, slot
"""


_OF_SHOWN: Final = (
    Part(Slot, "slot"),
    Part(Item, "item"),
    Part(Project, "project"),
    Part(Caption, "caption"),
    Part(Video, "video"),
    Part(Caption, "rival"),
    Part(Draft, "draft"),
)
_OF_HELD: Final = tuple(
    part for part in _OF_SHOWN if part.table in {"slot", "item", "caption", "video"}
)


def shown(slot_id: int) -> Slot:
    """The slot with all that is shown of it; it must be there."""
    [row] = statements.run(_statement(_SHOWN, _OF_SHOWN), {"slot": slot_id})
    parts = statements.make(_OF_SHOWN, row)
    slot, item = parts["slot"], parts["item"]
    item.project, item.rival = parts["project"], parts["rival"]
    Slot._meta.get_field("draft").set_cached_value(slot, parts["draft"])  # noqa: SLF001 - documented API
    return _together(parts)


def held(*, project: Project, slot_id: int, annotator_id: int) -> tuple[Slot, datetime] | None:
    """The annotator's slot, locked, its item before it; and Postgres's clock."""
    given = {"slot": slot_id, "annotator": annotator_id, "project": project.pk}
    found = statements.run(_statement(_HELD, _OF_HELD), given)
    if not found:
        return None
    now, *row = found[0]
    parts = statements.make(_OF_HELD, row)
    parts["item"].project = project
    return _together(parts), now


def _together(parts: Mapping[str, Any]) -> Slot:
    slot: Slot = parts["slot"]
    parts["caption"].video = parts["video"]
    parts["item"].caption = parts["caption"]
    slot.item = parts["item"]
    return slot


@cache
def _statement(template: str, parts: tuple[Part, ...]) -> str:
    return template.format(columns=", ".join(part.columns for part in parts))
