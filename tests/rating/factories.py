"""Evidence and levels as the page sends them."""

import uuid
from copy import deepcopy
from typing import Any

from annotation_site.rating.models import Slot
from annotation_site.rating.wording import LIBRARY
from scorer.rubric import Dimension

LEVELS = {dimension.value: level for level, dimension in enumerate(Dimension, start=1)}


def words(**changes: Any) -> dict[str, Any]:
    """A rubric as an admin puts it: the library's words, but for these."""
    texts = deepcopy(dict(LIBRARY))
    texts["en"].update(changes)
    return texts


def evidence(*watched: list[float]) -> dict[str, Any]:
    """Of a video seen whole, unless told which seconds."""
    ranges = [list(given) for given in watched] or [[0.0, 1e6]]
    return {"watched": ranges, "seconds_visible": 12.0, "rate": 1.0, "changes": 0}


def answer(slot: Slot, **changes: Any) -> dict[str, Any]:
    """What `services.submit` is given for a slot."""
    return {
        "project": slot.item.project,
        "slot_id": slot.pk,
        "annotator": slot.annotator,
        "client_key": uuid.uuid4(),
        "levels": LEVELS,
        "evidence": evidence(),
        **changes,
    }
