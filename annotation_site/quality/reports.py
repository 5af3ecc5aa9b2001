"""The report: how far annotators agree, and what each is like, dimension by dimension.

Levels given under different words are not compared: each version of the rubric has figures of its
own. A million judgments take most of a minute of a core, so it is a job, and the pages read what
it left. Memory is that of one dimension: five numbers a judgment.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from math import isnan
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.db.models import Count, Sum

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
from annotation_site.quality.tallies import tallies
from annotation_site.rating.models import Item, Purpose, Slot
from annotation_site.rating.protocols import protocol_of
from annotation_site.rating.selectors import data
from scorer import raters
from scorer.agreement import agreement, disputes
from scorer.ratings import Ints, Ratings
from scorer.rubric import LEVELS, Dimension

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
    facts = {"progress": progress(project), "tallies": tallies(project)}
    captioner_of = captioners(project)
    versions = versions_of(project)
    figures: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    histograms, found = {}, []
    for done, dimension in enumerate(Dimension):
        work.progress(done=done, total=len(Dimension), note=dimension.value)
        given = ratings_of(project, dimension)
        histograms[dimension.value] = histogram(given.all)
        for version in versions:
            of_one = given.under(version)
            figures[version][dimension.value] = {
                **dimension_report(of_one),
                "involvement": involvement(of_one, captioner_of, seed=ratings),
            }
            found.append((dimension, disputes(of_one, most=MOST)))
    work.check()
    shown = shown_version(project, versions)
    with transaction.atomic():  # the disputes are those of the newest report
        keep(project=project, found=found)
        report = Report.objects.create(
            project=project,
            made_at=DatabaseNow(),
            ratings=ratings,
            raters_version=raters.VERSION,
            body={
                **facts,
                "histograms": histograms,
                "rubric": shown,
                "rubrics": [{"version": v, "ratings": n} for v, n in versions.items()],
                "dimensions": figures[shown],
                "others": {str(v): figures[v] for v in versions if v != shown},
            },
        )
    kept = project.quality_reports.order_by("-pk").values("pk")[:KEPT]
    project.quality_reports.exclude(pk__in=kept).delete()
    return {"report": report.pk, "ratings": ratings}


def versions_of(project: Project) -> dict[int, int]:
    """How many ratings were given under each version of the rubric; the present one is there."""
    slots = Slot.objects.filter(
        item__project=project, item__purpose=Purpose.RATE, state=Slot.State.SUBMITTED
    )
    counts = slots.values_list("rubric_version").annotate(ratings=Count("pk"))
    return dict(sorted({protocol_of(project).rubric_version: 0, **dict(counts)}.items()))


def shown_version(project: Project, versions: Mapping[int, int]) -> int:
    """The newest version that somebody has rated under; of nothing, the present one."""
    rated = [version for version, ratings in versions.items() if ratings]
    return max(rated, default=protocol_of(project).rubric_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Ratings of one dimension, with the version of the rubric that each was given under."""

    all: Ratings
    version: Ints

    def under(self, version: int) -> Ratings:
        return self.all.where(self.version == version)


def ratings_of(project: Project, dimension: Dimension) -> Given:
    """Every rating that counts as data on this dimension, read through a server-side cursor."""
    fields = ("slot__item", "slot__item__caption__video", "slot__annotator", "level")
    rows = (
        data()
        .filter(slot__item__project=project, dimension=dimension)
        .values_list(*fields, "rubric_version")
    )
    chunks = [np.empty((0, 5), dtype=np.int64), *_chunks(rows.iterator(chunk_size=CHUNK))]
    item, video, annotator, level, version = np.concatenate(chunks).T
    ratings = Ratings(item=item, video=video, annotator=annotator, level=level)
    return Given(all=ratings, version=version)


def histogram(ratings: Ratings) -> list[int]:
    """How often each level was given, from 0 on."""
    counts: list[int] = np.bincount(ratings.level, minlength=len(LEVELS)).tolist()
    return counts


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
