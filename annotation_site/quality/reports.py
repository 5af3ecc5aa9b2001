"""The report: how far annotators agree, and what each is like, dimension by dimension.

A million judgments take minutes of a core, so it is a job, and the pages read what it left. Memory
is that of one dimension: four numbers a judgment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from math import isnan
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import Sum

from annotation_site.accounts.models import Project, User
from annotation_site.common.clock import DatabaseNow
from annotation_site.jobs import services as jobs
from annotation_site.jobs.models import Job, State
from annotation_site.jobs.registry import handler
from annotation_site.jobs.work import Work
from annotation_site.quality.disputes import MOST, keep
from annotation_site.quality.involvement import involvement
from annotation_site.quality.models import Report
from annotation_site.quality.progress import progress
from annotation_site.rating.models import Item, Purpose
from annotation_site.rating.selectors import data
from scorer import raters
from scorer.agreement import agreement, disputes
from scorer.ratings import Ratings
from scorer.rubric import Dimension

KIND: Final = "quality-report"
CHUNK: Final = 50_000
KEPT: Final = 20
"""Reports of a project that are kept: enough to see how agreement went."""


def newest(project: Project) -> Report | None:
    return project.quality_reports.order_by("-pk").first()


def is_stale(project: Project, report: Report | None) -> bool:
    """Whether there are ratings that the newest report does not know, or no longer all it knew."""
    return ratings_now(project) != (0 if report is None else report.ratings)


def ratings_now(project: Project) -> int:
    items = Item.objects.filter(project=project, purpose=Purpose.RATE)
    return int(items.aggregate(ratings=Sum("n_done", default=0))["ratings"])


def request(*, project: Project, by: User | None) -> Job:
    """Ask for a new report; whoever asks while one is being made is given that job."""
    return jobs.request(project=project, kind=KIND, by=by, key="report")


def being_made(project: Project) -> Job | None:
    active = project.jobs.filter(kind=KIND, ended_at=None).select_related("by")
    return active.order_by("-pk").first()


def last_failure(project: Project) -> Job | None:
    """The newest job, if it failed: the page says so rather than waiting for ever."""
    job = project.jobs.filter(kind=KIND).select_related("by").order_by("-pk").first()
    return job if job is not None and job.state == State.FAILED else None


@handler(KIND)
def make(work: Work) -> dict[str, Any]:
    """Compute the report and keep it, with some of those before it."""
    project = work.job.project
    ratings = ratings_now(project)
    come = progress(project)
    captioner_of = captioners(project)
    dimensions, found = {}, {}
    for done, dimension in enumerate(Dimension):
        work.progress(done=done, total=len(Dimension), note=dimension.value)
        given = ratings_of(project, dimension)
        dimensions[dimension.value] = {
            **dimension_report(given),
            "involvement": involvement(given, captioner_of, seed=ratings),
        }
        found[dimension] = disputes(given, most=MOST)
    work.check()
    with transaction.atomic():  # the disputes are those of the newest report
        keep(project=project, found=found)
        report = Report.objects.create(
            project=project,
            made_at=DatabaseNow(),
            ratings=ratings,
            raters_version=raters.VERSION,
            body={"dimensions": dimensions, "progress": come},
        )
    kept = project.quality_reports.order_by("-pk").values("pk")[:KEPT]
    project.quality_reports.exclude(pk__in=kept).delete()
    return {"report": report.pk, "ratings": ratings}


def ratings_of(project: Project, dimension: Dimension) -> Ratings:
    """Every rating that counts as data on this dimension, read through a server-side cursor."""
    rows = (
        data()
        .filter(slot__item__project=project, dimension=dimension)
        .values_list("slot__item", "slot__item__caption__video", "slot__annotator", "level")
    )
    chunks = [np.empty((0, 4), dtype=np.int64), *_chunks(rows.iterator(chunk_size=CHUNK))]
    item, video, annotator, level = np.concatenate(chunks).T
    return Ratings(item=item, video=video, annotator=annotator, level=level)


def captioners(project: Project) -> dict[int, int]:
    """Whose caption each item is."""
    items = Item.objects.filter(project=project, purpose=Purpose.RATE)
    return dict(items.values_list("pk", "caption__captioner").iterator(chunk_size=CHUNK))


def _chunks(rows: Iterator[tuple[int, ...]]) -> Iterator[np.ndarray[Any, Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield np.array(chunk, dtype=np.int64)


def dimension_report(ratings: Ratings) -> dict[str, Any]:
    """Agreement on one dimension, and its annotators: their plain figures, and the model's."""
    found = agreement(ratings)
    return {
        "applicability": _plain(asdict(found.applicability)),
        "level": _plain(asdict(found.level)),
        "annotators": _annotators(ratings) if len(ratings) else [],
    }


def _annotators(ratings: Ratings) -> list[dict[str, Any]]:
    model = raters.fit(ratings)
    columns = model.as_json()["annotators"]
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    means = _plain_means(ratings)
    return [{**row, **means[row["annotator"]]} for row in rows]


def _plain_means(ratings: Ratings) -> dict[int, dict[str, float | None]]:
    """What everybody's ratings say by themselves: the share found involved, and the mean level."""
    found = {}
    for annotator in np.unique(ratings.annotator):
        levels = ratings.level[ratings.annotator == annotator]
        involved = levels[levels > 0]
        found[int(annotator)] = {
            "plain_involved": len(involved) / len(levels),
            "plain_level": float(involved.mean()) if len(involved) else None,
        }
    return found


def _plain(value: Any) -> Any:
    """As JSON has it, which knows no NaN."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, float) and isnan(value):
        return None
    return value
