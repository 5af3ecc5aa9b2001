"""The parts of a run: each is taken by one worker at a time, and only that one can end it.

A part is taken while its run goes on, also while nobody holds the run itself: whoever takes it
next finds those parts done. Only Postgres's clock counts.
"""

from typing import Final

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from annotation_site.common import statements
from annotation_site.common.clock import DatabaseNow, seconds_from_now
from annotation_site.runs.models import ACTIVE, Part, Run
from annotation_site.runs.refusals import LostLease

FREE: Final = Q(done=False) & (Q(lease_until=None) | Q(lease_until__lt=DatabaseNow()))
GOES_ON: Final = Q(run__state__in=ACTIVE, run__cancel_requested=False)

_CLAIM: Final = """
UPDATE runs_part
SET fence = fence + 1, lease_owner = %(owner)s,
    lease_until = clock_timestamp() + make_interval(secs => %(seconds)s)
WHERE id = (
    SELECT part.id FROM runs_part part JOIN runs_run run ON run.id = part.run_id
    WHERE part.run_id = %(run)s AND run.state IN ('queued', 'running')
        AND NOT run.cancel_requested AND NOT part.done
        AND (part.lease_until IS NULL OR part.lease_until < clock_timestamp())
    ORDER BY part.number LIMIT 1 FOR UPDATE OF part SKIP LOCKED
)
RETURNING id, number, fence
"""


def divide(run: Run, total: int) -> None:
    """Write down that the run has parts 0 to total - 1, but for those that it has already."""
    wanted = (Part(run=run, number=number) for number in range(total))
    Part.objects.bulk_create(wanted, batch_size=1000, ignore_conflicts=True)


def claim(*, run: Run, owner: str) -> Part | None:
    """Take the next part that nobody does; None if there is none at this moment."""
    given = {"run": run.pk, "owner": owner, "seconds": settings.RUN_LEASE_SECONDS}
    rows = statements.run(_CLAIM, given)
    if not rows:
        return None
    number, place, fence = rows[0]
    return Part(pk=number, run=run, number=place, fence=fence, lease_owner=owner)


def renew(part: Part) -> None:
    """Hold the part for another lease. Raises `LostLease` also where the run has come to an end."""
    ours = _ours(part).filter(GOES_ON, lease_until__gt=DatabaseNow())
    if not ours.update(lease_until=seconds_from_now(settings.RUN_LEASE_SECONDS)):
        raise LostLease


def finish(part: Part) -> None:
    """It is done, if it is still ours; else whoever has it does it again, and ends it alike."""
    _ours(part).update(done=True, lease_until=None)


def let_go(part: Part) -> None:
    """Give the part back undone."""
    _ours(part).update(lease_until=None)


def are_done(run: Run) -> bool:
    return not run.parts.filter(done=False).exists()


def are_free(run: Run) -> bool:
    return run.parts.filter(FREE, GOES_ON).exists()


def counted(run: Run) -> dict[str, int] | None:
    """How many there are, are done, and by how many workers; None without any. One query."""
    found = run.parts.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(done=True)),
        workers=Count("lease_owner", filter=~Q(lease_owner=""), distinct=True),
    )
    return found if found["total"] else None


def has_free_ones() -> Q:
    """Of runs."""
    return Q(Exists(Part.objects.filter(FREE, run=OuterRef("pk"))))


def _ours(part: Part) -> QuerySet[Part]:
    return Part.objects.filter(pk=part.pk, fence=part.fence, done=False)
