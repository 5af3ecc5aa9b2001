"""What is added up when somebody asks in a small project, and read from the report in a large one.

Adding up takes as long as there are answers: 60 ms for 100,000 judgments, half a second for a
million. What the report kept is read in time that grows with the annotators alone.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from annotation_site.accounts.models import Project
from annotation_site.quality.reports import newest, ratings_now
from annotation_site.quality.tallies import Tally, tallies

AT_ONCE: Final = 20_000
"""Ratings up to which figures are added up while somebody waits."""


class Tallies(NamedTuple):
    """What everybody's answers add up to, and of when that is; None: of now."""

    of: dict[int, Tally]
    as_of: datetime | None


def of_large(project: Project) -> tuple[dict[str, Any], datetime] | None:
    """The newest report's body and when it was made, if the project is large and it has tallies."""
    if ratings_now(project) <= AT_ONCE:
        return None
    report = newest(project)
    if report is None or "tallies" not in report.body:
        return None
    return report.body, report.made_at


def all_tallies(project: Project, *, annotator: int | None = None) -> Tallies:
    """By annotator, or of one alone. A large project without a report has to wait for them."""
    kept = of_large(project)
    if kept is None:
        return Tallies(of=tallies(project, annotator=annotator), as_of=None)
    body, made_at = kept
    return Tallies(of={int(who): tally for who, tally in body["tallies"].items()}, as_of=made_at)
