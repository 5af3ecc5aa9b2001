"""The formats in which snapshots are handed out: the one list of them."""

from collections.abc import Mapping
from typing import Final

from annotation_site.common.refusals import Missing
from annotation_site.datasets.formats import (
    crowd_kit,
    csv_long,
    csv_wide,
    huggingface,
    jsonl,
    label_studio,
    reference,
)
from annotation_site.datasets.formats.format import Format

FORMATS: Final[Mapping[str, Format]] = {
    one.name: one
    for one in (
        jsonl.FORMAT,
        csv_long.FORMAT,
        csv_long.RAW,
        csv_wide.FORMAT,
        huggingface.FORMAT,
        huggingface.CROISSANT,
        label_studio.FORMAT,
        label_studio.INTERFACE,
        reference.FORMAT,
        crowd_kit.FORMAT,
    )
}


class NoSuchFormat(Missing):
    """There is no such format."""


def format_called(name: str) -> Format:
    try:
        return FORMATS[name]
    except KeyError:
        raise NoSuchFormat(formats=sorted(FORMATS)) from None
