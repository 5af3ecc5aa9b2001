"""Blind votes: which captioners are compared on which videos, what people prefer, and who leads."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from annotation_site.accounts.models import Project, User
from annotation_site.catalog.models import Captioner
from annotation_site.rating.answers import finish, hold, refuse_if_over, refuse_if_unwatched
from annotation_site.rating.models import Comparison, Item, Preference, Purpose, Slot
from annotation_site.rating.refusals import (
    KeyInUse,
    NameTaken,
    NoSuchComparison,
    NoSuchSlot,
    NothingToCompare,
    UnknownCaptioners,
)
from scorer.preferences import Ranking, Tally, rank

# Each captioner's newest caption of the kind; every two of them that differ, each pair once, the
# older captioner's first; none of a video that was reported broken. One statement, so that no
# project is too large to be held in memory.
_PAIRS: Final = """
WITH texts AS (
    SELECT DISTINCT ON (video_id, captioner_id) id, video_id, captioner_id, text_sha256
    FROM catalog_caption
    WHERE captioner_id = ANY(%(captioners)s) AND kind = %(kind)s
    ORDER BY video_id, captioner_id, id DESC
),
pairs AS (
    SELECT one.video_id, one.id AS one, two.id AS two
    FROM texts one JOIN texts two USING (video_id)
    WHERE one.captioner_id < two.captioner_id AND one.text_sha256 <> two.text_sha256
        AND EXISTS (SELECT FROM catalog_video WHERE id = one.video_id AND has_media)
        AND NOT EXISTS (
            SELECT FROM rating_item item JOIN catalog_caption any_of ON any_of.id = item.caption_id
            WHERE any_of.video_id = one.video_id AND item.purpose = 'rate' AND item.withdrawn
        )
),
chosen AS (
    SELECT video_id FROM pairs GROUP BY video_id
    ORDER BY hashint8extended(video_id, %(seed)s) LIMIT %(videos)s
)
INSERT INTO rating_item (
    project_id, purpose, caption_id, rival_id, comparison_id, text, tier, tier_reason, shuffle,
    overlap, n_open, n_done, withdrawn
)
SELECT %(project)s, 'vote', one, two, %(comparison)s, '', 0, 'comparison',
    (hashint8extended(one * 1000003 + two, %(seed)s) & 1073741823) / 1073741824.0,
    %(overlap)s, 0, 0, false
FROM pairs JOIN chosen USING (video_id)
"""

CHOICES: Final = {
    False: {"first": Preference.Choice.CAPTION, "second": Preference.Choice.RIVAL},
    True: {"first": Preference.Choice.RIVAL, "second": Preference.Choice.CAPTION},
}
"""What the first and the second caption on screen are, by whether the sides are swapped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to compare: `videos` bounds how many, drawn by the seed; None takes all."""

    name: str
    captioners: tuple[str, ...]
    kind: str
    overlap: int
    videos: int | None
    seed: int


@transaction.atomic
def compare(*, project: Project, plan: Plan, by: User, now: datetime) -> Comparison:
    """Open a pair of captions for voting for every two captioners on every video that has both."""
    captioners = list(Captioner.objects.filter(project=project, name__in=plan.captioners))
    unknown = set(plan.captioners) - {captioner.name for captioner in captioners}
    if unknown:
        raise UnknownCaptioners(names=sorted(unknown))
    comparison, new = Comparison.objects.get_or_create(
        project=project,
        name=plan.name,
        defaults={
            "kind": plan.kind,
            "overlap": plan.overlap,
            "seed": plan.seed,
            "by": by,
            "made_at": now,
        },
    )
    if not new:
        raise NameTaken
    comparison.captioners.set(captioners)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            {
                "project": project.pk,
                "comparison": comparison.pk,
                "captioners": [captioner.pk for captioner in captioners],
                **{name: getattr(plan, name) for name in ("kind", "overlap", "videos", "seed")},
            },
        )
        if not cursor.rowcount:
            raise NothingToCompare
    return comparison


@transaction.atomic
def vote(
    *,
    project: Project,
    slot_id: int,
    annotator: User,
    client_key: UUID,
    choice: str,
    evidence: Mapping[str, Any],
) -> tuple[Slot, bool]:
    """Write down which caption is preferred, once; whether this was the first time.

    `choice` speaks of the screen: `first`, `second`, `tie` or `both-bad`.
    """
    slot, now = hold(project=project, slot_id=slot_id, annotator=annotator)
    if slot.item.purpose != Purpose.VOTE:
        raise NoSuchSlot
    meant = CHOICES[slot.swapped].get(choice) or Preference.Choice(choice)
    if slot.state == Slot.State.SUBMITTED and slot.client_key == client_key:
        if slot.preferences.get().choice != meant:
            raise KeyInUse
        return slot, False
    refuse_if_over(slot)
    refuse_if_unwatched(slot, evidence)
    finish(slot, now=now, client_key=client_key, evidence=evidence)
    Preference.objects.create(slot=slot, choice=meant, judged_at=now)
    return slot, True


def listed(project: Project) -> QuerySet[Comparison]:
    """The project's comparisons with how far each has come.

    Of a video that turned out to be broken no more votes are wanted than there are.
    """
    rows = Comparison.objects.filter(project=project).prefetch_related("captioners")
    open_items = Q(items__withdrawn=False)
    return rows.annotate(
        pairs=Count("items", filter=open_items),
        votes_wanted=Sum("items__overlap", filter=open_items, default=0)
        + Sum("items__n_done", filter=~open_items, default=0),
        votes_done=Sum("items__n_done", default=0),
    )


def one(*, project: Project, comparison_id: int) -> Comparison:
    found = listed(project).filter(pk=comparison_id).first()
    if found is None:
        raise NoSuchComparison
    return found


def votes_of(comparison: Comparison) -> QuerySet[Preference]:
    """Each vote with what was compared."""
    rows = Preference.objects.filter(slot__item__comparison=comparison)
    return rows.select_related(
        "slot__annotator",
        "slot__item__caption__captioner",
        "slot__item__caption__video",
        "slot__item__rival__captioner",
    )


def results(comparison: Comparison) -> dict[str, Any]:
    """Win rates and strengths.

    One query, which counts the votes of each two captioners on each video: as many rows come back
    as pairs of captions have votes. What is done with them, `rank` says.
    """
    players = [captioner.name for captioner in comparison.captioners.all()]
    ranking = rank(list(_tallies(comparison)), players=players, seed=comparison.seed)
    return _shown(ranking)


def _tallies(comparison: Comparison) -> Iterable[Tally]:
    rows = Item.objects.filter(comparison=comparison, n_done__gt=0).values(
        video=F("caption__video__sha256"),
        one=F("caption__captioner__name"),
        two=F("rival__captioner__name"),
    )
    of = {choice: Q(slots__preferences__choice=choice) for choice in Preference.Choice}
    counted = rows.annotate(
        wins_one=Count("pk", filter=of[Preference.Choice.CAPTION]),
        wins_two=Count("pk", filter=of[Preference.Choice.RIVAL]),
        ties=Count("pk", filter=of[Preference.Choice.TIE]),
        both_bad=Count("pk", filter=of[Preference.Choice.BOTH_BAD]),
    )
    return (Tally(**row) for row in counted.iterator())


def _shown(ranking: Ranking) -> dict[str, Any]:
    return {
        "ranking": [
            {"captioner": found.pop("player"), **found} for found in map(asdict, ranking.standings)
        ],
        "pairs": [asdict(pair) for pair in ranking.pairs],
        "tie": ranking.tie,
    }
