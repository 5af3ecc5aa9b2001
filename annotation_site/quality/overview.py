"""How far a project has come, and for the staff who rated how much, and how."""

from collections.abc import Mapping
from typing import Any

from annotation_site.accounts.models import Project, User
from annotation_site.quality import kept
from annotation_site.rating import selectors
from scorer.rubric import Dimension


def overview(*, project: Project, viewer: User, staff: bool) -> dict[str, Any]:
    """What ProgressOut is made of."""
    nobody: dict[str, Any] = {"annotators": [], "dimensions": [], "as_of": None}
    counts = selectors.progress(project=project, viewer=viewer)
    return {**counts, **(_for_staff(project) if staff else nobody)}


def _for_staff(project: Project) -> dict[str, Any]:
    found = kept.of_large(project)
    if found is None:
        given, levels, as_of = selectors.ratings_by(project), selectors.histograms(project), None
    else:
        body, as_of = found
        given = {int(who): tally["ratings"] for who, tally in body["tallies"].items()}
        levels = body["histograms"]
    bars = [{"dimension": name.value, "histogram": levels[name]} for name in Dimension]
    return {"annotators": _named(given), "dimensions": bars, "as_of": as_of}


def _named(given: Mapping[int, int]) -> list[dict[str, Any]]:
    """Whoever has rated, the busiest first."""
    names = dict(User.objects.filter(pk__in=given).values_list("pk", "username"))
    ranked = sorted(given.items(), key=lambda one: (-one[1], one[0]))
    return [
        {"id": who, "username": names[who], "ratings": ratings}
        for who, ratings in ranked
        if ratings
    ]
