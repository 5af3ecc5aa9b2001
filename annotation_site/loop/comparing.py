"""A challenger beside the champion on the frozen test. It loads scipy, so only jobs load it."""

from typing import Any

from annotation_site.runs.files import published
from annotation_site.runs.models import Run
from scorer import snapshot
from scorer.evaluation import NothingInCommon, compare, tested
from scorer.levels import Score


def compared(challenger: Run, champion: Run) -> dict[str, Any] | None:
    """By the paired bootstrap over videos; None if both were tested on nothing in common.

    Raises `Damaged` where what one of them said is not as it was left.
    """
    people = snapshot.read(challenger.snapshot.directory)
    ours, theirs = (tested.against_people(_said(run), people) for run in (challenger, champion))
    try:
        return compare(ours, theirs).as_json()
    except NothingInCommon:
        return None


def _said(run: Run) -> dict[int, Score]:
    """Runs from before it was kept have said nothing."""
    if not run.artifacts.filter(name=tested.FILE).exists():
        return {}
    return tested.read(published(run, tested.FILE))
