"""Degraded twins: good captions of which one dimension was made wrong. Cheap gold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice
from typing import Final

from django.db import transaction
from django.db.models import (
    Avg,
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import MD5, Cast, Concat

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Caption
from annotation_site.quality.checks import caption_of, drawn, one_at_a_time
from annotation_site.quality.models import Check
from annotation_site.quality.refusals import (
    AlreadyACheck,
    NoTextModel,
    NothingToSpoil,
    TextModelFailed,
    TwinSaysTheSame,
)
from annotation_site.quality.text_model import TextModel
from annotation_site.rating.models import EVERYONE, Item, Judgment, Purpose
from scorer.degrading import degrade, is_miniature
from scorer.rubric import Dimension

GOOD: Final = 4.0
"""The mean level from which a caption is good enough to be spoiled."""
LOOKED_AT: Final = 2000
"""Captions that are tried for a dimension, at the most."""
RULES: Final = "rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How many twins were made, and for how many no caption was found."""

    made: int
    skipped: int


@transaction.atomic
def make(
    *,
    project: Project,
    caption_id: int,
    dimension: Dimension,
    text: str,
    by: User | None,
    now: datetime,
) -> Check:
    """Make a twin of a caption: the text given is shown in place of the caption's own."""
    one_at_a_time(project)
    caption = caption_of(project, caption_id)
    if _plain(text) == _plain(caption.text):
        raise TwinSaysTheSame
    if Check.objects.filter(item__caption=caption, spoiled=dimension).exists():
        raise AlreadyACheck
    item = Item.objects.create(
        project=project,
        purpose=Purpose.TWIN,
        caption=caption,
        text=text.strip(),
        overlap=EVERYONE,
        shuffle=drawn(caption_id, f"twin {dimension}"),
        tier_reason=Purpose.TWIN,
    )
    return Check.objects.create(item=item, spoiled=dimension, by=by, made_at=now)


def suggest(
    *, project: Project, caption_id: int, dimension: Dimension, model: TextModel | None
) -> Suggestion:
    """A degraded text, for an admin to read before it is used."""
    text = caption_of(project, caption_id).text
    by_rule = degrade(text, dimension, seed=0)
    if by_rule is not None:
        return Suggestion(text=by_rule, by=RULES)
    if model is None:
        raise NothingToSpoil if is_miniature(text) else NoTextModel
    said = model.spoil(text, dimension)
    if _plain(said) == _plain(text):
        raise TextModelFailed(reason="unchanged")
    return Suggestion(text=said, by=model.name)


@transaction.atomic
def automatic(*, project: Project, count: int, seed: int, by: User | None, now: datetime) -> Made:
    """Make so many twins of the miniature world's captions, each dimension in its turn."""
    one_at_a_time(project)
    waiting = {dimension: _spoilable(project, dimension, seed) for dimension in Dimension}
    used: set[int] = set()
    for dimension in islice(cycle(Dimension), count):
        for caption, text in waiting[dimension]:
            if caption.pk not in used:
                used.add(caption.pk)
                make(
                    project=project,
                    caption_id=caption.pk,
                    dimension=dimension,
                    text=text,
                    by=by,
                    now=now,
                )
                break
    return Made(made=len(used), skipped=count - len(used))


def _spoilable(project: Project, dimension: Dimension, seed: int) -> Iterator[tuple[Caption, str]]:
    """Good captions and their degraded texts, in an order drawn by the seed."""
    for caption in _good(project, dimension, seed)[:LOOKED_AT]:
        text = degrade(caption.text, dimension, seed=seed)
        if text is not None:
            yield caption, text


def _good(project: Project, dimension: Dimension, seed: int) -> QuerySet[Caption]:
    """Captions that people found good on the dimension; after them those that nobody rated.

    Where somebody said 0, that pulls the mean down: the caption is left alone.
    """
    items = Item.objects.filter(caption=OuterRef("pk"))
    said = Judgment.objects.filter(
        slot__item__caption=OuterRef("pk"),
        slot__item__purpose=Purpose.RATE,
        revision=F("slot__revision"),
        dimension=dimension,
    ).order_by()
    mean = said.values("slot__item__caption").annotate(mean=Avg("level")).values("mean")
    captions = Caption.objects.filter(video__project=project, video__has_media=True)
    return (
        captions.exclude(Exists(items.filter(Q(purpose=Purpose.TWIN) | Q(withdrawn=True))))
        .annotate(mean=Subquery(mean))
        .filter(Q(mean__gte=GOOD) | Q(mean=None))
        .annotate(order=MD5(Concat(Value(f"{seed} "), Cast("pk", CharField()))))
        .order_by(ExpressionWrapper(Q(mean=None), BooleanField()), "order")
    )


def _plain(text: str) -> str:
    """What a text says, whatever its case and spaces."""
    return " ".join(text.split()).casefold()
