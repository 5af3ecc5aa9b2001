"""What each annotator's record says: where they stand, and what their answers add up to."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotation_site.accounts.models import Membership, Project, Role, User
from annotation_site.quality.kept import all_tallies
from annotation_site.quality.tallies import Tally, nothing
from annotation_site.rating.models import Purpose, Slot, Standing


def records(project: Project) -> list[dict[str, Any]]:
    """A row for everybody who annotates here, or ever answered something here, by name.

    Standings and practice are of now. The number of queries does not grow with the people.
    """
    tallied, as_of = all_tallies(project)
    return _rows(project, tallied, as_of)


def record(project: Project, annotator: int) -> dict[str, Any] | None:
    """The row of one of them, if there is one."""
    tallied, as_of = all_tallies(project, annotator=annotator)
    rows = _rows(project, tallied, as_of, annotator=annotator)
    return rows[0] if rows else None


def _rows(
    project: Project,
    tallied: Mapping[int, Tally],
    as_of: datetime | None,
    *,
    annotator: int | None = None,
) -> list[dict[str, Any]]:
    standings = {
        standing.annotator_id: standing
        for standing in Standing.objects.filter(project=project).select_related("by")
    }
    done = _done(project)
    people = _annotators(project, {*tallied, *(who for who, _ in done)})
    return [
        {
            **standing_out(person, standings.get(person.pk)),
            "practice_done": done.get((person.pk, Purpose.PRACTICE), 0),
            "exam_done": done.get((person.pk, Purpose.EXAM), 0),
            **tallied.get(person.pk, nothing()),
            "as_of": as_of,
        }
        for person in (people if annotator is None else people.filter(pk=annotator))
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
