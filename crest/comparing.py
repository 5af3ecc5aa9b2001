"""Runs of one kind side by side: what they were made from, their options, and what they found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from crest import schema

INTERVAL: Final = frozenset({"value", "low", "high"})


class Line(NamedTuple):
    """One thing that the runs have or lack; `values` are in the order of the runs."""

    part: str
    name: str
    values: tuple[Any, ...]

    @property
    def is_equal(self) -> bool:
        return all(value == self.values[0] for value in self.values)


def compared(runs: Sequence[schema.RunDetail]) -> list[Line]:
    """Inputs, options and figures, in this order; within each, what differs comes first."""
    lines = [
        *_side_by_side("input", [_inputs(run) for run in runs]),
        *_side_by_side("option", [dict(_leaves(run["config"])) for run in runs]),
        *_side_by_side("figure", [dict(_leaves(run["result"])) for run in runs]),
    ]
    order = ("input", "option", "figure")
    return sorted(lines, key=lambda line: (order.index(line.part), line.is_equal))


def _inputs(run: schema.RunDetail) -> dict[str, Any]:
    return {
        "snapshot": run["snapshot"]["digest"],
        **{parent["kind"]: parent["id"] for parent in run["parents"]},
    }


def _side_by_side(part: str, found: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    names = dict.fromkeys(name for one in found for name in one)
    for name in names:
        yield Line(part, name, tuple(one.get(name) for one in found))


def _leaves(given: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Names with dots, as deep as there are mappings. Lists are curves and tables: left out."""
    for key, value in given.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and not value.keys() >= INTERVAL:
            yield from _leaves(value, f"{name}.")
        elif not isinstance(value, list):
            yield name, value
