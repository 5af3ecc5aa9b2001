"""What each annotator's record says: where they stand, and what their answers add up to."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.quality.kept import all_tallies
from annotation_site.quality.tallies import nothing
from annotation_site.rating.models import Purpose, Slot, Standing


def records(project: Project) -> list[dict[str, Any]]:
    """A row for everybody who annotates here, or ever answered something here, by name.

    Standings and practice are of now. The number of queries does not grow with the people.
    """
    standings = {
        standing.annotator_id: standing
        for standing in Standing.objects.filter(project=project).select_related("by")
    }
    done = _done(project)
    tallies, as_of = all_tallies(project)
    return [
        {
            **standing_out(annotator, standings.get(annotator.pk)),
            "practice_done": done.get((annotator.pk, Purpose.PRACTICE), 0),
            "exam_done": done.get((annotator.pk, Purpose.EXAM), 0),
            **tallies.get(annotator.pk, nothing()),
            "as_of": as_of,
        }
        for annotator in _annotators(project, {*tallies, *(who for who, _ in done)})
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


def _annotators(project: Project, answered: Collection[int]) -> QuerySet[User]:
    member = Membership.objects.filter(project=project, user=OuterRef("pk"), role=Role.ANNOTATOR)
    return User.objects.filter(Q(Exists(member)) | Q(pk__in=answered)).order_by("username")


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
