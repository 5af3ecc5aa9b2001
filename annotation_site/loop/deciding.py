"""Whether a challenger is to be promoted, by what the paired bootstrap says of the two."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from annotation_site.loop.models import Grounds, Rule

FIGURE: Final = "srcc"
"""By which scorers are held against one another: on average, and on each dimension."""


class Decision(NamedTuple):
    promoted: bool
    grounds: Grounds


def decide(comparison: Mapping[str, Any] | None, rule: Rule) -> Decision:
    """`comparison` is a `crest.comparison/1`, the challenger first; None: nothing in common."""
    found = Grounds.LEFT_TO_PEOPLE if rule == Rule.BY_HAND else _found(comparison)
    if found == Grounds.UNDECIDED and rule == Rule.NOT_WORSE:
        found = Grounds.NOT_WORSE
    return Decision(promoted=found in (Grounds.BETTER, Grounds.NOT_WORSE), grounds=found)


def _found(comparison: Mapping[str, Any] | None) -> Grounds:
    if comparison is None:
        return Grounds.NOTHING_IN_COMMON
    on_average = comparison["average"][FIGURE]["verdict"]
    if on_average == "worse":
        return Grounds.WORSE
    if "worse" in (of[FIGURE]["verdict"] for of in comparison["dimensions"].values()):
        return Grounds.WORSE_SOMEWHERE
    return Grounds.BETTER if on_average == "better" else Grounds.UNDECIDED
