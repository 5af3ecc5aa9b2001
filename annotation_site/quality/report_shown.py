"""A kept report as the pages show it: with names for numbers, and dates for days."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from annotation_site.accounts.models import User
from annotation_site.catalog.models import Captioner
from annotation_site.quality.forecast import forecast
from annotation_site.quality.models import Report
from annotation_site.quality.refusals import NotReportedOn
from scorer.rubric import Dimension

Names = Mapping[int, str]


def figures(report: Report, rubric: int | None = None) -> dict[str, Any]:
    """What it says of each dimension, under a version of the rubric or the one that it shows first.

    Reports from before there were versions in them mix them, and know of none.
    """
    body = report.body
    if rubric is None or rubric == body.get("rubric"):
        shown_first: dict[str, Any] = body["dimensions"]
        return shown_first
    try:
        other: dict[str, Any] = body.get("others", {})[str(rubric)]
    except KeyError:
        raise NotReportedOn from None
    return other


def shown(report: Report, *, rubric: int | None = None) -> dict[str, Any]:
    """What ReportOut is made of. Reports older than a part of it have None there."""
    dimensions = figures(report, rubric)
    people = {row["annotator"] for one in dimensions.values() for row in one["annotators"]}
    usernames = dict(User.objects.filter(pk__in=people).values_list("pk", "username"))
    captioners = dict(Captioner.objects.filter(project=report.project_id).values_list("pk", "name"))
    return {
        "id": report.pk,
        "made_at": report.made_at,
        "ratings": report.ratings,
        "raters_version": report.raters_version,
        "rubric": report.body.get("rubric") if rubric is None else rubric,
        "rubrics": report.body.get("rubrics", []),
        "dimensions": [
            {
                **dimensions[name],
                "dimension": name,
                "annotators": _named(dimensions[name]["annotators"], usernames),
                "involvement": _involvement(
                    dimensions[name].get("involvement"), usernames, captioners
                ),
            }
            for name in Dimension
        ],
        "progress": _progress(report.body.get("progress"), report.made_at),
    }


def _named(rows: list[dict[str, Any]], usernames: Names) -> list[dict[str, Any]]:
    told = [{**row, "username": usernames.get(row["annotator"], "")} for row in rows]
    return sorted(told, key=lambda row: row["username"])


def _involvement(
    found: dict[str, Any] | None, usernames: Names, captioners: Names
) -> dict[str, Any] | None:
    if found is None:
        return None
    named = [{**row, "name": captioners.get(row["captioner"], "")} for row in found["captioners"]]
    return {
        **found,
        "captioners": sorted(named, key=lambda row: row["name"]),
        "annotators": _named(found["annotators"], usernames),
    }


def _progress(found: dict[str, Any] | None, made_at: datetime) -> dict[str, Any] | None:
    if found is None:
        return None
    estimate = forecast(found["days"], items=found["items"], remaining=found["remaining"])

    def after(days: float | None) -> datetime | None:
        return None if days is None else made_at + timedelta(days=days)

    return {
        **found,
        "forecast": {
            "window": estimate.window,
            "per_day": estimate.per_day,
            "end": after(estimate.days),
            "earliest": after(estimate.low),
            "latest": after(estimate.high),
            "reason": estimate.reason,
        },
    }
