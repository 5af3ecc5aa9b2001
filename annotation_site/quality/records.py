"""What each annotator's record says: checks passed, twins noticed, repeats, speed, signals.

Everything is added up in Postgres; the number of queries does not grow with people or answers.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from django.db import connection
from django.db.models import Avg, Count, Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.quality.models import Outcome
from annotation_site.quality.outcomes import TOLERANCE
from annotation_site.rating.models import Purpose, Slot, Standing

_LOOKS_LIKE_RATING: Final = (Purpose.RATE, Purpose.GOLD, Purpose.TWIN, Purpose.REPEAT)

# A repeat beside the same person's rating of that caption, dimension by dimension, by what they
# said last. Within one follows the rule for references: 0 is only ever met by 0.
_REPEATS: Final = """
SELECT again.annotator_id,
    count(DISTINCT again.id),
    avg((second.level = first.level)::int)::float,
    avg(((second.level = 0) = (first.level = 0)
        AND abs(second.level - first.level) <= %(tolerance)s)::int)::float
FROM rating_item repeat
JOIN rating_slot again ON again.item_id = repeat.id AND again.state = 'submitted'
JOIN rating_item item ON item.caption_id = repeat.caption_id AND item.purpose = 'rate'
JOIN rating_slot before ON before.item_id = item.id
    AND before.annotator_id = again.annotator_id AND before.state = 'submitted'
JOIN rating_judgment second ON second.slot_id = again.id AND second.revision = again.revision
JOIN rating_judgment first ON first.slot_id = before.id AND first.revision = before.revision
    AND first.dimension = second.dimension
WHERE repeat.project_id = %(project)s AND repeat.purpose = 'repeat'
GROUP BY again.annotator_id
"""

_SPEED: Final = """
SELECT slot.annotator_id, percentile_cont(0.5) WITHIN GROUP (
    ORDER BY (slot.evidence ->> 'seconds_visible')::float
)
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id
WHERE item.project_id = %(project)s AND slot.state = 'submitted' AND item.purpose = ANY(%(rated)s)
GROUP BY slot.annotator_id
"""

_SIGNALS: Final = """
SELECT slot.annotator_id, signal.name, count(*)
FROM rating_slot slot JOIN rating_item item ON item.id = slot.item_id,
    jsonb_array_elements_text(slot.signals) signal (name)
WHERE item.project_id = %(project)s AND slot.state = 'submitted'
GROUP BY slot.annotator_id, signal.name
ORDER BY count(*) DESC, signal.name
"""


def records(project: Project) -> list[dict[str, Any]]:
    """A row for everybody who annotates here, or ever answered something here, by name."""
    standings = {
        standing.annotator_id: standing
        for standing in Standing.objects.filter(project=project).select_related("by")
    }
    done = _done(project)
    outcomes = _outcomes(project)
    repeats = {who: shares for who, *shares in _rows(_REPEATS, project)}
    speed = dict(_rows(_SPEED, project))
    signals: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for who, name, count in _rows(_SIGNALS, project):
        signals[who][name] = count
    return [
        {
            **standing_out(annotator, standings.get(annotator.pk)),
            "practice_done": done.get((annotator.pk, Purpose.PRACTICE), 0),
            "exam_done": done.get((annotator.pk, Purpose.EXAM), 0),
            "gold": _gold(outcomes.get((annotator.pk, Purpose.GOLD))),
            "twins": _twins(outcomes.get((annotator.pk, Purpose.TWIN))),
            "repeats": _repeats(repeats.get(annotator.pk)),
            "median_seconds": speed.get(annotator.pk),
            "signals": signals[annotator.pk],
        }
        for annotator in _annotators(project)
    ]


def standing_out(annotator: User, standing: Standing | None) -> dict[str, Any]:
    """Where somebody stands. Who was never judged is practising, as far as anybody knows."""
    named = {
        "id": annotator.pk,
        "username": annotator.username,
        "name": annotator.shown_name,
    }
    if standing is None:
        state = Standing.State.PRACTISING
        return {"annotator": named, "state": state, "score": None, "since": None, "by": None}
    return {
        "annotator": named,
        "state": standing.state,
        "score": standing.score,
        "since": standing.since,
        "by": standing.by.username if standing.by else None,
    }


def _annotators(project: Project) -> QuerySet[User]:
    member = Membership.objects.filter(project=project, user=OuterRef("pk"), role=Role.ANNOTATOR)
    answered = Slot.objects.filter(
        item__project=project, annotator=OuterRef("pk"), state=Slot.State.SUBMITTED
    ).exclude(item__purpose=Purpose.VOTE)
    return User.objects.filter(Q(Exists(member)) | Q(Exists(answered))).order_by("username")


def _done(project: Project) -> dict[tuple[int, str], int]:
    """How many practice and qualification clips each has answered."""
    answered = Slot.objects.filter(
        item__project=project,
        item__purpose__in=(Purpose.PRACTICE, Purpose.EXAM),
        item__withdrawn=False,
        state=Slot.State.SUBMITTED,
    )
    rows = answered.values("annotator", "item__purpose").annotate(count=Count("pk"))
    return {(row["annotator"], row["item__purpose"]): row["count"] for row in rows}


def _outcomes(project: Project) -> dict[tuple[int, str], Mapping[str, Any]]:
    """Per annotator and purpose: how many answers, and which share of their outcomes passed."""
    known = Outcome.objects.filter(
        slot__item__project=project,
        slot__item__purpose__in=(Purpose.GOLD, Purpose.TWIN),
        slot__item__withdrawn=False,
    )
    rows = known.values("slot__annotator", "slot__item__purpose").annotate(
        answers=Count("slot", distinct=True), share=Avg(Cast("passed", IntegerField()))
    )
    return {(row["slot__annotator"], row["slot__item__purpose"]): row for row in rows}


def _gold(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"answers": found["answers"], "passed_share": found["share"]}


def _twins(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"shown": found["answers"], "noticed_share": found["share"]}


def _repeats(found: list[Any] | None) -> dict[str, Any] | None:
    if found is None:
        return None
    pairs, exact, within_one = found
    return {"pairs": pairs, "exact_share": exact, "within_one_share": within_one}


def _rows(statement: str, project: Project) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {
        "project": project.pk,
        "tolerance": TOLERANCE,
        "rated": [str(purpose) for purpose in _LOOKS_LIKE_RATING],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
