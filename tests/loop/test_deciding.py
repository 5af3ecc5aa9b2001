"""What becomes of a challenger, by what the comparison says."""

from typing import Any

import pytest

from annotation_site.loop.deciding import decide
from annotation_site.loop.models import Rule


def comparison(average: str, *dimensions: str) -> dict[str, Any]:
    return {
        "average": {"srcc": {"verdict": average}},
        "dimensions": {str(n): {"srcc": {"verdict": v}} for n, v in enumerate(dimensions)},
    }


@pytest.mark.parametrize(
    ("average", "dimension", "by_better", "by_not_worse"),
    [
        ("better", "undecided", (True, "better"), (True, "better")),
        ("better", "worse", (False, "worse-somewhere"), (False, "worse-somewhere")),
        ("undecided", "better", (False, "undecided"), (True, "not-worse")),
        ("undecided", "worse", (False, "worse-somewhere"), (False, "worse-somewhere")),
        ("worse", "better", (False, "worse"), (False, "worse")),
    ],
)
def test_by_rule(
    average: str, dimension: str, by_better: tuple[bool, str], by_not_worse: tuple[bool, str]
) -> None:
    found = comparison(average, dimension, "undecided")
    assert decide(found, Rule.BETTER) == by_better
    assert decide(found, Rule.NOT_WORSE) == by_not_worse
    assert decide(found, Rule.BY_HAND) == (False, "left-to-people")


@pytest.mark.parametrize("rule", [Rule.BETTER, Rule.NOT_WORSE])
def test_what_cannot_be_compared_is_not_promoted(rule: Rule) -> None:
    assert decide(None, rule) == (False, "nothing-in-common")
