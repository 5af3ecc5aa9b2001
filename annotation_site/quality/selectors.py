"""What is read about checks: the list of them, captions to make them of, examples for helping."""

from collections import defaultdict
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from annotation_site.accounts.models import Project
from annotation_site.catalog.models import Caption, VideoName
from annotation_site.quality.models import Check, Outcome
from annotation_site.quality.refusals import NoSuchCheck
from annotation_site.rating.models import Item, Judgment, Purpose
from scorer.rubric import NOT_INVOLVED, Dimension

EXAMPLES_PER_LEVEL: Final = 2
EXAMPLES_FROM: Final = 200
"""Practice clips that examples are taken from, at the most."""
MADE_ONCE: Final = (Purpose.PRACTICE, Purpose.EXAM, Purpose.GOLD)


def checks(*, project: Project, purpose: str = "") -> QuerySet[Check]:
    """The project's checks, each with how it was answered. One query for any number of rows."""
    outcomes = Outcome.objects.filter(slot__item=OuterRef("pk")).order_by()
    share = outcomes.values("slot__item").annotate(share=Avg(Cast("passed", IntegerField())))
    rows = Check.objects.filter(item__project=project)
    if purpose:
        rows = rows.filter(item__purpose=purpose)
    return rows.select_related("item__caption__video", "item__caption__captioner").annotate(
        passed_share=Subquery(share.values("share")),
        video_name=Subquery(_name_of("item__caption__video")),
    )


def check(*, project: Project, item_id: int) -> Check:
    try:
        return checks(project=project).get(pk=item_id)
    except Check.DoesNotExist:
        raise NoSuchCheck from None


def candidates(*, project: Project, purpose: str = "", search: str = "") -> QuerySet[Caption]:
    """Captions that play, with what people gave them; one query for any number of rows.

    Those that are such a check already are left out. Twins may be several of a caption, one of
    each dimension.
    """
    items = Item.objects.filter(caption=OuterRef("pk"))
    rows = Caption.objects.filter(video__project=project, video__has_media=True)
    rows = rows.exclude(Exists(items.filter(purpose=Purpose.RATE, withdrawn=True)))
    if purpose in MADE_ONCE:
        rows = rows.exclude(Exists(items.filter(purpose=purpose)))
    if search:
        named = VideoName.objects.filter(video=OuterRef("video"), name__icontains=search)
        rows = rows.filter(
            Q(text__icontains=search) | Q(captioner__name__icontains=search) | Exists(named)
        )
    return rows.select_related("video", "captioner").annotate(
        means=ArraySubquery(_means()), video_name=Subquery(_name_of("video"))
    )


def means_of(caption: Any) -> dict[str, float | None] | None:
    """The mean level by dimension, 0 left out as it is none; None where nobody has rated."""
    found = {row["dimension"]: row["mean"] for row in caption.means}
    return {dimension.value: found.get(dimension) for dimension in Dimension} if found else None


def examples(project: Project) -> dict[str, list[Check]]:
    """Practice clips that show a level, by dimension and level; first those that say why."""
    rows = checks(project=project, purpose=Purpose.PRACTICE).filter(item__withdrawn=False)
    found = list(rows.order_by("place")[:EXAMPLES_FROM])
    return {dimension.value: _of_each_level(found, dimension) for dimension in Dimension}


def _of_each_level(found: list[Check], dimension: Dimension) -> list[Check]:
    by_level: defaultdict[int, list[Check]] = defaultdict(list)
    for check in sorted(found, key=lambda check: dimension not in check.notes):
        by_level[check.levels[dimension]].append(check)
    return [one for level in sorted(by_level) for one in by_level[level][:EXAMPLES_PER_LEVEL]]


def _means() -> QuerySet[Judgment, Any]:
    latest = Judgment.objects.filter(
        slot__item__caption=OuterRef("pk"),
        slot__item__purpose=Purpose.RATE,
        revision=F("slot__revision"),
    )
    means = latest.order_by().values("dimension")
    return means.annotate(mean=Avg("level", filter=Q(level__gt=NOT_INVOLVED))).values_list(
        JSONObject(dimension="dimension", mean="mean")
    )


def _name_of(video: str) -> QuerySet[VideoName, Any]:
    """The first name under which a video came in."""
    return VideoName.objects.filter(video=OuterRef(video)).order_by("pk").values("name")[:1]
