"""How an answer did against what is known of its item.

A reference is met by the same level or one beside it; 0 (not involved) only by 0, as it is a
category and no end of the scale. A twin is noticed when the dimension that was made wrong is rated
from 1 to 3: whoever calls it mainly correct, or not involved, has not looked. The first answer
counts; revisions change nothing here.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, Q

from annotation_site.quality import standings
from annotation_site.quality.models import Check, Outcome
from annotation_site.rating.models import Item, Purpose, Slot
from scorer.rubric import LEVELS, NOT_INVOLVED, Dimension

TOLERANCE: Final = 1
NOTICED: Final = frozenset({1, 2, 3})
CHECKED: Final = frozenset({Purpose.PRACTICE, Purpose.EXAM, Purpose.GOLD, Purpose.TWIN})

Feedback = dict[str, Any]


def within_tolerance(given: int, expected: int) -> bool:
    if NOT_INVOLVED in (given, expected):
        return given == expected
    return abs(given - expected) <= TOLERANCE


def is_noticed(given: int) -> bool:
    """Whether somebody saw that this dimension of a twin is wrong."""
    return given in NOTICED


def judge(*, slot: Slot, levels: Mapping[str, int], now: datetime) -> Feedback | None:
    """Write down how the answer did, once; the feedback, if it is practice."""
    purpose = slot.item.purpose
    if purpose not in CHECKED:
        return None
    check = Check.objects.get(pk=slot.item_id)
    # The same answer sent again finds its outcomes here: those of the first time stay.
    Outcome.objects.bulk_create(_outcomes(check, slot, levels), ignore_conflicts=True)
    if purpose == Purpose.EXAM:
        standings.settle(project_id=slot.item.project_id, annotator_id=slot.annotator_id, now=now)
    return _feedback(check, slot) if purpose == Purpose.PRACTICE else None


def _outcomes(check: Check, slot: Slot, levels: Mapping[str, int]) -> Iterator[Outcome]:
    if check.spoiled:
        given = levels[check.spoiled]
        yield Outcome(slot=slot, dimension=check.spoiled, given=given, passed=is_noticed(given))
    for dimension, expected in check.levels.items():
        given = levels[dimension]
        yield Outcome(
            slot=slot,
            dimension=dimension,
            given=given,
            expected=expected,
            passed=within_tolerance(given, expected),
        )


def _feedback(check: Check, slot: Slot) -> Feedback:
    found = {outcome.dimension: outcome for outcome in Outcome.objects.filter(slot=slot)}
    told = [found[dimension] for dimension in Dimension if dimension in found]
    return {
        "passed": all(outcome.passed for outcome in told),
        "dimensions": [
            {
                "dimension": outcome.dimension,
                "given": outcome.given,
                "expected": outcome.expected,
                "passed": outcome.passed,
                "note": check.notes.get(outcome.dimension, ""),
            }
            for outcome in told
        ],
    }


def judge_again(*, item: Item, levels: Mapping[str, int]) -> None:
    """Hold the answers so far against a corrected reference. Nobody pays for an admin's slip."""
    for dimension, expected in levels.items():
        meet = [level.value for level in LEVELS if within_tolerance(level.value, expected)]
        Outcome.objects.filter(slot__item=item, dimension=dimension).update(
            expected=expected,
            passed=ExpressionWrapper(Q(given__in=meet), BooleanField()),
        )
