"""A slot with all that stands around it, by statements that are put together once.

Every claim and every answer needs one. Building the query anew each time, as querysets do, took
more of the processor than running it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Final

from django.db import connection, models

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption, Video
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


@dataclass(frozen=True)
class _Part:
    """A model as one of the tables of a statement."""

    model: type[models.Model]
    table: str

    @cached_property
    def fields(self) -> list[Any]:
        return list(self.model._meta.concrete_fields)  # noqa: SLF001 - documented API

    @cached_property
    def names(self) -> list[str]:
        return [field.attname for field in self.fields]

    @cached_property
    def read(self) -> list[tuple[int, Any]]:
        """The columns that Django turns into something else, such as JSON."""
        return [
            (place, field.from_db_value)
            for place, field in enumerate(self.fields)
            if hasattr(field, "from_db_value")
        ]

    @property
    def columns(self) -> str:
        return ", ".join(f"{self.table}.{field.column}" for field in self.fields)

    def make(self, values: Sequence[Any]) -> Any:
        """The row, or None where the table had none to join."""
        if all(value is None for value in values):
            return None
        made = list(values)
        for place, read in self.read:
            made[place] = read(made[place], None, connection)
        return self.model.from_db(connection.alias, self.names, made)


_OF_SHOWN: Final = (
    _Part(Slot, "slot"),
    _Part(Item, "item"),
    _Part(Project, "project"),
    _Part(Caption, "caption"),
    _Part(Video, "video"),
    _Part(Caption, "rival"),
    _Part(Draft, "draft"),
)
_OF_HELD: Final = tuple(
    part for part in _OF_SHOWN if part.table in {"slot", "item", "caption", "video"}
)


def shown(slot_id: int) -> Slot:
    """The slot with all that is shown of it; it must be there."""
    _, parts = _read(_statement(_SHOWN, _OF_SHOWN), _OF_SHOWN, {"slot": slot_id}, beside=0)
    slot, item = parts["slot"], parts["item"]
    item.project, item.rival = parts["project"], parts["rival"]
    Slot._meta.get_field("draft").set_cached_value(slot, parts["draft"])  # noqa: SLF001 - documented API
    return _together(parts)


def held(*, project: Project, slot_id: int, annotator_id: int) -> tuple[Slot, datetime] | None:
    """The annotator's slot, locked, its item before it; and Postgres's clock."""
    given = {"slot": slot_id, "annotator": annotator_id, "project": project.pk}
    try:
        (now,), parts = _read(_statement(_HELD, _OF_HELD), _OF_HELD, given, beside=1)
    except Slot.DoesNotExist:
        return None
    parts["item"].project = project
    return _together(parts), now


def _together(parts: Mapping[str, Any]) -> Slot:
    slot: Slot = parts["slot"]
    parts["caption"].video = parts["video"]
    parts["item"].caption = parts["caption"]
    slot.item = parts["item"]
    return slot


@cache
def _statement(template: str, parts: tuple[_Part, ...]) -> str:
    return template.format(columns=", ".join(part.columns for part in parts))


def _read(
    statement: str, parts: Sequence[_Part], given: Mapping[str, Any], *, beside: int
) -> tuple[Sequence[Any], dict[str, Any]]:
    """What stands before the parts in a row, and the parts."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
    if row is None:
        raise Slot.DoesNotExist
    made, place = {}, beside
    for part in parts:
        end = place + len(part.fields)
        made[part.table] = part.make(row[place:end])
        place = end
    return row[:beside], made
