"""What a file seems to hold, by the names of its columns: a proposal that a person may change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from annotation_site.catalog import caption_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a file may hold: its fields, and the columns that nothing else would have."""

    names: Mapping[str, tuple[str, ...]]
    marks: frozenset[str] = frozenset()


_holdings: Final[dict[str, Holding]] = {"captions": Holding(names=caption_lines.NAMES)}


def know(what: str, holding: Holding) -> None:
    """Let files of another kind be recognised. Apps tell theirs when they are ready."""
    _holdings[what] = holding


def recognise(columns: Collection[str]) -> str:
    """The kind that has a mark among the columns; else captions."""
    marked = (what for what, holding in _holdings.items() if holding.marks & set(columns))
    return next(marked, "captions")


def fields(columns: Collection[str]) -> dict[str, dict[str, str]]:
    """For each kind its fields, each with the column that will be read for it, or blank."""
    return {
        what: {
            field: next((name for name in spelled if name in columns), "")
            for field, spelled in holding.names.items()
        }
        for what, holding in _holdings.items()
    }
